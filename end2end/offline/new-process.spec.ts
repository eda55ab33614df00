// Each of a citizen's ways, from the start of a browser that finds no network and has nothing in its memory.
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { test, type Phone } from './killable';
import { begunUpToMatter, fill, filled, fillFromMatter, goOn, isReceived, isSaved, outboxOf, seen, send, settledIn } from './phone';
import { choose, jpeg, photo, taken } from './photo';

/** A new browser, at this address, from the device. */
async function startedAt(phone: Phone, rest: string): Promise<Page> {
  await phone.stop();
  const page = await phone.start();
  await goOn(page, rest);
  await isFromDevice(page);
  return page;
}

async function isFromDevice(page: Page): Promise<void> {
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(page.locator('.status')).toContainText('没有信号');
  await expect(page.locator('h1').first()).not.toBeEmpty();
}

/** Follows a link of the page, which is not fetched either. */
async function followed(page: Page, link: string): Promise<void> {
  const href = await page.locator(link).first().getAttribute('href');
  await page.locator(link).first().click();
  await page.waitForURL(`**${href}`);
  await isFromDevice(page);
}

test('each of a citizen\'s ways begins in a new browser without a network', async ({ killable: { line, phone } }) => {
  test.setTimeout(240_000);
  // What was done while there was a network: a matter is followed from here.
  let page = await phone.start();
  await settledIn(page);
  const own: number[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith(`/api/v1/${county}/own`)) own.push(response.status());
  });
  await filled(page, '水渠塌了一段');
  await send(page);
  await isReceived(page);
  await page.waitForURL(/\/mine\?sent=1/);
  await ready(page);
  const matter = await page.locator('main a[href*="/mine/cases/"]').first().getAttribute('href');
  // The phone asks by itself for what was sent from it.
  await expect.poll(() => own, { timeout: 30_000 }).toContain(200);
  await line.down();

  // Reads a notice, and asks for a place in that visit.
  page = await startedAt(phone, 'notices');
  await expect(page.locator('.status')).toContainText('截至');
  await followed(page, '.card-whole a');
  await page.getByRole('link', { name: '登记报名' }).click();
  await page.locator('form[action$="/register/start"]').first().getByRole('button').click();
  await fill(page, '想当面说说路的事');
  await send(page);
  await isSaved(page);

  // Reads her own matter, and adds to it.
  page = await startedAt(phone, 'mine');
  await page.locator('summary', { hasText: '查看我的事项' }).click();
  await expect(page.locator('.case-number').first()).toBeVisible();
  page = await startedAt(phone, matter!.split(`/${county}/`)[1]);
  await expect(page.locator('h1')).toHaveText('道路、交通');
  await expect(page.locator('.status')).toContainText('截至');
  await page.locator('#note').fill('今天又塌了两米');
  await page.locator('form[action$="/note"]').getByRole('button').click();
  await expect(page.locator('.status')).toContainText('2 件待发');

  // Takes a photo of a letter.
  page = await startedAt(phone, 'register');
  await begunUpToMatter(page);
  await page.locator('textarea[name=statement]').fill('见照片里的信');
  await fillFromMatter(page, async () => {
    await choose(page, [jpeg('信.jpg', await photo(page, 1200, 900))]);
    await expect(taken(page)).toHaveCount(1, { timeout: 30_000 });
  });
  await send(page);
  await isSaved(page);

  // Reads what is public, of the county and of a village.
  page = await startedAt(phone, 'matters');
  await followed(page, 'main a[href*="/matters/"]');
  await expect(page.locator('.status')).toContainText('截至');

  // Looks after the phone and what lies on it, and finds help.
  page = await startedAt(phone, '');
  for (const rest of ['help', 'settings', 'spaces', 'number', 'feedback', 'villages', 'en/notices']) {
    await goOn(page, rest);
    await ready(page);
    await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
    await expect(page.locator('h1').first()).not.toBeEmpty();
  }
  page = await startedAt(phone, 'outbox');
  await expect(page.locator('.card')).toHaveCount(4);
  await seen(page, 'new_process_outbox');

  await line.up();
  await expect(page.locator('.card', { hasText: '已收到' })).toHaveCount(4, { timeout: 90_000 });
  await outboxOf(page);
  await expect(page.locator('main')).not.toContainText('还在这台手机上', { timeout: 60_000 });
});
