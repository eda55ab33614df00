// A long answer that is cut goes on from the byte where it stopped.
import { expect, type BrowserContext } from '@playwright/test';
import { county } from '../routes';
import { count, packs } from './phone';
import { test } from './road';

const PATH = `/api/v1/${county}/divisions`;

/** Where each question for the places began: none, or the name of an answer and a byte in it. */
function begun(context: BrowserContext): (string | null)[] {
  const places: (string | null)[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === PATH) places.push(request.headers()['huiyin-answer'] ?? null);
  });
  return places;
}

for (const how of ['fin', 'rst'] as const) {
  test(`the list of places goes on where it was cut (${how})`, async ({ browser, line }) => {
    const context = await browser.newContext({ baseURL: line.address, serviceWorkers: 'allow' });
    const page = await context.newPage();
    await line.status(503, { path: PATH });
    await page.goto(`/${county}`);
    await expect.poll(() => packs(page), { timeout: 30_000 }).toContain('citizen');
    expect(await count(page, 'cursors')).toBe(0);

    const places = begun(context);
    await line.reset();
    await line.profile({ down_kbit: 10 });
    // In its second segment: what is under way when a line breaks is lost, and the first is there by then.
    await line.cut('answer', 2000, how, { path: PATH, times: 1 });
    await page.goto(`/${county}/help`);
    await expect.poll(() => count(page, 'cursors'), { timeout: 30_000 }).toBe(3);
    expect(places).toEqual([null, expect.stringMatching(/^[0-9a-f]{32};[1-9][0-9]*$/)]);
    const { requests } = await line.seen();
    const [cut, rest] = requests.filter((it) => it.path === PATH);
    expect(cut!.fault).toBe('cut');
    expect(rest!.bytes_down).toBeLessThan(cut!.bytes_down);
    await context.close();
  });
}
