// An official works on a tablet without a network: reads, answers, and loses it.
import { expect, type Browser, type Page } from '@playwright/test';
import { signIn } from '../official/sign-in';
import { ready } from '../ready';
import { county } from '../routes';
import { count, packs, seen, test } from './phone';
import { classify, found, lockButton, locked, PIN, renewed, tabletOf, tabletPage, takenIn } from './tablet';

test.use({ viewport: { width: 1024, height: 768 }, isMobile: false });

test('an official reads and answers without a network, and the answer goes once there is one', async ({
  page, context, browser,
}) => {
  await takenIn(browser, '没信号的人');
  await tabletOf(page, '演示甲');
  const matter = await found(page, '没信号的人');
  await renewed(page);
  await seen(page, 'tablet_open');
  await context.setOffline(true);
  await page.goto(`/${county}/office`);
  await expect(page.locator('tbody th a').first()).toBeVisible();
  await expect(page.locator('header')).toContainText('没有信号');
  await expect(page.locator('main')).toContainText('这是本机存下的');
  await expect(page.locator('main')).toContainText('没有信号时只能按编号查');
  // A filter, from the device.
  await page.getByRole('link', { name: /已收到/ }).first().click();
  await expect(page.locator('tbody th a').first()).toBeVisible();
  await seen(page, 'tablet_worklist');
  await page.goto(matter);
  await expect(page.locator('.workspace')).toContainText('村口的路灯坏了三个月');
  // What is wrong is told here as the server would.
  await page.locator('#act form').getByRole('button').last().click();
  await expect(page.locator('.error-summary')).toBeVisible();
  await classify(page);
  const waiting = page.locator('section.card', { hasText: '本机：' });
  await expect(waiting).toContainText('已保存在本机');
  await expect(page.locator('main')).toContainText('发出去以后再办下一步');
  await seen(page, 'tablet_act_waits');
  await context.setOffline(false);
  await expect(waiting).toContainText('已收到', { timeout: 60_000 });
  await page.goto(matter);
  await ready(page);
  await expect(page.locator('.workspace')).toContainText('确定类别');
});

test('a locked tablet shows nothing, and opens with its PIN without a network', async ({ page, context }) => {
  await tabletOf(page, '演示甲');
  await locked(page);
  await context.clearCookies();
  await context.setOffline(true);
  await page.goto(`/${county}/office`);
  await expect(page.getByRole('link', { name: /用本机密码打开/ })).toBeVisible();
  await expect(page.locator('tbody')).toHaveCount(0);
  await page.getByRole('link', { name: /用本机密码打开/ }).click();
  await page.locator('#pin').fill('000000');
  await page.getByRole('button', { name: '打开' }).click();
  await expect(page.locator('.error-summary')).toContainText('密码不对');
  await seen(page, 'tablet_locked');
  await page.locator('#pin').fill(PIN);
  await page.getByRole('button', { name: '打开' }).click();
  await expect(lockButton(page)).toBeVisible();
  await page.getByRole('link', { name: '看办件' }).click();
  await expect(page.locator('tbody th a').first()).toBeVisible();
});

test('whoever signs out leaves nothing open on the tablet', async ({ page, context }) => {
  await tabletOf(page, '演示甲');
  // The sign-in itself serves other tests too, so the server does not hear of this.
  await page.route('**/office/sign-out', (route) => route.fulfill({ contentType: 'text/html', body: 'out' }));
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.locator('body')).toHaveText('out');
  await context.setOffline(true);
  await page.goto(`/${county}/office`);
  await expect(page.getByRole('link', { name: /用本机密码打开/ })).toBeVisible();
  await expect(page.locator('tbody')).toHaveCount(0);
});

test('a tablet opens no longer than its sign-in, by whatever clock', async ({ page, context }) => {
  await tabletOf(page, '演示甲');
  await locked(page);
  await context.clearCookies();
  await context.setOffline(true);
  for (const hours of [13, -13]) {
    const later = await context.newPage();
    await later.addInitScript((ms) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + ms;
    }, hours * 3_600_000);
    await later.goto(`/${county}/office/tablet`);
    await expect(later.locator('main')).toContainText('登录已过期');
    await expect(later.locator('#pin')).toHaveCount(0);
    await later.close();
  }
});

test('what two officials do with one matter is lost for neither', async ({ page, context, browser }) => {
  await takenIn(browser, '两个人办的');
  await tabletOf(page, '演示甲');
  const matter = await found(page, '两个人办的');
  await renewed(page);
  await context.setOffline(true);
  await page.goto(`${matter}?act=record_external`);
  await page.locator('#system').fill('国家信访系统');
  await page.locator('#number').fill('2026-平板');
  await page.locator('#act form').getByRole('button').last().click();
  const waiting = page.locator('section.card', { hasText: '本机：' });
  await expect(waiting).toContainText('已保存在本机');
  // Meanwhile at a desk.
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, '演示甲');
  await desk.goto(matter);
  await classify(desk);
  await expect(desk).toHaveURL(/done=/);
  await context.setOffline(false);
  await expect(waiting).toContainText('别人刚刚改过', { timeout: 60_000 });
  await expect(waiting).toContainText('2026-平板');
  await page.goto(matter);
  await ready(page);
  await expect(page.locator('section.card', { hasText: '本机：' })).toContainText('2026-平板');
  await expect(page.locator('.workspace')).toContainText('转送');
  await seen(page, 'tablet_conflict');
});

const accountsOf = (page: Page) => page.goto(`/${county}/office/accounts`);

test('a tablet that is reported lost wipes itself at its next contact', async ({ page, context, browser }) => {
  const called = `丢了的平板 ${Date.now()}`;
  await tabletOf(page, '演示甲', called);
  const held = await count(page, 'views');
  expect(held).toBeGreaterThan(3);
  // Locked or open, it hears of it.
  await locked(page);
  await page.goto('about:blank');
  const administrator = await (await browser.newContext()).newPage();
  await signIn(administrator, '演示庚');
  await accountsOf(administrator);
  const row = administrator.locator('tr', { hasText: called });
  await expect(row).toContainText('演示甲');
  await expect(row).toContainText('使用中');
  // Last contact, and since when it is registered.
  await expect(row.locator('td').filter({ hasText: /^\d+月\d+日 \d\d:\d\d$/ })).toHaveCount(2);
  await row.getByRole('link', { name: '报失' }).click();
  await administrator.getByRole('button', { name: '报失' }).click();
  await expect(administrator).toHaveURL(/done=lost/);
  await accountsOf(administrator);
  await expect(row).toContainText('报失后还没有联系');
  await expect(row.getByRole('link')).toHaveCount(0);
  // It needs nobody who is signed in.
  await context.clearCookies();
  await tabletPage(page);
  await expect(page).toHaveURL(/lost=1/, { timeout: 30_000 });
  await expect(page.locator('main')).toContainText('已报失');
  await expect(page.locator('section.card')).toHaveCount(0);
  expect(await count(page, 'packs')).toBe(0);
  await accountsOf(administrator);
  await expect(row).toContainText('已让它清除');
});
