// What a petitioner does with a registration of her own where there is no signal: from what the phone saw last.
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { fill, filedHere, goOn, posted, seen, send, settledIn, test } from './phone';

/** One's own page without a network, with what was seen last opened. */
async function ownWithoutSignal(page: Page, context: BrowserContext): Promise<void> {
  await context.setOffline(true);
  await goOn(page, 'mine');
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await page.locator('summary', { hasText: '查看我的事项' }).click();
}

/** The one of this name in the outbox, which the act has led to. */
async function inOutbox(page: Page, title: string) {
  await page.waitForURL(/\/outbox$/);
  const card = page.locator('.card', { hasText: title });
  await expect(card).toContainText('已保存在本机');
  return card;
}

test('a petitioner lets in one more person without a signal: the code is there once it was received, once', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const ids = posted(context);
  await settledIn(page);
  const matter = await filedHere(page, '村口的路要修');
  const before = new Set(ids).size;
  await context.setOffline(true);
  // Where the matter's own page leads to it, the form is open: this phone has but one.
  await goOn(page, matter.split(`/${county}/`)[1]);
  await page.getByRole('link', { name: '让家人或代办员也能看' }).click();
  await page.waitForURL(/\/mine#access/);
  const form = page.locator('form[action$="/mine/access/grant"]');
  await form.getByRole('button', { name: '生成查询码' }).click();
  await expect(page.locator('.error-summary')).toContainText('请选择给谁看');
  await form.locator('input[name=who][value=relative]').check();
  await form.locator('input[name=name]').fill('示例小妹');
  await form.locator('input[name=pin]').fill('2468');
  await seen(page, 'lets_in');
  await form.getByRole('button', { name: '生成查询码' }).dblclick();
  const card = await inOutbox(page, '让一个人也能查看');
  await expect(card.locator('.code-display')).toHaveCount(0);
  await expect(page.locator('.status')).toContainText('1 件待发');

  await context.setOffline(false);
  await expect(card).toContainText('已收到', { timeout: 60_000 });
  const code = (await card.locator('.code-display').innerText()).replace(/\D/g, '');
  expect(code).toHaveLength(10);
  await seen(page, 'let_in');
  expect(new Set(ids).size).toBe(before + 1);
  // It is not on the page of the one who reads on her phone later.
  await card.getByRole('button', { name: '从列表移走' }).click();
  await expect(card).toHaveCount(0);

  const other = await browser.newContext({ baseURL, serviceWorkers: 'block' });
  const sister = await other.newPage();
  await sister.goto(`/${county}/follow`);
  await ready(sister);
  await sister.locator('input[name=code]').fill(code);
  await sister.locator('input[name=pin]').fill('2468');
  await sister.locator('main form').getByRole('button').last().click();
  await sister.waitForURL(/\/mine$/);
  await other.close();

  // Told to this phone meanwhile: she ends it without a signal too.
  await expect
    .poll(
      async () => {
        await ownWithoutSignal(page, context);
        await page.getByRole('button', { name: '让家人或代办员也能看' }).click();
        const known = await page.getByRole('button', { name: '收回 示例小妹' }).count();
        if (known === 0) await context.setOffline(false);
        return known;
      },
      { timeout: 60_000, intervals: [3000] },
    )
    .toBe(1);
  await page.getByRole('button', { name: '收回 示例小妹' }).click();
  const ended = await inOutbox(page, '收回一个人的查看');
  await context.setOffline(false);
  await expect(ended).toContainText('已收到', { timeout: 60_000 });
  await ended.getByRole('link', { name: '看最新情况' }).click();
  await page.waitForURL(/\/mine$/);
  await expect(page.getByRole('button', { name: '收回 示例小妹' })).toHaveCount(0);
});

test('a booking is cancelled without a signal, and the place goes once it was received', async ({ page, context }) => {
  await settledIn(page);
  await page.goto(`/${county}/register`);
  await ready(page);
  await page.locator('form[action$="/register/start"]').first().getByRole('button').click();
  await fill(page, '来不了了');
  await send(page);
  await page.waitForURL(/\/mine\?sent=1/);
  await ready(page);
  await expect(page.locator('.slip-number')).toBeVisible();

  await ownWithoutSignal(page, context);
  await page.locator('summary', { hasText: '取消这次预约' }).click();
  await page.getByRole('button', { name: '确认取消预约' }).click();
  const card = await inOutbox(page, '取消预约');
  await seen(page, 'cancels');
  await context.setOffline(false);
  await expect(card).toContainText('已收到', { timeout: 60_000 });
  await card.getByRole('link', { name: '看最新情况' }).click();
  await page.waitForURL(/\/mine$/);
  await expect(page.locator('main')).toContainText('名额已让出');
  await expect(page.locator('summary', { hasText: '取消这次预约' })).toHaveCount(0);
});
