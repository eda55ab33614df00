import { type Browser, expect, type Page, test } from '@playwright/test';
import { county } from '../routes';
import { signIn } from './sign-in';
import { ready } from '../ready';

/** China's clock: one zone, no summer time. */
const inChina = (ms: number) => new Date(ms + 8 * 3600_000).toISOString();
const today = () => inChina(Date.now()).slice(0, 10);
/** The visit begins late today, so that people can still register for it and be received. */
const begins = '23:50';
/** Too late to register before it begins: the rest of such a day is waited out. */
const tooLate = () => inChina(Date.now()).slice(11, 16) > '23:47';

const plain = '水管今天下午修好，当天办结。';

test('an official announces a visit, a citizen registers, is received, and reads the answer', async ({ browser }, info) => {
  test.setTimeout(90_000);
  if (tooLate()) {
    test.setTimeout(15 * 60_000);
    await expect.poll(tooLate, { timeout: 14 * 60_000, intervals: [5_000] }).toBe(false);
  }
  const shot = (page: Page, name: string) =>
    page.screenshot({ path: `artifacts/${info.project.name}_promise_${name}.png`, fullPage: true });

  const author = await signedIn(browser, '演示甲');
  const visit = await write(author);
  await expect(author.locator('.citizen-sees')).toContainText('文化礼堂');
  await author.locator('input[name=short_lead]').fill('水管爆裂，当天就要解决');
  await shot(author, 'notice');
  await author.locator('form[action$="/submit"]').getByRole('button').click();
  await expect(author).toHaveURL(/done=1/);

  const approver = await signedIn(browser, '演示乙');
  await open(approver, '/office/visits');
  await approver.locator(`a[href$="/office/visits/${visit}"]`).click();
  await approver.locator('form[action$="/approve"]').getByRole('button').click();
  await expect(approver).toHaveURL(/done=1/);

  const phone = await browser.newContext({ viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true });
  const citizen = await phone.newPage();
  await open(citizen, `/notices/${visit}`);
  await expect(citizen.locator('main')).toContainText('水管爆裂，当天就要解决');
  const code = await register(citizen, visit);

  const desk = await signedIn(browser, '演示丙');
  await open(desk, `/office/visits/${visit}/registrations`);
  await expect(desk.locator('main')).toContainText('坐轮椅或走不了台阶 1');
  await shot(desk, 'registrations');
  const party = desk.locator('a[href*="/office/registrations/"]').first();
  const registration = (await party.getAttribute('href'))!;
  await party.click();
  // Before the visit begins names are masked, and opening them leaves a record.
  await expect(desk.locator('main')).not.toContainText('示例某');
  await desk.locator('form[action$="/names"]').getByRole('button').click();
  await expect(desk.locator('main')).toContainText('示例某');
  await expect(desk.locator('main')).toContainText('接访前谁看过姓名');
  await desk.locator('input[name=people]').fill('2');
  await desk.locator('form[action$="/arrive"]').getByRole('button').click();
  await expect(desk).toHaveURL(/done=1/);

  const room = await signedIn(browser, '演示丁');
  await room.goto(`${registration}/record`);
  await ready(room);
  await room.locator('select[name=outcome]').first().selectOption('resolved_on_spot');
  await room.locator('textarea[name=words]').first().fill('今天下午派人换管');
  await room.locator('textarea[name=plain]').fill(plain);
  await room.locator('input[name=handed_over]').check();
  await shot(room, 'record');
  await room.locator('button[name=record][value=right]').click();
  await expect(room).toHaveURL(/\/slip$/);
  await expect(room.locator('.slip-sheet')).toContainText(plain);
  await shot(room, 'result');

  await open(citizen, '/follow');
  await citizen.locator('input[name=code]').fill(code);
  await citizen.locator('input[name=pin]').fill('8000');
  await citizen.locator('main form').getByRole('button').first().click();
  await expect(citizen).toHaveURL(/\/mine$/);
  await citizen.locator('a[href*="/mine/cases/"]').first().click();
  await expect(citizen.locator('main')).toContainText(plain);
  await shot(citizen, 'answer');
});

/** A page of an official, signed in. */
async function signedIn(browser: Browser, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, name);
  return page;
}

/** Opens a page below the county and waits until it is the app's. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(`/${county}${address}`);
  await ready(page);
}

/** Writes the notice of a visit today, and gives back its id. */
async function write(page: Page): Promise<string> {
  await open(page, '/office/visits/new');
  const fields: [string, string][] = [
    ['title', '县领导下访接访（当天）'],
    ['date', today()],
    ['from', begins],
    ['to', '23:59'],
    ['venue_name', '文化礼堂'],
    ['venue_address', '中心街1号'],
    ['leader_name', '示例三'],
    ['leader_title', '副县长（演示）'],
    ['leader_portfolio', '水利'],
    ['departments', '水利局'],
    ['rooms', '水利\n综合'],
    ['scope', '用水的事，当天能定的当天定'],
    ['opens', `${today()}T00:00`],
    ['closes', `${today()}T${begins}`],
    ['bring', '身份证'],
    ['phone', '0579-84100000'],
    ['slot_minutes', '5'],
    ['reserve_percent', '0'],
  ];
  for (const [name, value] of fields) {
    await page.locator(`[name=${name}]`).first().fill(value);
  }
  for (const officer of ['演示丙', '演示丁']) await page.getByLabel(officer).check();
  await page.locator('form[action$="/office/visits/new"] button').click();
  await expect(page).toHaveURL(/\/office\/visits\/[0-9a-f-]{36}\?done=1/);
  await ready(page);
  return page.url().match(/visits\/([0-9a-f-]{36})/)![1];
}

/** Registers on the phone, and gives back the query code. */
async function register(page: Page, visit: string): Promise<string> {
  await open(page, '/register');
  await page.locator(`form:has(input[name=visit][value="${visit}"])`).getByRole('button').click();
  const next = () => page.locator('main form').getByRole('button').last().click();
  await page.locator('input[name=for_whom][value=self]').check();
  await page.locator('input[name=name]').fill('示例某');
  await next();
  await page.locator('input[name=people]').fill('2');
  await page.locator('input[name=needs][value=wheelchair]').check();
  await next();
  await page.locator('input[name=kind][value=request]').check();
  await page.locator('input[name=subject][value=water]').check();
  await next();
  await page.locator('textarea[name=statement]').fill('自来水管爆了');
  await next();
  await page.locator('input[name=reach][value=call]').check();
  await page.locator('input[name=phone]').fill('13800138000');
  await next();
  await page.locator('input[name=restricted_person]').waitFor();
  await next();
  await page.locator('form[action$="/register/send"]').getByRole('button').first().click();
  await expect(page).toHaveURL(/\/mine\?sent=1/);
  const code = (await page.locator('.code-display').first().innerText()).replace(/\D/g, '');
  expect(code).toHaveLength(10);
  return code;
}
