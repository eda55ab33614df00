import { expect, type BrowserContext } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { fill, filled, isReceived, isSaved, outboxOf, send } from './phone';
import { test } from './road';

/** The last envelope this browser posted; the server must have it once, and answer a repeat as before. */
async function isOne(context: BrowserContext, ids: string[]): Promise<void> {
  expect(new Set(ids).size).toBe(1);
  // What the device shows is what the server stored.
  const page = context.pages()[0];
  await outboxOf(page);
  await expect(page.locator('.card')).toHaveCount(1);
  await expect(page.locator('.card')).toContainText('已收到');
}

test('over GPRS a registration is saved at once and received by itself', async ({ line, road, ids }) => {
  await filled(road, '信号很弱也能登记');
  await line.profile('gprs');
  const begun = Date.now();
  await send(road);
  await road.waitForURL(/\/sent\//);
  await isSaved(road);
  expect(Date.now() - begun).toBeLessThan(8000);
  await isReceived(road);
  await line.profile('none');
  await isOne(road.context(), ids);
});

test('the answer is lost twice after the server has done its work', async ({ line, road, ids }) => {
  await filled(road, '回执丢了两次');
  await line.dropAnswer({ path: '/commands', times: 4 });
  await send(road);
  await isReceived(road);
  const requests = (await line.seen()).requests.filter((it) => it.path.endsWith('/commands'));
  expect(requests.filter((it) => it.fault === 'drop_answer').length).toBe(4);
  await isOne(road.context(), ids);
});

test('the request is cut in the middle, at its head and at its end', async ({ line, road, ids }) => {
  await filled(road, '发到一半断了');
  for (const after of [1, 300, 900]) await line.cut('request', after, 'rst', { path: '/commands', times: 1 });
  await send(road);
  await isReceived(road);
  await isOne(road.context(), ids);
});

test('a captive portal in front of everything: pages open from the device, nothing is taken for received', async ({
  line,
  road,
  ids,
}) => {
  await filled(road, '要先登录的无线网');
  await line.portal();
  await send(road);
  await road.waitForURL(/\/sent\//);
  await isSaved(road);
  await road.waitForTimeout(4000);
  await isSaved(road);
  await expect(road.locator('.status')).toContainText('没有信号');
  await road.goto(`/${county}/notices`);
  await ready(road);
  await expect(road.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(road.locator('h1')).toHaveText('接访公告');
  await line.reset();
  await expect(road.locator('.status')).not.toContainText('待发', { timeout: 60_000 });
  await isOne(road.context(), ids);
});

test('connected, and not a byte passes: the device is shown, and the item goes within a minute after', async ({
  line,
  road,
  ids,
}) => {
  await filled(road, '有信号但不通');
  await line.blackhole();
  await send(road);
  await road.waitForURL(/\/sent\//);
  await isSaved(road);
  await road.goto(`/${county}/outbox`);
  await ready(road);
  await expect(road.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(road.locator('.card')).toHaveCount(1);
  await line.reset();
  await expect(road.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  await isOne(road.context(), ids);
});

test('two seconds up and eight down', async ({ line, road, ids }) => {
  await filled(road, '时有时无');
  await line.flap(2000, 8000);
  await send(road);
  await isReceived(road);
  await line.reset();
  await isOne(road.context(), ids);
});

test('without a network an item never leaves, and can be taken back', async ({ line, road, ids }) => {
  await line.down();
  await road.goto(`/${county}/register`);
  await ready(road);
  await road.locator('form[action$="/register/start"]').last().getByRole('button').click();
  await fill(road, '不想发了');
  await send(road);
  await road.waitForURL(/\/sent\//);
  await road.goto(`/${county}/outbox`);
  await ready(road);
  await expect(road.locator('.card')).toContainText('还没有发出');
  await road.locator('summary', { hasText: '不发了' }).click();
  await road.getByRole('button', { name: '确认删除' }).click();
  await expect(road.locator('.card')).toHaveCount(0);
  await line.reset();
  await road.waitForTimeout(3000);
  expect(ids).toEqual([]);
});
