// Photos in a space lie there twice: readable to its person, and closed for the server. What is closed goes.
import { expect, type Page } from '@playwright/test';
import { outboxOf, ownMatter, seen, settledIn, test } from './phone';
import { choose, jpeg, kept, photo, places, taken } from './photo';
import { isThere, lock, locks, makeSpace, open, opens, sentOffline, spacesOf } from './space';

/** How many records of one kind the photos' store has. */
const records = async (page: Page, kind: 'head' | 'bytes' | 'letter' | 'closed') =>
  (await kept(page)).keys.filter((key) => key.startsWith(`${kind}/`)).length;

/** Two photos of a road, more than one piece each. */
async function twoPhotos(page: Page): Promise<void> {
  const one = jpeg('路.jpg', await photo(page, 1600, 1200));
  await choose(page, [one, one]);
  await expect(taken(page)).toHaveCount(2, { timeout: 30_000 });
}

interface Uploads {
  /** Letters of which the server said that it keeps what is in them. */
  kept: Set<string>;
  /** Requests that brought bytes, and what they were for. */
  patches: { closed: boolean; token: boolean }[];
}

function uploads(page: Page): Uploads {
  const all: Uploads = { kept: new Set(), patches: [] };
  page.context().on('request', (request) => {
    if (request.method() !== 'PATCH') return;
    const closed = request.url().includes('/uploads/letters/');
    all.patches.push({ closed, token: 'authorization' in request.headers() });
  });
  page.context().on('response', async (response) => {
    if (response.request().method() !== 'GET' || !response.url().includes('/uploads/letters/')) return;
    const fate = await response.json().catch(() => undefined);
    // Nothing else is told.
    if (response.ok() && fate) expect(Object.keys(fate)).toEqual(['kept']);
    if (fate?.kept) all.kept.add(response.url());
  });
  return all;
}

test('photos of a locked space arrive as letters, and once when it is opened', async ({ page, context }) => {
  await settledIn(page);
  const all = uploads(page);
  await makeSpace(page, '妈妈');
  const number = await sentOffline(page, '塌方的路，只有妈妈知道', () => twoPhotos(page));
  expect(await records(page, 'bytes')).toBe(2);
  await outboxOf(page);
  // Before "saved" was said, or as the next page came.
  await expect.poll(() => records(page, 'closed')).toBe(2);
  await expect(page.locator('.card')).toContainText('另有照片和录音 2 份');
  await expect(page.locator('.card')).not.toContainText('放不下');
  await lock(page);
  await expect(page.locator('main')).toContainText('另有封好的照片和录音 2 份');
  await seen(page, 'space_photos_locked');

  await context.setOffline(false);
  await outboxOf(page);
  await expect.poll(() => all.kept.size, { timeout: 75_000 }).toBe(2);
  await expect.poll(() => records(page, 'closed')).toBe(0);
  await expect(page.locator('main')).not.toContainText('封好的照片和录音');
  // The readable ones stay until their person has opened the space.
  expect(await records(page, 'bytes')).toBe(2);
  expect(all.patches.every((it) => it.closed && !it.token)).toBe(true);
  await isThere(page, number);

  const sent = all.patches.length;
  await spacesOf(page);
  await open(page);
  await expect(locks(page)).toBeVisible();
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  await expect.poll(() => places(page), { timeout: 60_000 }).toEqual(['received', 'received']);
  expect(await records(page, 'letter')).toBe(0);
  // It was asked, and nothing was sent twice.
  expect(all.patches).toHaveLength(sent);
  await expect(page.locator('.card')).not.toContainText('还有');
  await ownMatter(page);
  await expect(page.locator('.taken img')).toHaveCount(2);
});

test('a space that is thrown away leaves the letters of its photos, and they go', async ({ page, context }) => {
  await settledIn(page);
  const all = uploads(page);
  // Everybody's first: the space that is made takes it over, and closes it.
  const number = await sentOffline(page, '扔掉以前拍的', () => twoPhotos(page));
  expect(await records(page, 'closed')).toBe(0);
  await makeSpace(page, '二叔');
  await expect.poll(() => records(page, 'closed')).toBe(2);
  await lock(page);
  await page.getByText('忘了密码').click();
  await expect(page.locator('main')).toContainText('照片和录音一般已经另外封好');
  await page.getByRole('button', { name: '扔掉这个空间' }).click();
  await expect(page.locator('section.card')).toHaveCount(0);
  await expect(page.locator('main')).toContainText('另有封好的照片和录音 2 份');
  expect(await records(page, 'head')).toBe(0);
  expect(await records(page, 'bytes')).toBe(0);
  expect(await records(page, 'closed')).toBe(2);

  await context.setOffline(false);
  await expect.poll(() => all.kept.size, { timeout: 75_000 }).toBe(2);
  await expect.poll(async () => (await kept(page)).keys).toEqual([]);
  await isThere(page, number);
});

test('without room for a sealed copy the words are kept, and it is said what waits', async ({ page, context }) => {
  // A browser that is full just there.
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (String(key).startsWith('closed/')) throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value, key);
    };
  });
  await settledIn(page);
  const all = uploads(page);
  await makeSpace(page, '妈妈');
  const number = await sentOffline(page, '手机满了', () => twoPhotos(page));
  expect(await records(page, 'letter')).toBe(0);
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('其中 2 份，手机放不下封好的一份');
  await seen(page, 'space_photos_no_room');
  await lock(page);
  await expect(page.locator('main')).toContainText('照片和录音 2 份，没有另外封好，要打开以后才发');
  await context.setOffline(false);
  await isThere(page, number);
  await spacesOf(page);
  await expect(opens(page)).toBeVisible();
  expect(all.patches).toEqual([]);

  await open(page);
  await expect(locks(page)).toBeVisible();
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  await expect.poll(() => places(page), { timeout: 60_000 }).toEqual(['received', 'received']);
  expect(all.patches.every((it) => it.token && !it.closed)).toBe(true);
});

test('what is not sent after all takes its letters along', async ({ page }) => {
  await settledIn(page);
  await makeSpace(page, '妈妈');
  await sentOffline(page, '还是不发了', () => twoPhotos(page));
  expect(await records(page, 'closed')).toBe(2);
  await outboxOf(page);
  await page.locator('summary', { hasText: '不发了' }).click();
  await page.getByRole('button', { name: '确认删除' }).click();
  await expect(page.locator('.card')).toHaveCount(0);
  await expect.poll(async () => (await kept(page)).keys).toEqual([]);
});
