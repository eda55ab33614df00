import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { county } from '../routes';
import { signIn } from './sign-in';
import { count } from '../offline/phone';
import { ready } from '../ready';

test('a page is written by one, approved by another, and a step is promised and delayed in the open', async ({ page, browser }) => {
  await signIn(page, '演示甲');
  await page.goto(`/${county}/office/matters/new`);
  await page.locator('input[name=title]').fill('村口的桥');
  await page.locator('select[name=subject]').selectOption('roads');
  await page.locator('input[name=places]').first().check();
  await page.locator('textarea[name=summary]').fill('桥窄，两车不能并行。');
  await page.locator('main form').getByRole('button').click();
  await expect(page.locator('.error-summary a[href="#checked"]')).toBeVisible();
  await expect(page.locator('textarea[name=summary]')).toHaveValue('桥窄，两车不能并行。');
  await page.locator('input[name=checked]').check();
  await page.locator('main form').getByRole('button').click();
  await expect(page).toHaveURL(/office\/matters\/[0-9a-f-]{36}/);
  const address = page.url().split('?')[0];

  const other = await browser.newContext({ baseURL: new URL(address).origin });
  const approver = await other.newPage();
  await signIn(approver, '演示乙');
  await approver.goto(address);
  await approver.getByRole('link', { name: '批准并公开' }).click();
  await approver.locator('form[action$="/approve"]').getByRole('button').click();
  await expect(approver.getByRole('status').filter({ hasText: '已保存' })).toBeVisible();
  await other.close();

  // A villager has the page open, and sees what follows without asking for it.
  const village = await browser.newContext({ baseURL: new URL(address).origin });
  const villager = await village.newPage();
  await villager.goto(`/${county}/matters/${address.split('/').pop()}`);
  await ready(villager);
  await expect(villager.locator('h1')).toHaveText('村口的桥');
  await expect.poll(() => count(villager, 'cursors')).toBe(3);

  await page.goto(address);
  await ready(page);
  await page.getByRole('link', { name: '添加承诺' }).click();
  await page.locator('input[name=promise]').fill('加宽成两车道');
  await page.locator('select[name=unit]').selectOption({ index: 1 });
  await page.locator('input[name=planned]').fill('2199-12-31');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.locator('form[action$="/commit"]').getByRole('button').click();
  await expect(villager.locator('main')).toContainText('加宽成两车道', { timeout: 15_000 });
  await village.close();
  await page.getByRole('link', { name: '添加一步' }).click();
  await page.locator('input[name=step]').fill('桥墩');
  await page.locator('input[name=planned]').fill('2199-06-30');
  await page.locator('form[action$="/add_milestone"]').getByRole('button').click();
  await page.getByRole('link', { name: '推迟' }).click();
  await page.locator('input[name=until]').fill('2199-08-01');
  await page.locator('input[name=reason]').fill('汛期');
  await page.locator('form[action$="/delay_milestone"]').getByRole('button').click();
  await page.getByRole('link', { name: '打开公开的页面' }).click();
  await expect(page.locator('main')).toContainText('加宽成两车道');
  await expect(page.locator('main')).toContainText('汛期');
});
