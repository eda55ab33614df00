// A page that nobody closes says the next day what is true then.
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { settledIn, test } from './phone';

const age = (page: Page) => page.locator('.status > span').first();

test('a page that is left open overnight says of which day it is', async ({ page, context }) => {
  await page.clock.install();
  await settledIn(page);
  await page.goto(`/${county}/notices`);
  await ready(page);
  await expect(age(page)).toHaveText(/^截至 \d\d:\d\d$/);
  await context.setOffline(true);
  await page.evaluate(() => document.documentElement.setAttribute('data-same', '1'));
  await page.clock.fastForward('24:00:00');
  await expect(age(page)).toHaveText(/^截至 \d+月\d+日 \d\d:\d\d$/);
  await expect(page.locator('html')).toHaveAttribute('data-same', '1');
});
