import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { begunUpToMatter, goOn, seen, settledIn, test } from './phone';
import { test as onRoad } from './road';

const size = (page: Page) => page.locator('html').getAttribute('data-elder');

const cookie = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === 'text_size')?.value;

/** The size of what the device answers with where the network cannot. */
const shell = (page: Page) =>
  page.evaluate(async () => {
    const kept = await (await caches.match('/app-shell'))!.text();
    return /text_size&quot;:&quot;(\w+)/.exec(kept)?.[1];
  });

onRoad('长辈版 needs no network, loses nothing that was typed, and is told to the server later', async ({ road, line }) => {
  await begunUpToMatter(road);
  await road.locator('textarea[name=statement]').fill('字太小，看不清');
  await line.down();
  await road.getByRole('button', { name: '长辈版' }).click();
  await expect.poll(() => size(road)).toBe('large');
  await ready(road);
  await expect(road.locator('textarea[name=statement]')).toHaveValue('字太小，看不清');
  await seen(road, 'elder_without_network');

  // It holds for every page the device shows, and is changed again.
  await goOn(road, 'settings');
  expect(await size(road)).toBe('large');
  await expect(road.locator('input[value=large]')).toBeChecked();
  await road.locator('input[value=largest]').check();
  await road.locator('main form button').click();
  await expect.poll(() => size(road)).toBe('larger');
  expect(await cookie(road)).toBe(undefined);

  // It is told by the next page that is opened, and the server's own pages have it, without scripts.
  await line.up();
  await goOn(road, 'help');
  await expect.poll(() => cookie(road), { timeout: 20_000 }).toBe('largest');
  const plain = await (await road.request.get(`/${county}`)).text();
  expect(plain).toContain('data-elder="larger"');
  // And so has the device, once it is no longer a choice of its own.
  await expect.poll(() => shell(road)).toBe('largest');
  await line.down();
  await goOn(road, 'notices');
  await expect(road.locator('html')).toHaveAttribute('data-app-shell', '1');
  expect(await size(road)).toBe('larger');
});

test('长辈版 holds without a network that is gone right after it was chosen', async ({ page, context }) => {
  await settledIn(page);
  await goOn(page, 'help');
  await page.getByRole('button', { name: '长辈版' }).click();
  await expect.poll(() => size(page)).toBe('large');
  // The page itself has not begun: it starts at rest, or with the first touch.
  await expect.poll(() => shell(page), { timeout: 3000 }).toBe('large');
  await context.setOffline(true);
  await goOn(page, 'mine');
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  expect(await size(page)).toBe('large');
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

test('what was typed a moment before 长辈版 was tapped stays, though it was not saved yet', async ({ page }) => {
  await settledIn(page);
  await begunUpToMatter(page);
  await page.evaluate(() => {
    const field = document.querySelector<HTMLTextAreaElement>('textarea[name=statement]')!;
    field.value = '字太小，看不清';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector<HTMLButtonElement>('header form[action$="/settings"] button')!.click();
  });
  await expect.poll(() => size(page)).toBe('large');
  await ready(page);
  await expect(page.locator('textarea[name=statement]')).toHaveValue('字太小，看不清');
  // And is saved: it is there in another tab.
  const other = await page.context().newPage();
  await expect(async () => {
    await goOn(other, 'register/matter');
    await expect(other.locator('textarea[name=statement]')).toHaveValue('字太小，看不清', { timeout: 2000 });
  }).toPass({ timeout: 15_000 });
});
