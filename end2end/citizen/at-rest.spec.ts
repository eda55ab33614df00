import { expect, test } from '@playwright/test';
import { county } from '../routes';

test('a page that is only read starts no wasm before somebody taps', async ({ page }) => {
  const wasm: string[] = [];
  page.on('request', (request) => request.url().endsWith('.wasm') && wasm.push(request.url()));
  await page.goto(`/${county}/notices`);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  expect(wasm).toEqual([]);
  await page.locator('h1').first().tap();
  await expect(page.locator('html[data-ready]')).toHaveCount(1);
  expect(wasm.length).toBeGreaterThan(0);
});

test('left alone, it starts by itself', async ({ page }) => {
  await page.goto(`/${county}/help`);
  await expect(page.locator('html[data-ready]')).toHaveCount(1, { timeout: 30_000 });
});
