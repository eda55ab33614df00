// The browser ends the worker whenever it likes: nothing that matters lies in its memory.
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { filledAs, isThereOnce } from './at-server';
import { backgroundSync, isSaved, outboxOf, send } from './phone';
import { test } from './road';

interface Version {
  versionId: string;
  runningStatus: string;
}

/** What ends the worker of a page, as the browser does when it wants the memory. */
async function ending(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  let version: Version | undefined;
  let stopped = 0;
  devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }: { versions: Version[] }) => {
    const [last = version] = versions;
    if (last?.runningStatus === 'stopped' && version?.runningStatus !== 'stopped') stopped += 1;
    version = last;
  });
  await devtools.send('ServiceWorker.enable');
  return async () => {
    await expect.poll(() => version?.runningStatus).toBe('running');
    const before = stopped;
    await devtools.send('ServiceWorker.stopWorker', { versionId: version!.versionId });
    await expect.poll(() => stopped).toBe(before + 1);
  };
}

/**
 * The worker as it is now never loses patience with the network; the next one has three seconds of it again. Tells
 * whether it has asked the network for a page.
 */
async function waitingForGood(page: Page, path: string): Promise<() => Promise<boolean>> {
  const worker = page.context().serviceWorkers().at(-1)!;
  await worker.evaluate((path) => {
    const { fetch } = globalThis;
    Object.assign(globalThis, {
      setTimeout: () => 0,
      fetch: (...asked: Parameters<typeof fetch>) => {
        if (String(asked[0]).endsWith(path)) Object.assign(globalThis, { hasAsked: true });
        return fetch(...asked);
      },
    });
  }, path);
  return () => worker.evaluate(() => 'hasAsked' in globalThis);
}

/** A page the network does not give comes from the device. */
async function opensOffline(page: Page, path: string): Promise<void> {
  await page.goto(`/${county}/${path}`);
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(page.locator('h1')).not.toBeEmpty();
}

async function isOne(page: Page, ids: string[], name: string): Promise<void> {
  await outboxOf(page);
  await expect(page.locator('.card')).toHaveCount(1);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  expect(new Set(ids).size).toBe(1);
  await isThereOnce(page.context(), name);
}

test('ended while an item waits, the worker is started by what needs it, and the item goes once', async ({
  line, road, ids,
}) => {
  const stop = await ending(road);
  await line.down();
  const name = await filledAs(road, '后台被系统关掉');
  await send(road);
  await isSaved(road);
  await stop();
  for (const path of ['notices', 'mine', 'outbox']) {
    await opensOffline(road, path);
    await stop();
  }
  await expect(road.locator('.card')).toHaveCount(1);
  expect(ids).toEqual([]);
  await line.up();
  await isOne(road, ids, name);
});

test('ended in the middle of a navigation: the next tap opens the page from the device', async ({ line, road, ids }) => {
  const stop = await ending(road);
  const name = await filledAs(road, '正打开网页的时候');
  await line.down();
  await send(road);
  await isSaved(road);
  await line.blackhole();
  const hasAsked = await waitingForGood(road, '/notices');
  let over = false;
  const first = road.goto(`/${county}/notices`).then(() => (over = true), () => {});
  await expect.poll(hasAsked).toBe(true);
  await stop();
  expect(over).toBe(false);
  await opensOffline(road, 'matters');
  await first;
  expect(over).toBe(false);
  await opensOffline(road, 'notices');
  await line.up();
  await isOne(road, ids, name);
});

test('ended while it sends, the worker leaves the item to a page, under the same id', async ({ line, road, ids }) => {
  await line.down();
  const name = await filledAs(road, '后台正在发的时候');
  await send(road);
  await isSaved(road);
  const { origin } = new URL(road.url());
  await road.goto('about:blank');
  const stop = await ending(road);
  await line.up();
  await line.forget();
  // The server receives it, and the worker never hears of that.
  await line.dropAnswer({ path: '/commands', times: 1 }, 'swallow');
  await backgroundSync(await road.context().newCDPSession(road), origin);
  const commands = async () => (await line.seen()).requests.filter((it) => it.path.endsWith('/commands'));
  await expect.poll(async () => (await commands()).map((it) => it.status), { timeout: 30_000 }).toEqual([200]);
  await stop();
  await isOne(road, ids, name);
  // The worker's request, and the page's.
  expect(ids.length).toBeGreaterThan(1);
});
