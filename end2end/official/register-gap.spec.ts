import { expect, test } from '@playwright/test';
import { county } from '../routes';
import { signIn } from './sign-in';
import { ready } from '../ready';

test('a number of the national register is entered on the page it was missing on', async ({ page }, info) => {
  await signIn(page, '演示甲');
  await page.goto(`/${county}/office/not-registered?when=earlier&page=2`);
  await ready(page);
  const tab = page.locator('nav.tabs a[aria-current]');
  const before = Number(await tab.locator('.number').textContent());
  expect(before).toBeGreaterThan(50);
  const row = page.locator('tbody tr').first();
  const case_ = await row.locator('a.number').textContent();

  await row.getByRole('button').click();
  await expect(page.locator('.error-summary a')).toHaveAttribute('href', '#number');
  await expect(page).toHaveURL(/when=earlier&page=2/);

  const again = page.locator('tbody tr').filter({ hasText: case_ ?? '' });
  await again.locator('input[name=number]').fill(`GX-${info.project.name}-1`);
  await again.getByRole('button').click();
  await expect(page).toHaveURL(/when=earlier&page=2$/);
  await expect(page.locator('tbody tr').filter({ hasText: case_ ?? '' })).toHaveCount(0);
  await expect(tab.locator('.number')).toHaveText(String(before - 1));
});
