// What the service worker does when what stands between is not as it should be.
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { settledIn } from './phone';
import { test } from './road';

const SOON = { timeout: 30_000 };

async function isShell(page: Page, heading: string): Promise<void> {
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(page.locator('h1')).toHaveText(heading);
}

for (const [name, answer] of [
  ['a text with status 503', { status: 503, contentType: 'text/plain', body: 'upstream connect error' }],
  ['a 502 without anything', { status: 502 }],
  ['a text with status 200', { status: 200, contentType: 'text/plain', body: 'Login: http://192.168.1.1' }],
] as const) {
  test(`${name} from what stands between is not shown: the app shell is`, async ({ page, context }) => {
    await settledIn(page);
    await context.route(`**/${county}/notices`, (route) => route.fulfill(answer));
    await page.goto(`/${county}/notices`);
    await isShell(page, '接访公告');
  });
}

test('what the server itself answers passes: a page that says what is wrong, a way on, a file', async ({ page }) => {
  await settledIn(page);
  const missing = await page.goto(`/${county}/no-such-page`);
  expect(missing!.status()).toBe(404);
  await expect(page.locator('h1')).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-app-shell', '1');
  await page.goto('/');
  await page.waitForURL(`/${county}`);
  await expect(page.locator('html')).not.toHaveAttribute('data-app-shell', '1');
  await page.goto('/healthz');
  await expect(page.locator('body')).toHaveText('ok');
  await page.goto(`/${county}/notices`);
  const notice = await page.locator('.card-whole a').first().getAttribute('href');
  const file = page.waitForEvent('download');
  await page.evaluate((address) => location.assign(address), `${notice}/calendar.ics`);
  expect((await file).suggestedFilename()).toBe('huiyin.ics');
});

for (const [name, how] of [['stalls', 'swallow'], ['is cut', 'rst']] as const) {
  test(`a page that ${name} after its head gets the app shell in its place`, async ({ line, road }) => {
    await line.cut('answer', 2000, how, { path: `/${county}/notices`, method: 'GET', times: 2 });
    await road.goto(`/${county}/notices`);
    await isShell(road, '接访公告');
    const { requests } = await line.seen();
    expect(requests.filter((it) => it.path === `/${county}/notices`)[0].fault).toBe('cut');
  });
}

test('a page that comes slowly is waited for as long as it comes', async ({ line, road }) => {
  await line.profile({ down_kbit: 8 });
  await road.goto(`/${county}/notices`, { waitUntil: 'commit' });
  await expect(road.locator('h1')).toHaveText('接访公告', SOON);
  await expect(road.locator('html')).not.toHaveAttribute('data-app-shell', '1');
  await line.profile('none');
});
