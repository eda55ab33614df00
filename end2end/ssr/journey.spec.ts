import { expect, test } from '@playwright/test';
import { county } from '../routes';

test('a citizen registers for a visit without scripts and follows the matter with the code', async ({ page }) => {
  await page.goto(`/${county}/register`);
  await page.locator('form[action$="/register/start"]').first().getByRole('button').click();

  await page.locator('input[name=for_whom][value=self]').check();
  await page.locator('input[name=name]').fill('示例某');
  await page.locator('main form').getByRole('button').click();
  await page.locator('input[name=people]').fill('2');
  await page.locator('main form').getByRole('button').click();
  await page.locator('input[name=kind][value=request]').check();
  await page.locator('input[name=subject][value=roads]').check();
  await page.locator('main form').getByRole('button').click();
  await page.locator('textarea[name=statement]').fill('村口的路要修');
  await page.locator('main form').getByRole('button').click();

  await page.locator('input[name=reach][value=call]').check();
  await page.locator('input[name=phone]').fill('1380013800');
  await page.locator('main form').getByRole('button').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.locator('input[name=phone]')).toHaveValue('1380013800');
  await page.locator('input[name=phone]').fill('13800138000');
  await page.locator('main form').getByRole('button').click();
  await page.locator('main form').getByRole('button').click();

  await page.screenshot({ path: 'artifacts/ssr_check.png', fullPage: true });
  await page.locator('form[action$="/register/send"]').getByRole('button').click();
  await expect(page).toHaveURL(/\/mine\?sent=1/);
  await page.screenshot({ path: 'artifacts/ssr_slip.png', fullPage: true });
  const code = (await page.locator('.code-display').first().innerText()).replace(/\D/g, '');
  expect(code).toHaveLength(10);

  await page.locator('form[action$="/follow/leave"]').getByRole('button').click();
  await page.locator('input[name=code]').fill(code);
  await page.locator('input[name=pin]').fill('8000');
  await page.locator('main form').getByRole('button').click();
  await expect(page).toHaveURL(/\/mine$/);
  await expect(page.getByText('示例某').or(page.locator('.slip-number')).first()).toBeAttached();
});

test('without scripts the private QR leads to the question for the code', async ({ page }) => {
  await page.goto(`/${county}/follow?private=1#0123456789ABCDEFGHJKMNPQRS`);
  await expect(page.getByText('请在下面填查询码')).toBeVisible();
  await expect(page.locator('input[name=code]')).toHaveValue('');
});

test('a poster can be read, and what needs scripts is not offered', async ({ page }) => {
  await page.goto(`/${county}/notices`);
  await page.locator('.card-whole a').first().click();
  await page.locator('a[href$="/poster"]').click();
  await expect(page.locator('.poster .qr')).toBeVisible();
  await expect(page.locator('.scripted').first()).toBeHidden();
});
