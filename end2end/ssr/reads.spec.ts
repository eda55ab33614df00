import { expect, test } from '@playwright/test';
import { addresses } from '../routes';

for (const address of addresses) {
  test(`${address} reads without scripts`, async ({ page }) => {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(200);
    await expect(page.locator('h1').first()).toBeVisible();
    await expect(page).toHaveTitle(/\S/);
  });
}

test('a wrong address helps the person on', async ({ page }) => {
  const answer = await page.goto('/330726/no-such-page');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('link').first()).toBeVisible();
});
