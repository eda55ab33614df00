import { expect, type Browser, type Page } from '@playwright/test';
import { signIn } from '../official/sign-in';
import { ready } from '../ready';
import { county } from '../routes';
import { packs } from './phone';

export const PIN = '314159';

export async function tabletPage(page: Page): Promise<void> {
  await page.goto(`/${county}/office/tablet`);
  await ready(page);
}

export const lockButton = (page: Page) => page.getByRole('button', { name: '锁上' });

/** A tablet of the official that holds everything it is to hold. */
export async function tabletOf(page: Page, name: string, called = '3号室平板'): Promise<void> {
  await signIn(page, name);
  await tabletPage(page);
  await page.locator('#name').fill(called);
  await page.locator('#new_pin').fill(PIN);
  await page.locator('#again').fill(PIN);
  await page.getByRole('button', { name: '用这台平板' }).click();
  await expect(lockButton(page)).toBeVisible({ timeout: 20_000 });
  await holdsAll(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => packs(page), { timeout: 20_000 }).toContain('office');
}

/** Of the most urgent matters each can be read whole. */
export async function holdsAll(page: Page): Promise<void> {
  await expect(page.locator('main')).toContainText(/最急的 (\d+) 件里有 \1 件/, { timeout: 30_000 });
  await expect(page.locator('main')).not.toContainText('正在更新');
}

export async function locked(page: Page): Promise<void> {
  const left = page.waitForEvent('framenavigated');
  await lockButton(page).click();
  await left;
}

export async function renewed(page: Page): Promise<void> {
  await tabletPage(page);
  await page.getByRole('button', { name: '现在更新' }).click();
  await holdsAll(page);
}

/** A matter nobody has read yet, taken in at the counter. */
export async function takenIn(browser: Browser, petitioner: string): Promise<void> {
  const context = await browser.newContext();
  const clerk = await context.newPage();
  await signIn(clerk, '演示丙');
  await clerk.goto(`/${county}/office/intake`);
  await clerk.locator('#name').fill(petitioner);
  await clerk.locator('#statement').fill('村口的路灯坏了三个月，希望修好。');
  await clerk.locator('#subject').selectOption('roads');
  await clerk.locator('#phone').fill('13800138000');
  // It comes first on every list.
  await clerk.locator('input[name=danger]').check();
  await clerk.locator('main form').last().getByRole('button').last().click();
  await expect(clerk.locator('.slip .code-display')).toBeVisible();
  await context.close();
}

/** The address of a matter, found by its petitioner's name. */
export async function found(page: Page, petitioner: string): Promise<string> {
  await page.goto(`/${county}/office`);
  await page.locator('#find').fill(petitioner);
  await page.locator('form[role=search] button').click();
  const link = page.locator('tbody th a').first();
  await expect(link).toBeVisible();
  return (await link.getAttribute('href')) ?? '';
}

export async function classify(page: Page): Promise<void> {
  await page.locator('input[name=category][value=petition]').check();
  await page.locator('#act form').getByRole('button').last().click();
}
