import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { begunUpToMatter, goOn, seen, settledIn, test } from './phone';

const size = (page: Page) => page.locator('html').getAttribute('data-elder');

const cookie = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === 'text_size')?.value;

test('长辈版 needs no network, loses nothing that was typed, and is told to the server later', async ({ page, context }) => {
  await settledIn(page);
  await begunUpToMatter(page);
  await page.locator('textarea[name=statement]').fill('字太小，看不清');
  await context.setOffline(true);
  await page.getByRole('button', { name: '长辈版' }).click();
  await expect.poll(() => size(page)).toBe('large');
  await ready(page);
  await expect(page.locator('textarea[name=statement]')).toHaveValue('字太小，看不清');
  await seen(page, 'elder_without_network');

  // It holds for every page the device shows, and is changed again.
  await goOn(page, 'settings');
  expect(await size(page)).toBe('large');
  await expect(page.locator('input[value=large]')).toBeChecked();
  await page.locator('input[value=largest]').check();
  await page.locator('main form button').click();
  await expect.poll(() => size(page)).toBe('larger');
  expect(await cookie(page)).toBe(undefined);

  await context.setOffline(false);
  await expect.poll(() => cookie(page), { timeout: 20_000 }).toBe('largest');
  // The server's own page has it, without scripts.
  const plain = await (await context.request.get(`/${county}`)).text();
  expect(plain).toContain('data-elder="larger"');
});

test('with a network 长辈版 is there at once, and what was typed stays', async ({ page }) => {
  await settledIn(page);
  await begunUpToMatter(page);
  await page.locator('textarea[name=statement]').fill('字太小，看不清');
  await page.getByRole('button', { name: '长辈版' }).click();
  await expect.poll(() => size(page)).toBe('large');
  await ready(page);
  await expect(page.locator('textarea[name=statement]')).toHaveValue('字太小，看不清');
  expect(await cookie(page)).toBe('large');
});
