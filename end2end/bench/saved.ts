import { expect, type Browser, type Page } from '@playwright/test';
import { filled, send, settledIn } from '../offline/phone';
import { choose, jpeg } from '../offline/photo';
import { WeakLine } from '../offline/weak-line';
import { ready } from '../ready';
import { county } from '../routes';
import { type Peers } from './peers/server';
import { phone, photosOf, seenBy, slowed, watch } from './phone';
import { full, photoOf } from './pictures';
import { steadily } from './steady';
import { beside, type Row, times } from './table';

/** Each gives two runs and two pairs of ours and each peer. */
const ROUNDS = 15;
const LIMIT = { must: 300, aim: 150 };

/** What one matter with three photos took, in milliseconds. */
interface Saved {
  /** From the tap until "saved" is painted. */
  tap: number;
  /** The same, and what storing the photos took as each was chosen. */
  all: number;
}

/** P7: from the tap on "send" until "saved on this phone" is shown, and what others take to store as much. */
export async function saved(browser: Browser, server: string, peers: Peers): Promise<Row[]> {
  const line = await WeakLine.start(server);
  const context = await browser.newContext({ ...phone, baseURL: line.address });
  try {
    await watch(context);
    const [page, other] = [await context.newPage(), await context.newPage()];
    await settledIn(page);
    const photo = await photoOf(page, full);
    await other.goto(`http://${peers.address}/`);
    // The words stay on the phone: what is sent meanwhile would take its share of the processor.
    await line.down();
    const ours = () => inTurn(page, () => sent(page, photo));
    const dexie = () => inTurn(other, () => stored(other, 'dexie'));
    const pouchdb = () => inTurn(other, () => stored(other, 'pouchdb'));
    await ours();
    await dexie();
    await pouchdb();
    const rounds = await steadily(ROUNDS, async () => {
      const first = [await ours(), await dexie(), await pouchdb()] as const;
      const [thirdAgain, secondAgain, firstAgain] = [await pouchdb(), await dexie(), await ours()];
      return [first, [firstAgain, secondAgain, thirdAgain]] as const;
    });
    const runs = rounds.flat();
    const pairs = (which: keyof Saved, peer: 1 | 2) => runs.map((run): [number, number] => [run[0][which], run[peer]]);
    return [
      times('P7', 'tap to "saved" shown; its three photos were stored as they were chosen', taps(runs, 'tap'), LIMIT),
      times('P7', 'the same and the storing of the three photos, sealed', taps(runs, 'all'), LIMIT),
      times('P7', 'Dexie: tap to "saved", words and three blobs, not sealed', runs.map((run) => run[1])),
      times('P7', 'PouchDB: tap to "saved", words and three attachments', runs.map((run) => run[2])),
      beside('P7', 'tap, over Dexie', pairs('tap', 1)),
      beside('P7', 'tap and photos, over Dexie', pairs('all', 1)),
      beside('P7', 'tap, over PouchDB', pairs('tap', 2)),
      beside('P7', 'tap and photos, over PouchDB', pairs('all', 2)),
    ];
  } finally {
    await context.close();
    await line.stop();
  }
}

const taps = (runs: (readonly [Saved, number, number])[], which: keyof Saved) => runs.map((run) => run[0][which]);

/** Only the page that is measured is slowed. */
async function inTurn<T>(page: Page, measure: () => Promise<T>): Promise<T> {
  const letGo = await slowed(page);
  try {
    return await measure();
  } finally {
    await letGo();
  }
}

/** Tells a matter with three photos, sends it, and takes it back. */
async function sent(page: Page, photo: Buffer): Promise<Saved> {
  await page.bringToFront();
  await filled(page, '村口的路要修'.repeat(20), async () => {
    await choose(page, ['一.jpg', '二.jpg', '三.jpg'].map((name) => jpeg(name, photo)));
    await expect(page.locator('.media .taken li')).toHaveCount(3, { timeout: 60_000 });
  });
  await send(page);
  const { tapped, saved, writes } = await seenBy(page, 'saved');
  const photos = photosOf(writes);
  expect(photos).toHaveLength(3);
  for (const { bytes } of photos) expect(bytes).toBeGreaterThanOrEqual(full.bytes);
  // The words were on the disk before the screen said so.
  const words = writes.find((write) => write.stores.includes('contents'))!;
  expect(words.to).toBeLessThan(saved);
  const tap = saved - tapped;
  await takenBack(page);
  return { tap, all: tap + photos.reduce((sum, { from, to }) => sum + to - from, 0) };
}

/** What never left may be taken back: each run finds the same empty outbox. */
async function takenBack(page: Page): Promise<void> {
  await page.goto(`/${county}/outbox`);
  await ready(page);
  await page.locator('summary', { hasText: '不发了' }).click();
  await page.getByRole('button', { name: '确认删除' }).click();
  await expect(page.locator('.card')).toHaveCount(0);
}

/** Lets a peer store as much. */
async function stored(page: Page, peer: 'dexie' | 'pouchdb'): Promise<number> {
  await page.bringToFront();
  await page.reload();
  await page.evaluate(() => globalThis.emptied());
  await page.locator(`#${peer}`).click();
  const { tapped, saved, writes } = await seenBy(page, 'saved');
  // As durable as ours, or it is no peer.
  expect(writes.some((write) => write.from >= tapped && write.to <= saved)).toBe(true);
  return saved - tapped;
}
