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
  await expect(road.locator('main')).toContainText('请再打开一次本页');
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
  // What shows what the county says, and not what this phone has.
  const dated = ['', '/notices', '/matters', '/register', '/en/notices'];
  for (const rest of [...dated, '/help', '/settings', '/outbox', '/mine']) {
    await page.goto(`/${county}${rest}`);
    await ready(page);
    await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
    await expect(page.locator('h1').first()).not.toBeEmpty();
    const status = page.locator('.status');
    await expect(status).toContainText(rest.startsWith('/en') ? 'No signal' : '没有信号');
    if (dated.includes(rest)) await expect(status).toContainText(/(截至|as of) \d{1,2}:\d{2}/);
  }
  // An installed app starts at the root.
  await page.goto('/');
  await page.waitForURL(new RegExp(`/${county}$`));
});

test('what was registered here is read without a signal, and deleted from a phone that is not one\'s own', async ({
  page,
  context,
}) => {
  await settledIn(page);
  await page.goto(`/${county}/register`);
  await ready(page);
  await page.locator('form[action$="/register/start"]').last().getByRole('button').click();
  await fill(page, '借朋友的手机登记');
  await send(page);
  await page.waitForURL(/\/mine\?sent=1/);
  await ready(page);
  const leave = page.getByRole('button', { name: '退出，并从本机删除' });
  await expect(leave).toBeVisible();
  await context.setOffline(true);
  await page.goto(`/${county}/mine`);
  await ready(page);
  await expect(page.locator('main')).toContainText('从这台手机登记的');
  await page.locator('summary', { hasText: '查看我的事项' }).click();
  await expect(page.locator('.case-number')).toBeVisible();
  await seen(page, 'mine');
  await context.setOffline(false);
  await page.goto(`/${county}/mine`);
  await ready(page);
  await seen(page, 'leave');
  // A page that has just begun forgets as much.
  await page.reload();
  await leave.click();
  await page.waitForURL(/left=1/);
  await ready(page);
  await expect(page.locator('main')).not.toContainText('从这台手机登记的');
  for (const store of ['own', 'items', 'contents']) expect(await count(page, store)).toBe(0);
});

test('what everybody may read is fetched once, and then only what changed is asked for', async ({ page, context }) => {
  await settledIn(page);
  const asked: string[] = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname.split('/').slice(4).join('/'));
  });
  // An hour later.
  await page.clock.install({ time: Date.now() + 2 * 3_600_000 });
  const answered = page.waitForResponse((response) => response.url().includes('/changes?since='));
  await page.goto(`/${county}/help`);
  await ready(page);
  expect((await answered).status()).toBe(204);
  await page.waitForTimeout(1000);
  expect(asked.filter((path) => path !== 'live')).toEqual(['changes']);
});

test('without a signal one township is taken out of the whole county', async ({ page, context }) => {
  await settledIn(page);
  const near = await (await page.request.get(`/api/v1/${county}/notices`)).json();
  const { code } = near.upcoming[0].township;
  await context.setOffline(true);
  await page.goto(`/${county}/notices?township=${code}`);
  await ready(page);
  const here = [...near.upcoming, ...near.past].filter((row) => row.township?.code === code);
  await expect(page.locator('.card-whole')).toHaveCount(here.length);
  await expect(page.locator('.status')).toContainText('截至');
});

test('without a signal a village that nobody has opened here has its matters and its next visit', async ({ page, context }) => {
  await settledIn(page);
  const { rows } = await (await page.request.get(`/api/v1/${county}/matters`)).json();
  const [{ code: township }] = rows.flatMap((row) => row.places);
  const divisions = await (await page.request.get(`/api/v1/${county}/divisions`)).json();
  const near = divisions.find(({ code, level }) => level === 'village' && code.startsWith(township.slice(0, 9)));
  const there = await (await page.request.get(`/api/v1/${county}/villages/${near.code}`)).json();
  await context.setOffline(true);
  await page.goto(`/${county}/villages`);
  await ready(page);
  const way = page.locator(`a[href$="/villages/${near.code}"]`);
  await page.locator('details', { has: way }).locator('summary').click();
  await way.click();
  await expect(page.locator('h1')).toHaveText(near.name);
  for (const { title } of [...there.matters, there.next]) await expect(page.locator('main')).toContainText(title);
  await expect(page.locator('.status')).toContainText('截至');
  await seen(page, 'village_never_opened');
});
