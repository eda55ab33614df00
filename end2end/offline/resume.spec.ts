// A long answer that is cut goes on from the byte where it stopped.
import { expect, type BrowserContext } from '@playwright/test';
import { county } from '../routes';
import { settledIn } from './phone';
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

for (const how of ['rst', 'fin'] as const) {
  test(`the list of places is cut four times (${how}), and comes byte by byte only once`, async ({ browser, line }) => {
    const context = await browser.newContext({ baseURL: line.address, serviceWorkers: 'allow' });
    const page = await context.newPage();
    const places = begun(context);
    await line.cut('answer', 2500, how, { path: PATH, times: 4 });
    await settledIn(page);
    const [first, ...rest] = places;
    expect(first).toBeNull();
    expect(rest).toHaveLength(4);
    const [names, bytes] = [0, 1].map((part) => rest.map((place) => place!.split(';')[part]!));
    expect(new Set(names).size).toBe(1);
    const from = bytes!.map(Number);
    expect(from).toEqual([...from].sort((one, other) => one - other));
    expect(new Set(from).size).toBe(4);
    const whole = (await (await page.request.get(PATH)).body()).length;
    expect(from.at(-1)).toBeLessThan(whole);
    // What went over the line: the whole once, the heads of five answers, and little twice.
    const carried = (await line.seen()).requests.filter((it) => it.path === PATH && it.status === 200);
    expect(carried.filter((it) => it.fault === 'cut')).toHaveLength(4);
    await context.close();
  });
}
