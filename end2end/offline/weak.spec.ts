import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { atTheDesk, filledAs, found, isThereOnce } from './at-server';
import { isReceived, isSaved, outboxOf, send } from './phone';
import { test } from './road';

/** Posted under one id; the device has it once, and so has the server. */
async function isOne(page: Page, ids: string[], name: string): Promise<void> {
  expect(new Set(ids).size).toBe(1);
  await outboxOf(page);
  await expect(page.locator('.card')).toHaveCount(1);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  await isThereOnce(page.context(), name);
}

test('over GPRS a registration is saved at once and received by itself', async ({ line, road, ids }) => {
  const name = await filledAs(road, '信号很弱也能登记');
  await line.profile('gprs');
  // Not a byte of it is on the line before it was seen to be saved.
  let leaves = () => {};
  const saved = new Promise<void>((done) => (leaves = done));
  await road.route('**/commands', (route) => saved.then(() => route.continue()).catch(() => {}));
  await send(road);
  await road.waitForURL(/\/sent\//);
  await isSaved(road);
  leaves();
  await isReceived(road);
  await line.profile('none');
  await isOne(road, ids, name);
});

test('the answer is lost twice after the server has done its work', async ({ line, road, ids }) => {
  const name = await filledAs(road, '回执丢了两次');
  await line.dropAnswer({ path: '/commands', times: 4 });
  await send(road);
  await isReceived(road);
  const requests = (await line.seen()).requests.filter((it) => it.path.endsWith('/commands'));
  expect(requests.filter((it) => it.fault === 'drop_answer').length).toBe(4);
  await isOne(road, ids, name);
});

test('the request is cut in the middle, at its head and at its end', async ({ line, road, ids }) => {
  const name = await filledAs(road, '发到一半断了');
  for (const after of [1, 300, 900]) await line.cut('request', after, 'rst', { path: '/commands', times: 1 });
  await send(road);
  await isReceived(road);
  await isOne(road, ids, name);
});

test('a captive portal in front of everything: pages open from the device, nothing is taken for received', async ({
  line,
  road,
  ids,
}) => {
  const name = await filledAs(road, '要先登录的无线网');
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
  await expect(road.locator('.status')).toContainText('1 件待发');
  await line.reset();
  await expect(road.locator('.status')).not.toContainText('待发', { timeout: 60_000 });
  await isOne(road, ids, name);
});

test('connected, and not a byte passes: the device is shown, and the item goes within a minute after', async ({
  line,
  road,
  ids,
}) => {
  const name = await filledAs(road, '有信号但不通');
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
  await isOne(road, ids, name);
});

test('two seconds up and eight down', async ({ line, road, ids }) => {
  const name = await filledAs(road, '时有时无');
  await line.flap(2000, 8000);
  await send(road);
  await isReceived(road);
  await line.reset();
  await isOne(road, ids, name);
});

test('without a network an item never leaves, and can be taken back', async ({ line, road, ids }) => {
  await line.down();
  const name = await filledAs(road, '不想发了');
  await send(road);
  await road.waitForURL(/\/sent\//);
  await road.goto(`/${county}/outbox`);
  await ready(road);
  await expect(road.locator('.card')).toContainText('还没有发出');
  await road.locator('summary', { hasText: '不发了' }).click();
  await road.getByRole('button', { name: '确认删除' }).click();
  await expect(road.locator('.card')).toHaveCount(0);
  await line.reset();
  // What is sent next goes alone.
  const other = await filledAs(road, '这一件要发');
  await send(road);
  await isReceived(road);
  await isOne(road, ids, other);
  await atTheDesk(road.context(), (desk) => found(desk, name, 0));
});
