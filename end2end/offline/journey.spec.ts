import { expect } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { count, fill, posted, seen, send, settledIn, test } from './phone';

test('without a signal: read the notices, register, walk away; with one it goes once', async ({ page, context }) => {
  const ids = posted(context);
  await settledIn(page);
  await page.close();
  await context.setOffline(true);

  const road = await context.newPage();
  await road.goto(`/${county}/notices`);
  await ready(road);
  await expect(road.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(road.locator('.status')).toContainText('没有信号');
  await expect(road.locator('.status')).toContainText('截至');
  await seen(road, 'notices');
  await road.locator('.card-whole a').first().click();
  await road.waitForURL(/\/notices\//);
  await expect(road.locator('h1')).not.toBeEmpty();
  await road.getByRole('link', { name: '登记报名' }).click();
  await road.locator('form[action$="/register/start"]').first().getByRole('button').click();
  await fill(road, '村口的路要修');
  await seen(road, 'check');
  await send(road);
  await road.waitForURL(/\/sent\//);
  await expect(road.locator('h1')).toHaveText('已保存在本机');
  await expect(road.locator('main')).toContainText('有信号时请再打开一次本页');
  await expect(road.locator('.status')).toContainText('1 件待发');
  await seen(road, 'saved');
  expect(await count(road, 'items')).toBe(1);
  await road.close();

  // A new look, still without a signal: it is all there.
  const later = await context.newPage();
  await later.goto(`/${county}/outbox`);
  await ready(later);
  await expect(later.locator('.card')).toContainText('登记报名');
  await expect(later.locator('.card')).not.toContainText('已收到');
  await seen(later, 'outbox');
  const before = ids.length;

  await context.setOffline(false);
  await expect(later.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  await expect(later.locator('.status')).not.toContainText('待发');
  await seen(later, 'received');
  await later.getByRole('link', { name: '查看回执' }).click();
  await later.waitForURL(/\/mine\?sent=1/);
  await expect(later.locator('.slip-number')).toBeVisible();
  expect(new Set(ids).size).toBe(1);
  expect(ids.length).toBeGreaterThan(before);
});

test('a page that was never opened before opens without a signal, and says how old it is', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  for (const rest of ['', '/notices', '/matters', '/register', '/help', '/en/notices', '/settings', '/outbox', '/mine']) {
    await page.goto(`/${county}${rest}`);
    await ready(page);
    await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
    await expect(page.locator('h1').first()).not.toBeEmpty();
    await expect(page.locator('.status')).toContainText(rest.startsWith('/en') ? 'No signal' : '没有信号');
  }
  // An installed app starts at the root.
  await page.goto('/');
  await page.waitForURL(new RegExp(`/${county}$`));
});
