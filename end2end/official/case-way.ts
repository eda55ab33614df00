import { type Browser, type Page, expect } from '@playwright/test';
import { county } from '../routes';
import { signIn } from './sign-in';

/** A page of an official of the demonstration, signed in. */
async function as(browser: Browser, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, name);
  return page;
}

/** Sends the form of an act that is open on a case, and waits until that act is done. */
export async function send(page: Page, act: string) {
  await page.locator('#act form').getByRole('button').last().click();
  await expect(page).toHaveURL(new RegExp(`done=${act}`));
}

/** From the counter to a served answer, by four officials, as far as their screens let them. */
export async function fromTheCounterToAnAnswer(browser: Browser, petitioner: string) {
  const clerk = await as(browser, '演示丙');
  await clerk.goto(`/${county}/office/intake`);
  await clerk.locator('#statement').fill('村口的路灯坏了三个月，希望修好。');
  await clerk.locator('#subject').selectOption('roads');
  await clerk.locator('#phone').fill('13800138000');
  const save = clerk.locator('main form').last().getByRole('button').last();
  await save.click();
  // Nothing is lost by a mistake, and the summary leads to it.
  await clerk.locator('.error-summary a[href="#name"]').click();
  await expect(clerk.locator('#statement')).toHaveValue('村口的路灯坏了三个月，希望修好。');
  await clerk.locator('#name').fill(petitioner);
  await save.click();
  const code = (await clerk.locator('.slip .code-display').textContent()) ?? '';

  const officer = await as(browser, '演示甲');
  await officer.goto(`/${county}/office`);
  await officer.locator('#find').fill(petitioner);
  await officer.locator('form[role=search] button').click();
  await officer.locator('tbody th a').first().click();
  await officer.locator('input[name=category][value=petition]').check();
  await send(officer, 'classify');
  await officer.locator('#unit').selectOption({ label: '浦江县交通运输局' });
  await send(officer, 'transfer');
  const address = officer.url().split('?')[0] ?? '';

  const handler = await as(browser, '演示戊');
  await handler.goto(address);
  await send(handler, 'accept'); // 受理, with the sentence that stands there
  await handler.locator('#plain').fill('路灯十一月底前由交通局修好。');
  await handler.locator('input[name=disposition][value=support]').check();
  await handler.locator('#facts').fill('现场看过，三盏不亮。');
  await handler.locator('#basis').fill('《农村公路养护管理办法》');
  await handler.locator('#evidence').fill('现场照片');
  await handler.locator('#remedies').fill('30 天内可以向上一级申请复查。');
  await send(handler, 'draft_reply');

  const head = await as(browser, '演示己');
  await head.goto(address);
  await expect(head.locator('.citizen-sees')).toContainText('路灯十一月底前由交通局修好。');
  await send(head, 'sign_reply'); // 签发
  await handler.goto(address);
  await send(handler, 'issue_reply'); // 发出
  await handler.goto(`${address}?act=record_service`);
  await handler.locator('input[name=way][value=by_hand]').check();
  await send(handler, 'record_service');
  await expect(handler.locator('.workspace')).toContainText('已送达');

  const citizen = await (await browser.newContext()).newPage();
  await citizen.goto(`/${county}/follow`);
  await citizen.locator('input[name=code]').fill(code);
  await citizen.locator('input[name=pin]').fill('8000');
  await citizen.locator('main form').first().getByRole('button').click();
  await citizen.locator('main a[href*="/mine/"]').first().click();
  await expect(citizen.locator('.plain-answer').first()).toContainText('路灯十一月底前由交通局修好。');
  // On paper stands all of it, though the screen keeps it folded.
  await expect(citizen.getByText('现场看过，三盏不亮。')).toBeHidden();
  await citizen.emulateMedia({ media: 'print' });
  await expect(citizen.getByText('现场看过，三盏不亮。')).toBeVisible();
  await citizen.screenshot({ path: 'artifacts/printed_answer.png', fullPage: true });
}
