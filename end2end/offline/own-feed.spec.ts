// What was sent from a phone is waiting on it as it is now, before anybody looks for it.
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { send as done } from '../official/case-way';
import { signIn } from '../official/sign-in';
import { county } from '../routes';
import { ready } from '../ready';
import { filled, isReceived, seen, send, settledIn, test } from './phone';

/** What the phone was answered when it asked for its own, in order. */
function answered(context: BrowserContext): number[] {
  const statuses: number[] = [];
  context.on('response', (response) => {
    if (isOwn(response.url())) statuses.push(response.status());
  });
  return statuses;
}

const isOwn = (url: string) => url.endsWith(`/api/v1/${county}/own`);

/** A matter that was filed from this phone and received, and that the phone has asked for. */
async function filedFrom(page: Page, statement: string): Promise<{ number: string; matter: string }> {
  const statuses = answered(page.context());
  await settledIn(page);
  expect(statuses).toEqual([]);
  await filled(page, statement);
  await send(page);
  await isReceived(page);
  await ready(page);
  const number = await page.locator('.case-number').innerText();
  const href = await page.locator('main a[href*="/mine/cases/"]').first().getAttribute('href');
  await expect.poll(() => statuses, { timeout: 30_000 }).toContain(200);
  return { number, matter: href!.split('/').pop()! };
}

/** Without a signal for a moment, and back: what the server says of what was sent from here. */
async function back(page: Page): Promise<number> {
  const status = page.locator('.status');
  await page.context().setOffline(true);
  await expect(status).toContainText('没有信号');
  const told = page.waitForResponse((response) => isOwn(response.url()), { timeout: 20_000 });
  await page.context().setOffline(false);
  return (await told).status();
}

/** Everything told is kept: then there is nothing new. */
const isKept = (page: Page) => expect.poll(() => back(page), { timeout: 60_000 }).toBe(204);

/** The codes this phone keeps, as they lie there: sealed anew with each change. */
const codes = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const all = open.result.transaction('own').objectStore('own').getAll();
          all.onsuccess = () => {
            open.result.close();
            done(all.result.map(({ sealed }) => String(sealed)).join('\n'));
          };
        };
      }),
  );

async function official(browser: Browser, baseURL?: string): Promise<Page> {
  const office = await browser.newContext({ baseURL, serviceWorkers: 'block', viewport: { width: 1024, height: 768 } });
  const page = await office.newPage();
  await signIn(page, '演示甲');
  return page;
}

/** An intake officer reads a matter, and passes it on. */
async function passedOn(desk: Page, number: string): Promise<void> {
  await desk.goto(`/${county}/office?find=${number}`);
  await desk.locator('tbody th a').first().click();
  await desk.locator('input[name=category][value=petition]').check();
  await done(desk, 'classify');
  await desk.locator('#unit').selectOption({ label: '浦江县交通运输局' });
  await done(desk, 'transfer');
}

test('what the office did meanwhile is on the phone before anybody looks for it', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const { number, matter } = await filedFrom(page, '路灯坏了三个月');
  await page.goto(`/${county}`);
  await ready(page);
  await isKept(page);

  const desk = await official(browser, baseURL);
  await passedOn(desk, number);
  await desk.context().close();
  expect(await back(page)).toBe(200);
  await isKept(page);

  await context.setOffline(true);
  await page.goto(`/${county}/mine`);
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(page.locator('main')).toContainText('从这台手机登记的');
  await expect(page.locator('.card').first()).toContainText('截至');
  await page.locator('summary', { hasText: '查看我的事项' }).click();
  await expect(page.locator('main')).toContainText('已转送');
  await seen(page, 'own_news');
  // Its own page was never opened here.
  await page.goto(`/${county}/mine/cases/${matter}`);
  await ready(page);
  await expect(page.locator('h1')).toHaveText('道路、交通');
  await expect(page.locator('main')).toContainText('浦江县交通运输局');
  await expect(page.locator('.status')).toContainText('截至');
});

test('a code that was replaced is said to open nothing, what was seen stays, and it is asked with once', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const { matter } = await filedFrom(page, '回执丢了');
  await page.goto(`/${county}`);
  await ready(page);
  await isKept(page);

  const desk = await official(browser, baseURL);
  const act = { act: 'replace_access', how: 'desk', second_factor: '2468' };
  const envelope = {
    id: randomUUID(),
    county,
    area: 'office',
    device: null,
    build: 'test',
    captured_at: new Date().toISOString(),
    expected_version: null,
    command: { about: 'case', case: matter, act },
  };
  const answer = await desk.request.post(`/api/v1/${county}/commands`, { data: [envelope] });
  expect((await answer.json())[0].answer).toBe('received');
  await desk.context().close();

  const before = await codes(page);
  expect(await back(page)).toBe(200);
  // It is noted before the page goes.
  await expect.poll(() => codes(page), { timeout: 30_000 }).not.toBe(before);
  const statuses = answered(context);
  await page.goto(`/${county}/mine`);
  await ready(page);
  const card = page.locator('.card', { hasText: '看最新情况' });
  // The reading session that the first code opened is over with it.
  await expect(card).toContainText('用存下的查询码打不开');
  await seen(page, 'own_closed');
  await page.locator('summary', { hasText: '查看我的事项' }).click();
  await expect(page.locator('.case-number')).toBeVisible();
  await context.setOffline(true);
  await expect(page.locator('.status')).toContainText('没有信号');
  await context.setOffline(false);
  await expect(page.locator('.status')).not.toContainText('没有信号');
  // Longer than phones that are back take to ask: each time would count as a wrong try.
  await page.waitForTimeout(4_000);
  expect(statuses).toEqual([]);
});
