import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { county } from '../routes';
import { signIn } from './sign-in';
import { ready } from '../ready';

test('an administrator makes an account, hands the link over, and ends the account', async ({ page }) => {
  await signIn(page, '演示庚');
  await page.goto(`/${county}/office/accounts`);
  await ready(page);
  await page.getByRole('link', { name: '新增账号' }).click();
  await page.locator('input[name=name]').fill('演示新');
  await page.locator('input[name=title]').fill('承办人');
  await page.locator('select[name=unit]').selectOption({ index: 1 });
  await page.locator('input[name=level][value=county]').check();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.locator('form[action$="/accounts/add"]').getByRole('button').click();
  await expect(page.locator('.error-summary a[href="#role"]')).toBeVisible();
  await expect(page.locator('input[name=name]')).toHaveValue('演示新');
  await page.locator('input[name=role][value=unit_handler]').check();
  await page.locator('form[action$="/accounts/add"]').getByRole('button').click();

  await expect(page.locator('.qr svg')).toBeVisible();
  await expect(page.locator('.qr code')).toContainText(`/${county}/office/enrol/`);
  await page.getByRole('button', { name: '已交给本人' }).click();
  await expect(page.locator('.qr')).toHaveCount(0);

  await page.getByRole('link', { name: '演示新' }).click();
  await page.locator('form[action$="/disable"]').getByRole('button').click();
  await expect(page.getByRole('status').filter({ hasText: '已停用' })).toBeVisible();
});
