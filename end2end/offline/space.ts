// A phone that several people use: making a space, locking and opening it.
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { filled, isSaved, send } from './phone';

const PIN = '271828';

export async function spacesOf(page: Page): Promise<void> {
  await page.goto(`/${county}/spaces`);
  await ready(page);
}

export const locks = (page: Page) => page.getByRole('button', { name: '锁上' });
export const opens = (page: Page) => page.getByRole('button', { name: '打开' });

export async function makeSpace(page: Page, name: string, pin = PIN): Promise<void> {
  await spacesOf(page);
  const summary = page.locator('summary', { hasText: '新建我的空间' });
  await expect(summary).toBeVisible();
  if (!(await page.locator('#name').isVisible())) await summary.click();
  await page.locator('#name').fill(name);
  await page.locator('#new_pin').fill(pin);
  await page.locator('#again').fill(pin);
  await page.getByRole('button', { name: '新建我的空间' }).click();
  await expect(locks(page)).toBeVisible();
}

export async function lock(page: Page): Promise<void> {
  await spacesOf(page);
  // The page that was left is gone before anything is looked at.
  const left = page.waitForEvent('framenavigated');
  await locks(page).click();
  await left;
  await ready(page);
  await expect(opens(page).first()).toBeVisible();
}

export async function open(page: Page, pin = PIN): Promise<void> {
  await page.locator('#pin').fill(pin);
  await opens(page).click();
}

/** Sends without a network, and gives back the provisional number. `more` is done where the matter is told. */
export async function sentOffline(page: Page, statement: string, more?: () => Promise<void>): Promise<string> {
  await page.context().setOffline(true);
  await filled(page, statement, more);
  await send(page);
  await isSaved(page);
  return page.locator('h2:has-text("临时编号") + p b').innerText();
}

/** The server has it, as the number tells: a page that is left while it sends is followed by one that sends again. */
export async function isThere(page: Page, number: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/${county}/number?number=${number}`);
    await ready(page);
    await expect(page.locator('.slip')).toContainText('已收到', { timeout: 4000 });
  }).toPass({ timeout: 60_000 });
}
