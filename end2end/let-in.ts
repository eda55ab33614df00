import { expect, type Page } from '@playwright/test';
import { envelope } from './filing';
import { county } from './routes';

/** Files a matter as a phone does, and gives back its code. */
async function filed(page: Page): Promise<string> {
  const answer = await page.request.post(`/api/v1/${county}/commands`, { data: [envelope()] });
  const [{ receipt }] = await answer.json();
  return receipt.code.short;
}

/** Opens a matter with a code and four digits. */
async function open(page: Page, ready: () => Promise<void>, code: string, pin: string) {
  await page.goto(`/${county}/follow`);
  await ready();
  await page.locator('input[name=code]').fill(code);
  await page.locator('input[name=pin]').fill(pin);
  await page.locator('main form').getByRole('button').last().click();
}

/**
 * A petitioner lets in one more person, who reads and adds and nothing else, and shows them out.
 * `look` is called where the form and the new code can be seen.
 */
export async function letInAndShowOut(page: Page, ready: () => Promise<void>, look: (name: string) => Promise<void>) {
  const own = await filed(page);
  await open(page, ready, own, '8000');
  await page.waitForURL(/\/mine$/);
  await ready();
  await page.locator('summary', { hasText: '让家人或代办员也能看' }).click();
  const form = page.locator('form[action$="/mine/access/grant"]');
  await look('let_in_form');
  await form.getByRole('button', { name: '生成查询码' }).click();
  await expect(page.locator('.error-summary')).toContainText('请选择给谁看');
  await ready();
  await form.locator('input[name=who][value=relative]').check();
  await form.locator('input[name=name]').fill('示例小妹');
  await form.locator('input[name=pin]').fill('2468');
  await form.getByRole('button', { name: '生成查询码' }).click();
  await page.waitForURL(/done=grant/);
  const shown = page.locator('#access .code-display');
  await expect(shown.locator('span')).toHaveCount(3);
  const code = (await shown.innerText()).replace(/\D/g, '');
  expect(code).toHaveLength(10);
  expect(code).not.toBe(own);
  await look('let_in_code');

  // The one who was let in.
  await page.context().clearCookies();
  await open(page, ready, code, '2468');
  await page.waitForURL(/\/mine$/);
  await expect(page.locator('.code-display')).toHaveCount(0);
  await expect(page.locator('#access')).toHaveCount(0);
  await page.locator('.card-whole a').first().click();
  await page.waitForURL(/\/mine\/cases\//);
  await ready();
  await expect(page.getByText('确认撤回')).toHaveCount(0);
  await expect(page.locator('main')).toContainText('要由当事人本人来做');
  await page.locator('#note').fill('我是女儿，补充一句');
  await page.locator('form[action$="/note"]').getByRole('button').click();
  await page.waitForURL(/done=note/);

  // The petitioner sees both on the timeline, and ends it.
  await page.context().clearCookies();
  await open(page, ready, own, '8000');
  await page.waitForURL(/\/mine$/);
  await ready();
  await expect(shown).toHaveCount(0);
  await page.locator('.card-whole a').first().click();
  await page.waitForURL(/\/mine\/cases\//);
  await ready();
  await expect(page.locator('.timeline')).toContainText('您让一个人也能查看');
  await expect(page.locator('.timeline')).toContainText('我是女儿');
  await page.getByRole('link', { name: '让家人或代办员也能看' }).click();
  await page.waitForURL(/\/mine#access/);
  await ready();
  await page.getByRole('button', { name: '收回 示例小妹' }).click();
  await page.waitForURL(/done=revoke/);
  await expect(page.locator('main')).toContainText('已收回');

  await page.context().clearCookies();
  await open(page, ready, code, '2468');
  await page.waitForURL(/problem=wrong/);
}
