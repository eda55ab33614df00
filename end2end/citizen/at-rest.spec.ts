import { expect, test } from '@playwright/test';
import { county } from '../routes';

test('a page that is only read starts no wasm before somebody taps', async ({ page }) => {
  const wasm: string[] = [];
  page.on('request', (request) => request.url().endsWith('.wasm') && wasm.push(request.url()));
  // Its six seconds pass when the test says so, however long it takes to look.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  await page.goto(`/${county}/notices`);
  await page.clock.runFor(5000);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForLoadState('networkidle');
  expect(wasm).toEqual([]);
  await page.locator('h1').first().tap();
  await expect.poll(() => wasm.length).toBeGreaterThan(0);
  await page.clock.resume();
  await expect(page.locator('html[data-ready]')).toHaveCount(1);
});

test('left alone, it starts by itself', async ({ page }) => {
  await page.goto(`/${county}/help`);
  await expect(page.locator('html[data-ready]')).toHaveCount(1, { timeout: 30_000 });
});
