// Two phones: one without a signal, and a helper's, which sends for it.
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { outboxOf, test as base } from './phone';

/** A second phone, with storage of its own and a network. */
export const test = base.extend<{ helper: BrowserContext }>({
  helper: async ({ browser, contextOptions, baseURL, locale, timezoneId, viewport, hasTouch, isMobile }, use) => {
    const helper = await browser.newContext({
      ...contextOptions, baseURL, locale, timezoneId, viewport, hasTouch, isMobile, serviceWorkers: 'allow',
    });
    await use(helper);
    await Promise.race([helper.close(), new Promise((done) => setTimeout(done, 10_000))]);
  },
});

interface Posted {
  id?: string;
  letter?: string;
}

/** Everything two phones post. */
export function posts(...contexts: BrowserContext[]): Posted[] {
  const all: Posted[] = [];
  for (const context of contexts) {
    context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/commands')) all.push(...request.postDataJSON());
    });
  }
  return all;
}

/** Makes codes and a file of everything that waits. */
export async function given(page: Page): Promise<void> {
  await outboxOf(page);
  await page.locator('summary', { hasText: '交给别人代发' }).click();
  await page.getByRole('button', { name: '做成二维码和文件' }).click();
  await expect(page.locator('.carry-code svg')).toBeVisible();
}

/** Saves the file where a test may keep it. */
export async function file(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '存成文件' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^huiyin-[0-9A-Z-]+\.json$/);
  const path = test.info().outputPath(saved.suggestedFilename());
  await saved.saveAs(path);
  return path;
}

export async function carryOf(page: Page): Promise<void> {
  await page.goto(`/${county}/carry`);
  await ready(page);
}

export const choose = (page: Page, path: string) => page.locator('input[type=file]').setInputFiles(path);

export const isSent = (page: Page) =>
  expect(page.locator('section.card')).toContainText('已发出', { timeout: 60_000 });
