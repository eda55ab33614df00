import { expect, test } from '@playwright/test';
import { county } from '../routes';
import { fromTheCounterToAnAnswer } from './case-way';
import { signIn } from './sign-in';
import { ready } from '../ready';

test('a matter goes from the counter to a served answer', async ({ browser }) => {
  test.setTimeout(120_000);
  await fromTheCounterToAnAnswer(browser, '有脚本的人');
});

test('the worklist answers to keys', async ({ page }) => {
  await signIn(page, '演示甲');
  await page.goto(`/${county}/office`);
  await ready(page);
  await expect(page.locator('tbody th a').first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('tbody th a').first()).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(page.locator('tbody th a').first()).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.locator('.keys')).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.locator('#find')).toBeFocused();
});
