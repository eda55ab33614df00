// Photos go in the file that another phone takes along: closed, after their words, and once.
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { carryOf, choose, file, given, isSent, posts, test } from './helper';
import { count, filled, isSaved, outboxOf, ownMatter, seen, send, settledIn } from './phone';
import { choose as take, jpeg, kept, photo, places, taken } from './photo';

/** Writes to the office without a signal, with two photos, and makes the file. */
async function writtenWithPhotos(page: Page, statement: string): Promise<string> {
  await settledIn(page);
  await page.context().setOffline(true);
  const one = await photo(page, 1600, 1200);
  await filled(page, statement, async () => {
    await take(page, [jpeg('一.jpg', one), jpeg('二.jpg', one)]);
    await expect(taken(page)).toHaveCount(2, { timeout: 30_000 });
  });
  await send(page);
  await isSaved(page);
  await given(page);
  await expect(page.locator('main')).toContainText('文件里有照片和录音 2 份');
  return file(page);
}

/** A helper's phone takes the file, without a signal as well. */
async function takenAlong(helper: BrowserContext, path: string): Promise<Page> {
  const other = await helper.newPage();
  await settledIn(other);
  await helper.setOffline(true);
  await carryOf(other);
  await choose(other, path);
  return other;
}

/** The pieces of photos that a phone sends. */
function pieces(context: BrowserContext): string[] {
  const all: string[] = [];
  context.on('request', (request) => {
    if (request.method() === 'PATCH') all.push(request.url());
  });
  return all;
}

test('a helper takes words and photos in one file, and all of it is there once', async ({ page, context, helper }) => {
  const sent = posts(context, helper);
  const [own, theirs] = [pieces(context), pieces(helper)];
  const path = await writtenWithPhotos(page, '照片请邻居带出山');
  await seen(page, 'given_photos');
  // Nobody reads the pictures on the way, and the same file is made again.
  const { media } = JSON.parse(readFileSync(path, 'utf8')) as { media: { closed: string }[] };
  expect(media).toHaveLength(2);
  for (const { closed } of media) {
    const bytes = Buffer.from(closed, 'base64');
    expect(bytes.length).toBeGreaterThan(10_000);
    expect(bytes.includes(Buffer.from('JFIF\0\x01', 'latin1'))).toBe(false);
  }
  await given(page);
  expect(readFileSync(await file(page), 'utf8')).toBe(readFileSync(path, 'utf8'));

  const other = await takenAlong(helper, path);
  await expect(other.locator('main')).toContainText('替别人代发的还有 1 件、照片和录音 2 份');
  await expect(other.locator('section.card')).toContainText('它的照片和录音还有 2 份没有发完');
  await seen(other, 'carry_photos_wait');
  await choose(other, path);
  await expect(other.locator('main')).toContainText('已经在这部手机上');
  await outboxOf(other);
  await expect(other.locator('main')).toContainText('替别人代发的还有 1 件、照片和录音 2 份');
  await expect(other.locator('main')).not.toContainText('不用打开空间');
  await helper.setOffline(false);
  await carryOf(other);
  await isSent(other);
  await expect(other.locator('section.card')).not.toContainText('照片', { timeout: 60_000 });
  await expect.poll(() => kept(other), { timeout: 60_000 }).toEqual({ keys: [], bytes: [] });
  expect(theirs.length).toBeGreaterThan(0);
  expect(theirs.every((address) => address.includes('/uploads/letters/'))).toBe(true);

  // Its own phone hears that everything is there, and sends no picture again.
  await context.setOffline(false);
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  await expect.poll(() => places(page), { timeout: 60_000 }).toEqual(['received', 'received']);
  expect(own).toEqual([]);
  expect(new Set(sent.map((it) => it.letter ?? it.id)).size).toBe(1);
  await ownMatter(page);
  await expect(page.locator('.taken img')).toHaveCount(2);
});

test('who carries no longer keeps nothing of it, and the first phone sends it', async ({ page, context, helper }) => {
  const path = await writtenWithPhotos(page, '邻居又不下山了');
  const other = await takenAlong(helper, path);
  await other.locator('summary', { hasText: '不代发了' }).click();
  await seen(other, 'carry_put_down');
  await other.getByRole('button', { name: '确认不代发' }).click();
  await expect(other.locator('main')).toContainText('这部手机不再代发这一件');
  await expect(other.locator('section.card')).toHaveCount(0);
  for (const store of ['items', 'contents']) expect(await count(other, store)).toBe(0);
  expect((await kept(other)).keys).toEqual([]);

  await context.setOffline(false);
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  await expect.poll(() => places(page), { timeout: 60_000 }).toEqual(['received', 'received']);
});

test('a file with a photo that was changed is refused whole', async ({ page, helper }) => {
  const path = await writtenWithPhotos(page, '照片被人动过');
  const broken = JSON.parse(readFileSync(path, 'utf8'));
  const { closed } = broken.media[1];
  broken.media[1].closed = closed.slice(0, 4000) + (closed[4000] === 'A' ? 'B' : 'A') + closed.slice(4001);
  const changed = test.info().outputPath('changed.json');
  writeFileSync(changed, JSON.stringify(broken));
  const other = await takenAlong(helper, changed);
  await expect(other.locator('main')).toContainText('不完整或被改动过');
  for (const store of ['items', 'contents']) expect(await count(other, store)).toBe(0);
  expect((await kept(other)).keys).toEqual([]);
});
