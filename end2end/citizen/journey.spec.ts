import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';

const next = (page: Page) => page.locator('main form').getByRole('button').last().click();

/** Looks at the page as axe does, and keeps a picture of it. */
async function seen(page: Page, name: string) {
  await ready(page);
  await page.screenshot({ path: `artifacts/citizen_${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target) }))).toEqual([]);
}

/** Fills the wizard up to its last page. */
async function filled(page: Page, look: (name: string) => Promise<void>) {
  await page.waitForURL(/\/register\/who/);
  await ready(page);
  // The address is there before the page is: what is tapped until then is the form before.
  await expect(page.locator('h1')).toHaveText('您是谁？');
  await next(page);
  await expect(page.locator('.error-summary')).toBeFocused();
  await look('who_wrong');
  await page.locator('input[name=for_whom][value=self]').check();
  await page.locator('input[name=name]').fill('示例某');
  await next(page);
  await page.waitForURL(/how_many/);
  await look('how_many');
  await page.locator('input[name=people]').fill('２');
  await next(page);
  await page.waitForURL(/subject/);
  await look('subject');
  await page.locator('input[name=kind][value=request]').check();
  await page.locator('input[name=subject][value=roads]').check();
  await next(page);
  await page.waitForURL(/\/matter$/);
  await look('matter');
  await page.locator('textarea[name=statement]').fill('村口的路要修');
  await page.locator('select[name=place]').selectOption({ index: 2 });
  await next(page);
  await page.waitForURL(/reach/);
  await look('reach');
  await page.locator('input[name=reach][value=call]').check();
  await page.locator('input[name=phone]').fill('13800138000');
  await next(page);
  await page.waitForURL(/secrecy/);
  await look('secrecy');
  await next(page);
  await page.waitForURL(/check/);
  await look('check');
}

test('a citizen finds a notice, registers once however often it is tapped, and keeps the slip', async ({ page }) => {
  await page.goto(`/${county}/notices`);
  await ready(page);
  await page.locator('.card-whole a').first().click();
  await page.getByRole('link', { name: '登记报名' }).click();
  await page.locator('form[action$="/register/start"]').first().getByRole('button').click();
  await filled(page, (name) => seen(page, name));

  // The first answer is lost after it was carried out; the repeat goes under the same id.
  const ids: string[] = [];
  await page.route('**/commands', async (route) => {
    ids.push(route.request().postDataJSON()[0].id);
    const answer = await route.fetch();
    await (ids.length === 1 ? route.abort() : route.fulfill({ response: answer }));
  });
  const send = page.locator('form[action$="/register/send"]').getByRole('button');
  await send.dblclick();
  await page.waitForURL(/\/mine\?sent=1/);
  expect(ids.length).toBe(2);
  expect(new Set(ids).size).toBe(1);
  await seen(page, 'slip');
  await expect(page.locator('.qr')).toHaveCount(2);
  const picture = page.waitForEvent('download');
  await page.getByRole('button', { name: '存成图片' }).click();
  expect((await picture).suggestedFilename()).toMatch(/\.png$/);

  const code = (await page.locator('.code-display').first().innerText()).replace(/\D/g, '');
  await page.getByRole('button', { name: '退出', exact: true }).click();
  await page.waitForURL(/\/follow/);
  await ready(page);
  // One digit off is told without asking the server.
  const wrong = code.slice(0, 9) + ((Number(code[9]) + 1) % 10);
  await page.locator('input[name=code]').fill(wrong);
  await page.locator('input[name=pin]').fill('8000');
  await next(page);
  await expect(page.locator('.error-summary')).toContainText('有一位数字不对');
  await page.locator('input[name=code]').fill(` ${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)} `);
  await next(page);
  await page.waitForURL(/\/mine$/);
  await expect(page.locator('.slip-number')).toBeVisible();
});

test('an ordinary matter is filed, opened by its private code, added to and withdrawn', async ({ page }) => {
  await page.goto(`/${county}/feedback`);
  await ready(page);
  await page.locator('main').getByRole('button').click();
  await filled(page, () => ready(page).then(() => {}));
  // The page moves on with the answer, so the answer is read on its way.
  let receipt = { private_secret: '' };
  await page.route('**/commands', async (route) => {
    const answer = await route.fetch();
    [{ receipt }] = await answer.json();
    await route.fulfill({ response: answer });
  });
  await page.locator('form[action$="/register/send"]').getByRole('button').click();
  await page.waitForURL(/\/mine\?sent=1/);
  await seen(page, 'receipt');

  await page.context().clearCookies();
  await page.goto(`/${county}/follow?private=1#${receipt.private_secret}`);
  await page.waitForURL(/\/mine$/);
  expect(page.url()).not.toContain(receipt.private_secret);
  await ready(page);
  await page.locator('.card-whole a').first().click();
  await page.waitForURL(/\/mine\/cases\//);
  await page.locator('summary').first().click();
  await expect(page.locator('.day-count').first()).toBeVisible();
  await seen(page, 'matter_page');

  await page.locator('form[action$="/note"]').getByRole('button').click();
  await expect(page.locator('.error-summary')).toBeFocused();
  await page.locator('#note').fill('路灯也坏了');
  await page.locator('form[action$="/note"]').getByRole('button').click();
  await page.waitForURL(/done=note/);
  await expect(page.locator('.timeline')).toContainText('路灯也坏了');
  await ready(page);
  await page.locator('summary', { hasText: '撤回这件事' }).click();
  await page.getByRole('button', { name: '确认撤回' }).click();
  await page.waitForURL(/done=withdraw/);
  await expect(page.locator('main')).toContainText('您已撤回');
});

test('with the wasm blocked the same forms still go', async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(`/${county}/follow`);
  await page.locator('input[name=code]').fill('1234567890');
  await page.locator('input[name=pin]').fill('0000');
  await next(page);
  await page.waitForURL(/problem=/);
  await expect(page.locator('input[name=code]')).toHaveValue('1234567890');
});
