import { expect, type Page } from '@playwright/test';

/** The page is the app's: buttons answer. A page that is only read waits for somebody to touch it. */
export async function ready(page: Page, options?: { timeout: number }): Promise<void> {
  await expect(async () => {
    await page.mouse.move(1, 1);
    await page.mouse.move(2, 2);
    await expect(page.locator('html[data-ready]')).toHaveCount(1, { timeout: 500 });
  }).toPass(options);
}
