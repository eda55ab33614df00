// An act that comes back to a tablet: sent as one's own, or put back into its form.
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { ready } from '../ready';
import { posted, seen, test } from './phone';
import { classify, found, renewed, tabletOf, takenIn } from './tablet';

test.use({ viewport: { width: 1024, height: 768 }, isMobile: false });

/** Answers the next act in the server's place. */
async function answerOnce(context: BrowserContext, reason: object): Promise<void> {
  const answers = [{ answer: 'rejected', reason }];
  await context.route('**/commands', (route) => route.fulfill({ json: answers }), { times: 1 });
}

const waiting = (page: Page) => page.locator('section.card', { hasText: '本机：' });

/** Decides on a matter without a network; what the server says of it later is `reason`. */
async function decided(page: Page, context: BrowserContext, matter: string, reason: object): Promise<void> {
  await renewed(page);
  await context.setOffline(true);
  await page.goto(matter);
  await classify(page);
  await expect(waiting(page)).toContainText('已保存在本机');
  await answerOnce(context, reason);
  await context.setOffline(false);
  await expect(waiting(page)).toContainText('需要您看一下', { timeout: 60_000 });
}

test('what was captured under another sign-in is looked at, and sent as one’s own under its id', async ({
  page, context, browser,
}) => {
  await takenIn(browser, '换了登录的人');
  await tabletOf(page, '演示甲');
  const matter = await found(page, '换了登录的人');
  const ids = posted(context);
  await decided(page, context, matter, { kind: 'needs_you' });
  await expect(waiting(page)).toContainText('请您核对后再发送');
  await seen(page, 'tablet_as_own');
  await waiting(page).getByRole('button', { name: '作为我的这次登录再发' }).click();
  await expect(waiting(page)).toContainText('已收到', { timeout: 60_000 });
  expect(new Set(ids).size).toBe(1);
  await page.goto(matter);
  await ready(page);
  await expect(page.locator('.workspace')).toContainText('确定类别');
});

test('what was refused goes back into its form with everything that was typed', async ({ page, context, browser }) => {
  await takenIn(browser, '退回表中的人');
  await tabletOf(page, '演示甲');
  const matter = await found(page, '退回表中的人');
  await decided(page, context, matter, { kind: 'refused', refusal: { why: 'not_allowed' } });
  await waiting(page).getByRole('button', { name: '放回表中修改' }).click();
  await expect(waiting(page)).toHaveCount(0);
  await expect(page.locator('.error-summary')).toBeVisible();
  await expect(page.locator('#act input[name=category][value=petition]')).toBeChecked();
  await seen(page, 'tablet_refilled');
  await page.locator('#act form').getByRole('button').last().click();
  await page.waitForURL(/done=classify/);
});
