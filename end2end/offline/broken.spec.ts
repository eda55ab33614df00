import { expect, type BrowserContext, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { test } from './killable';
import { count, filled, goOn, isReceived, isSaved, outboxOf, send, settledIn } from './phone';

test('the browser is killed the moment "saved" is shown, and nothing is lost', async ({ killable: { line, phone } }) => {
  let page = await phone.start();
  await settledIn(page);
  await line.down();
  await filled(page, '手机突然没电');
  await send(page);
  await isSaved(page);
  await phone.kill();

  page = await phone.start();
  // A new process, no network: the shell, the wasm and the item come from the disk.
  await outboxOf(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(page.locator('.card')).toHaveCount(1);
  await line.up();
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
});

test('the browser is killed in the middle of saving: saved and there, or not said', async ({ killable: { line, phone } }) => {
  test.setTimeout(180_000);
  let page = await phone.start();
  await settledIn(page);
  await line.down();
  let there = 0;
  for (const wait of [0, 15, 40, 90]) {
    await filled(page, `第 ${wait} 毫秒没电`);
    await send(page);
    await page.waitForTimeout(wait);
    const wasSaid = await page.locator('h1', { hasText: '已保存在本机' }).isVisible().catch(() => false);
    await phone.kill();
    page = await phone.start();
    await outboxOf(page);
    const after = await count(page, 'items');
    if (wasSaid) expect(after).toBe(there + 1);
    if (after === there) {
      await goOn(page, 'register');
      await page.getByRole('button', { name: '接着填' }).first().click();
      // With everything in it, up to the last page.
      await page.waitForURL(/check/);
      await expect(page.locator('main')).toContainText(`第 ${wait} 毫秒没电`);
      await send(page);
      await isSaved(page);
    }
    there += 1;
  }
  await outboxOf(page);
  await expect(page.locator('.card')).toHaveCount(there);
  await line.up();
  await expect(page.locator('.card', { hasText: '已收到' })).toHaveCount(there, { timeout: 60_000 });
});

/**
 * An address in a page of its own, after a crash. The worker went down with the page, and the test runner, which halts
 * every new worker for a moment, can leave the first one halted for good: the next page starts another.
 */
async function opened(context: BrowserContext, address: string): Promise<Page> {
  for (let attempt = 1; ; attempt += 1) {
    const page = await context.newPage();
    try {
      await page.goto(address, { timeout: 10_000 });
      await ready(page, { timeout: 10_000 });
      return page;
    } catch (error) {
      if (attempt === 5) throw error;
      page.close().catch(() => {});
    }
  }
}

test('the page crashes in the middle of saving: saved and there, or not said', async ({ page, context }) => {
  // Four browsers' worth of pages, and as many workers that may halt.
  test.setTimeout(240_000);
  await settledIn(page);
  await context.setOffline(true);
  for (const wait of [0, 5, 20, 60]) {
    const before = await count(page, 'items');
    const statement = `第 ${wait} 毫秒崩溃`;
    await filled(page, statement);
    const said = page.locator('h1', { hasText: '已保存在本机' });
    await send(page);
    await page.waitForTimeout(wait);
    const wasSaid = await said.isVisible().catch(() => false);
    await page.goto('chrome://crash').catch(() => {});
    page = await opened(context, `/${county}/outbox`);
    const after = await count(page, 'items');
    if (wasSaid) expect(after).toBe(before + 1);
    // What did not get that far is still a draft with everything in it.
    if (after === before) {
      await page.goto(`/${county}/register`);
      await ready(page);
      await page.getByRole('button', { name: '接着填' }).first().click();
      await page.waitForURL(/check/);
      for (const written of [statement, '示例某', '13800138000']) {
        await expect(page.locator('main')).toContainText(written);
      }
      await send(page);
      await isSaved(page);
    }
  }
  await outboxOf(page);
  await expect(page.locator('.card')).toHaveCount(4);
});

test('storage that is cleared under an open page is noticed, and used again', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  await filled(page, '清理了缓存');
  await send(page);
  await expect(page.locator('.status')).toContainText('1 件待发');
  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  // Within one look at the storage the page says no more than is true. A look at that very moment may find
  // that the browser does not answer: the next try comes after ten seconds.
  await expect(page.locator('.status')).not.toContainText('待发', { timeout: 30_000 });
  await context.setOffline(false);
  await filled(page, '清理之后还能用');
  await send(page);
  await isReceived(page);
  // The key was stored with it: another page opens it.
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已收到');
  await expect(page.locator('main')).not.toContainText('打不开');
});

/** Nothing fits any more. The browser remembers for half a minute how much was left, and finds out by trying. */
async function isFull(page: Page): Promise<void> {
  const tried = () =>
    page.evaluate(
      () =>
        new Promise<string | undefined>((done) => {
          const open = indexedDB.open('as-full-as');
          open.onupgradeneeded = () => open.result.createObjectStore('it');
          open.onerror = () => done(open.error?.name);
          open.onsuccess = () => {
            const write = open.result.transaction('it', 'readwrite');
            write.objectStore('it').put('is', 'it');
            const over = () => {
              open.result.close();
              done(write.error?.name);
            };
            write.oncomplete = over;
            write.onabort = over;
          };
        }),
    );
  await expect.poll(tried, { timeout: 60_000, intervals: [1000] }).toBe('QuotaExceededError');
}

test('a full phone is told before "saved", and what was typed stays', async ({ page, context }) => {
  test.setTimeout(240_000);
  await settledIn(page);
  await filled(page, '手机空间不够');
  await context.setOffline(true);
  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await isFull(page);
  const outcomes = new Set<string>();
  // From nothing left to plenty.
  for (const spare of [-usage, -1_000_000, 0, 100, 1_000, 100_000, 10_000_000]) {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: Math.max(1, usage + spare) });
    await send(page);
    const outcome = await Promise.race([
      page.waitForURL(/\/sent\//).then(() => 'saved'),
      page.getByText('本机空间不够').waitFor().then(() => 'told'),
    ]);
    outcomes.add(outcome);
    if (outcome === 'saved') break;
    await expect(page.locator('main')).toContainText('手机空间不够');
    await expect(page.locator('.status')).not.toContainText('待发');
  }
  expect([...outcomes]).toEqual(['told', 'saved']);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await page.goto(`/${county}/outbox`);
  await ready(page);
  await expect(page.locator('.card')).toHaveCount(1);
});

test('a phone that stays full lets go of its lists, and fetches them when there is room', async ({ page, context }) => {
  test.setTimeout(240_000);
  await settledIn(page);
  await filled(page, '手机一直是满的');
  await context.setOffline(true);
  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await isFull(page);
  await send(page);
  await expect(page.getByText('本机空间不够')).toBeVisible();
  await expect(page.locator('main')).toContainText('手机一直是满的');
  expect(await count(page, 'cursors')).toBe(0);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await expect(async () => {
    await send(page);
    await page.waitForURL(/\/sent\//, { timeout: 5000 });
  }).toPass({ timeout: 90_000 });
  await context.setOffline(false);
  await goOn(page, 'help');
  // Not a day later: how far the lists are known went with them.
  await expect.poll(() => count(page, 'cursors'), { timeout: 60_000 }).toBe(3);
  await context.setOffline(true);
  await page.goto(`/${county}/notices`);
  await expect(page.locator('main .card-whole').first()).toBeVisible();
});

for (const years of [-10, 10]) {
  test(`a clock that is ${years} years off changes nothing but what it shows`, async ({ page, context }) => {
    await page.clock.install({ time: new Date(Date.now() + years * 365.25 * 86_400_000) });
    await page.clock.resume();
    await settledIn(page);
    await context.setOffline(true);
    await filled(page, `钟差 ${years} 年`);
    await send(page);
    await expect(page.locator('h1')).toHaveText('已保存在本机');
    await context.setOffline(false);
    await isReceived(page);
  });
}
