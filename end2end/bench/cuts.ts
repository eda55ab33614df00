import { expect, type Browser, type Page } from '@playwright/test';
import { filled, isReceived, send, settledIn } from '../offline/phone';
import { choose, jpeg, places } from '../offline/photo';
import { type Seen, WeakLine } from '../offline/weak-line';
import { ready } from '../ready';
import { county } from '../routes';
import { type Peers } from './peers/server';
import { phone, photosOf, watch, watched } from './phone';
import { full, photoOf } from './pictures';
import { bytes, type Row } from './table';

const CUTS = 20;
/** Bytes of a request that pass before each, its head among them. */
const CUT_AFTER = 20_000;
const PIECE = 64 * 1024;
const PHOTOS = 3;
const PATIENCE_MS = 180_000;

/** P14: an upload that is cut twenty times, ours and one by tus-js-client to @tus/server. */
export async function cuts(browser: Browser, server: string, peers: Peers): Promise<Row[]> {
  const lengths: number[] = [];
  const ours = await overLine(browser, server, async (page, line) => {
    await settledIn(page);
    const photo = await photoOf(page, full);
    await filled(page, '边走边传', async () => {
      await choose(page, Array.from({ length: PHOTOS }, (_, at) => jpeg(`${at}.jpg`, photo)));
      await expect(page.locator('.media .taken li')).toHaveCount(PHOTOS, { timeout: 60_000 });
    });
    lengths.push(...photosOf((await watched(page)).writes).map((write) => write.bytes));
    expect(lengths).toHaveLength(PHOTOS);
    for (const length of lengths) expect(length).toBeGreaterThanOrEqual(full.bytes);
    await cutting(line, '/uploads');
    await send(page);
    await isReceived(page);
    // The page opens its slip by itself.
    await page.waitForURL(/\/mine\?sent=1/, { timeout: 60_000 });
    await page.goto(`/${county}/outbox`);
    await ready(page);
    await expect.poll(() => isAllHere(page), { timeout: PATIENCE_MS }).toBe(true);
  });
  const theirs = await overLine(browser, peers.address, async (page, line) => {
    await page.goto('/');
    await cutting(line, '/files');
    await page.evaluate((lengths) => globalThis.upload(lengths), lengths);
  });
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const our = row('ours', ours, '/uploads', whole);
  const limit = `${bytes(PIECE)} B a cut`;
  return [{ ...our, limit, held: our.again <= PIECE }, row('tus-js-client to @tus/server', theirs, '/files', whole)];
}

async function overLine(
  browser: Browser,
  server: string,
  act: (page: Page, line: WeakLine) => Promise<void>,
): Promise<Seen> {
  const line = await WeakLine.start(server);
  const context = await browser.newContext({ ...phone, baseURL: line.address });
  try {
    await watch(context);
    await act(await context.newPage(), line);
    return await line.seen();
  } finally {
    await context.close();
    await line.stop();
  }
}

async function cutting(line: WeakLine, path: string): Promise<void> {
  await line.forget();
  await line.cut('request', CUT_AFTER, 'rst', { path, method: 'PATCH', times: CUTS });
}

/** The phone has heard of each that the server keeps it. */
const isAllHere = async (page: Page): Promise<boolean> => (await places(page)).every((place) => place === 'received');

/** Everything that was sent to get the bytes there, heads and questions too, over the bytes themselves. */
function row(who: string, { requests }: Seen, path: string, whole: number): Row & { again: number } {
  const asked = requests.filter((request) => request.path.includes(path));
  expect(asked.filter((request) => request.fault === 'cut')).toHaveLength(CUTS);
  const carried = asked.reduce((sum, request) => sum + request.bytes_up, 0);
  const again = (carried - whole) / CUTS;
  return {
    budget: 'P14',
    what: `${bytes(whole)} B cut ${CUTS} times, ${who}`,
    figure: `${bytes(carried)} B carried in ${asked.length} requests, ${bytes(again)} B again a cut`,
    limit: '',
    again,
  };
}
