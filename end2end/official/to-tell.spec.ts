import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { county } from '../routes';
import { signIn } from './sign-in';
import { ready } from '../ready';

test('an officer calls somebody, says the words, and enters that the person was reached', async ({ page }) => {
  await signIn(page, '演示甲');
  await page.goto(`/${county}/office/to-tell`);
  await ready(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  const first = page.locator('main .card').first();
  await expect(first.locator('a[href^="tel:"]')).toBeVisible();
  await expect(first.locator('.words-to-say')).not.toBeEmpty();
  const action = await first.locator('form').getAttribute('action');
  await first.getByRole('button', { name: '已告知' }).click();
  await expect(page.getByRole('status').filter({ hasText: '已记下结果' })).toBeVisible();
  await expect(page.locator(`form[action="${action}"]`)).toHaveCount(0);

  await page.locator('nav.tabs').getByRole('link', { name: '三次没联系上' }).click();
  await expect(page.locator('main .card')).toHaveCount(1);
  await expect(page.locator('main .card form button')).toHaveCount(1);
  await page.screenshot({ path: 'artifacts/official_to_tell.png', fullPage: true });
});
