// Photos are made small on the phone, kept there, and follow their words, each byte once.
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import {
  begunUpToMatter, count, fillFromMatter, filled, isReceived, isSaved, outboxOf, ownMatter, posted, seen, send, settledIn,
  test as onPhone,
} from './phone';
import { CANARY, choose, jpeg, kept, photo, pictures, places, taken } from './photo';
import { test as onRoad } from './road';

onPhone('three photos are taken without a signal, and follow their words', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  const one = await photo(page);
  expect(one.length).toBeGreaterThan(1_000_000);
  await filled(page, '路上有三处塌方', async () => {
    await choose(page, [jpeg('一.jpg', one), jpeg('二.jpg', one), jpeg('三.jpg', one)]);
    await expect(taken(page)).toHaveCount(3, { timeout: 30_000 });
    await seen(page, 'photos');
  });
  await expect(page.locator('main')).toContainText('3 张照片');
  const before = await kept(page);
  expect(before.keys.filter((key) => key.startsWith('bytes/'))).toHaveLength(3);
  for (const bytes of before.bytes) expect(bytes).toBeLessThanOrEqual(200 * 1024 + 28);
  await send(page);
  await isSaved(page);
  await expect(page.locator('main')).toContainText('另有照片和录音 3 份');
  await seen(page, 'photos-saved');

  await context.setOffline(false);
  await isReceived(page);
  await outboxOf(page);
  await expect.poll(() => places(page), { timeout: 60_000 }).toEqual(['received', 'received', 'received']);
  await expect(page.locator('.card')).not.toContainText('还有');
  await ownMatter(page);
  await expect(page.locator('.taken img')).toHaveCount(3);
  const shown = await pictures(page);
  expect(shown).toHaveLength(3);
  for (const { width, height, bytes } of shown) {
    // Upright, small, and nothing in it but the picture.
    expect(height).toBe(1280);
    expect(width).toBe(960);
    expect(bytes.length).toBeLessThanOrEqual(250 * 1024);
    expect(bytes.includes(Buffer.from(CANARY.slice(0, 8)))).toBe(false);
    expect(bytes.includes(Buffer.from('Exif'))).toBe(false);
  }
  await seen(page, 'photos-received');
});

/** No photo is made small before it is said: whoever looks, looks while it is. */
async function heldUp(page: Page): Promise<() => Promise<void>> {
  const held = await page.evaluateHandle(() => {
    const { postMessage } = Worker.prototype;
    const waiting: (() => void)[] = [];
    Worker.prototype.postMessage = function (...message) {
      waiting.push(() => postMessage.apply(this, message));
    };
    return () => {
      Worker.prototype.postMessage = postMessage;
      for (const send of waiting) send();
    };
  });
  return () => held.evaluate((goOn) => goOn());
}

onPhone('whoever goes back while a photo is made small goes on as before, and the photo is there', async ({ page }) => {
  await settledIn(page);
  const one = await photo(page);
  await begunUpToMatter(page);
  const goOn = await heldUp(page);
  await page.locator('textarea[name=statement]').fill('拍了照又回去看一眼');
  await choose(page, [jpeg('一.jpg', one), jpeg('二.jpg', one)]);
  // The form does not go on without them.
  await page.locator('main form').getByRole('button', { name: '下一步' }).click();
  await expect(page.locator('[data-busy]')).toHaveCount(1);
  expect(page.url()).toContain('/register/matter');
  await page.goBack();
  await page.waitForURL(/register\/subject/);
  await page.locator('main form').getByRole('button', { name: '下一步' }).click();
  await page.waitForURL(/register\/matter/);
  await goOn();
  await expect(taken(page)).toHaveCount(2, { timeout: 30_000 });
  await fillFromMatter(page);
  await expect(page.locator('main')).toContainText('2 张照片');
});

onPhone('whoever still looks for a photo when the one before is ready loses neither', async ({ page }) => {
  await settledIn(page);
  const one = await photo(page, 1600, 1200);
  await begunUpToMatter(page);
  const goOn = await heldUp(page);
  await choose(page, [jpeg('一.jpg', one)]);
  const opened = page.waitForEvent('filechooser');
  await page.locator('.media label', { hasText: '选照片' }).click();
  const looking = await opened;
  await goOn();
  await expect(taken(page)).toHaveCount(1, { timeout: 30_000 });
  await looking.setFiles([jpeg('二.jpg', one)]);
  await expect(taken(page)).toHaveCount(2, { timeout: 30_000 });
});

onPhone('what is no photo is told at once, and what was chosen stays', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  const good = jpeg('好.jpg', await photo(page, 800, 600));
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(2000)]);
  await filled(page, '选错了文件', async () => {
    await choose(page, [
      good,
      { name: '信.pdf', mimeType: 'image/jpeg', buffer: Buffer.from('%PDF-1.7 不是照片') },
      { name: '苹果.heic', mimeType: 'image/heic', buffer: heic },
      { name: '半张.jpg', mimeType: 'image/jpeg', buffer: good.buffer.subarray(0, 300) },
    ]);
    const told = page.locator('.media [role=alert] li');
    await expect(told).toHaveCount(3, { timeout: 30_000 });
    await expect(told.nth(0)).toContainText('信.pdf 不是照片');
    await expect(told.nth(1)).toContainText('苹果.heic 是 HEIC 照片');
    await expect(told.nth(2)).toContainText('半张.jpg 打不开');
    await expect(taken(page)).toHaveCount(1);
    await seen(page, 'photos-refused');
    // Ten are one too many; one that is taken away makes room.
    await choose(page, Array.from({ length: 9 }, (_, at) => jpeg(`${at}.jpg`, good.buffer)));
    await expect(taken(page)).toHaveCount(9, { timeout: 60_000 });
    await expect(told).toContainText('最多 9 张');
    await taken(page).first().getByRole('button').click();
    await expect(taken(page)).toHaveCount(8);
  });
  await expect(page.locator('main')).toContainText('8 张照片');
});

onPhone('a photo of a letter is enough, and survives a reload and a page that ends', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  const letter = jpeg('信.jpg', await photo(page, 1600, 1200));
  await filled(page, '', async () => {
    await choose(page, [letter]);
    await expect(taken(page)).toHaveCount(1, { timeout: 30_000 });
    await page.reload();
    await ready(page);
    await expect(taken(page)).toHaveCount(1);
    await expect(taken(page).locator('img')).toHaveJSProperty('complete', true);
  });
  await expect(page.locator('main')).toContainText('1 张照片');
  await send(page);
  await isSaved(page);
  await page.close();
  const later = await context.newPage();
  await context.setOffline(false);
  await later.goto(`/${county}/outbox`);
  await ready(later);
  await expect(later.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  await expect.poll(() => places(later), { timeout: 60_000 }).toEqual(['received']);
});

onPhone('a full phone keeps the words when a photo does not fit', async ({ page, context }) => {
  await settledIn(page);
  const large = jpeg('大.jpg', await photo(page, 1600, 1200));
  await context.setOffline(true);
  await filled(page, '照片放不下', async () => {
    const devtools = await context.newCDPSession(page);
    const origin = new URL(page.url()).origin;
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    // Chromium goes by what it knew of the space for half a minute.
    await page.waitForTimeout(31_000);
    await choose(page, [large]);
    await expect(page.locator('.media [role=alert]')).toContainText('本机空间不够', { timeout: 30_000 });
    await expect(taken(page)).toHaveCount(0);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  });
  await expect(page.locator('main')).toContainText('照片放不下');
  await send(page);
  await isSaved(page);
});

/** Limits what the origin may store, or no longer. */
async function quotaOf(page: Page): Promise<(quota: { quotaSize?: number }) => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  return async (quota) => {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, ...quota });
    // Chromium goes by what it knew of the space for half a minute.
    await page.waitForTimeout(31_000);
  };
}

onPhone('on a full phone the wizard goes on, says that nothing is saved, and saves once there is room', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  await begunUpToMatter(page);
  const limited = await quotaOf(page);
  const warning = page.locator('main', { hasText: '手机空间满了，还没有存下' });
  await limited({ quotaSize: 1 });
  await page.locator('textarea[name=statement]').fill('手机满了也写得下去');
  await expect(warning).toBeVisible();
  await page.locator('select[name=place]').selectOption({ index: 2 });
  await page.locator('main form').getByRole('button', { name: '下一步' }).click();
  await page.waitForURL(/register\/reach/);
  await expect(warning).toBeVisible();
  await seen(page, 'nothing_saved');
  // Back there is everything that was typed.
  await page.goBack();
  await expect(page.locator('textarea[name=statement]')).toHaveValue('手机满了也写得下去');
  await limited({});
  await fillFromMatter(page);
  await expect(warning).toHaveCount(0);
  await expect(page.locator('main')).toContainText('手机满了也写得下去');
  await send(page);
  await isSaved(page);
});

const NO_RECEIPT = '没有收到回执，本机空间不够也没有存下';

/** A full phone at the last page of the wizard, with a network. */
async function fullAtTheEnd(page: Page, statement: string): Promise<string[]> {
  await settledIn(page);
  await begunUpToMatter(page);
  await (await quotaOf(page))({ quotaSize: 1 });
  await page.locator('textarea[name=statement]').fill(statement);
  await fillFromMatter(page);
  await expect(page.locator('main')).toContainText('手机空间满了，还没有存下');
  return posted(page.context());
}

/** The server does what is asked, and the page never hears of it. */
async function sentInVain(page: Page): Promise<void> {
  await page.route('**/commands', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await send(page);
  await expect(page.locator('main')).toContainText(NO_RECEIPT, { timeout: 30_000 });
  await page.unroute('**/commands');
}

onPhone('a full phone sends where there is a signal, once, and shows the code', async ({ page, context }) => {
  const ids = await fullAtTheEnd(page, '手机满了，先发出去');
  await context.setOffline(true);
  await send(page);
  await expect(page.locator('main')).toContainText(NO_RECEIPT, { timeout: 30_000 });
  await seen(page, 'full_not_sent');
  await context.setOffline(false);
  await sentInVain(page);
  await send(page);
  await page.waitForURL(/\/mine$/, { timeout: 30_000 });
  await expect(page.locator('.code-display')).toBeVisible();
  await seen(page, 'full_sent');
  expect(ids.length).toBeGreaterThan(1);
  expect(new Set(ids).size).toBe(1);
  expect(await count(page, 'items')).toBe(0);
  await page.goto(`/${county}/register`);
  await ready(page);
  await expect(page.locator('main')).not.toContainText('没填完');
});

onPhone('a full phone says so where it changed what had arrived already', async ({ page }) => {
  await fullAtTheEnd(page, '先发的这一份');
  await sentInVain(page);
  await page.locator('main a[href*="/register/matter"]').first().click();
  await page.waitForURL(/register\/matter/);
  await page.locator('textarea[name=statement]').fill('后来改过的');
  await page.locator('main form').getByRole('button', { name: '下一步' }).click();
  await page.waitForURL(/register\/check/);
  await send(page);
  await expect(page.locator('.error-summary')).toContainText('先前发的那一份我们已经收到', { timeout: 30_000 });
  await expect(page.locator('main')).toContainText('后来改过的');
  await seen(page, 'full_other_came');
});

onPhone('with room for some of four photos those are kept, the others named, and the words go', async ({
  browser, contextOptions, baseURL, locale, timezoneId, viewport, hasTouch, isMobile,
}) => {
  onPhone.setTimeout(240_000);
  const options = { ...contextOptions, baseURL, locale, timezoneId, viewport, hasTouch, isMobile };
  const names = ['一.jpg', '二.jpg', '三.jpg', '四.jpg'];
  /** With so many bytes left. Gives how many were kept. */
  const keptWith = async (spare: number): Promise<number> => {
    const context = await browser.newContext({ ...options, serviceWorkers: 'allow' });
    const page = await context.newPage();
    await settledIn(page);
    const one = await photo(page, 1600, 1200);
    await context.setOffline(true);
    const told = page.locator('.media [role=alert] li');
    let fitted = 0;
    await filled(page, `还剩 ${spare} 字节`, async () => {
      const devtools = await context.newCDPSession(page);
      const origin = new URL(page.url()).origin;
      const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
      await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + spare });
      // Chromium goes by what it knew of the space for half a minute.
      await page.waitForTimeout(31_000);
      await choose(page, names.map((name) => jpeg(name, one)));
      await expect.poll(async () => (await taken(page).count()) + (await told.count()), { timeout: 60_000 }).toBe(4);
      fitted = await taken(page).count();
      // Each that did not fit is named: a later one may fit where lists made room.
      const others = names.map((name) => `${name} 没有保存：本机空间不够。文字不受影响`);
      const said = await told.allInnerTexts();
      expect(new Set(said).size).toBe(4 - fitted);
      for (const one of said) expect(others).toContain(one.trim());
    });
    // As full as before.
    await send(page);
    await isSaved(page);
    if (fitted > 0) await expect(page.locator('main')).toContainText(`另有照片和录音 ${fitted} 份`);
    else await expect(page.locator('main')).not.toContainText('另有照片和录音');
    await context.setOffline(false);
    await isReceived(page);
    await Promise.race([context.close(), new Promise((done) => setTimeout(done, 10_000))]);
    return fitted;
  };
  // Each takes about 190 KB. Some of the room goes to what Chromium keeps beside a cached file once it was compiled.
  const [none, some] = await Promise.all([60_000, 540_000].map(keptWith));
  expect(none).toBe(0);
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(4);
});

onRoad('cut twenty times, an upload goes on from where it was', async ({ line, road }) => {
  const one = jpeg('路.jpg', await photo(road));
  await filled(road, '边走边传', async () => {
    await choose(road, [one, one]);
    await expect(taken(road)).toHaveCount(2, { timeout: 30_000 });
  });
  const { bytes } = await kept(road);
  // Sealed: twelve bytes of nonce and sixteen of tag are not sent.
  const whole = bytes.reduce((sum, sealed) => sum + Math.max(0, sealed - 28), 0);
  await line.forget();
  await line.cut('request', 20_000, 'rst', { path: '/uploads', method: 'PATCH', times: 20 });
  await send(road);
  await isReceived(road);
  await outboxOf(road);
  await expect.poll(() => places(road), { timeout: 100_000 }).toEqual(['received', 'received']);
  const patches = (await line.seen()).requests.filter((it) => it.method === 'PATCH');
  const cuts = patches.filter((it) => it.fault === 'cut').length;
  expect(cuts).toBe(20);
  const heads = 1_500 * patches.length;
  const carried = patches.reduce((sum, it) => sum + it.bytes_up, 0);
  // At most one piece of 64 KiB again for each cut.
  expect(carried).toBeLessThanOrEqual(whole + cuts * 65_536 + heads);
  await expect(road.locator('.card')).not.toContainText('没有收下');
});
