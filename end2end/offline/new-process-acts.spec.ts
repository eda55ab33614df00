// Each act on one's own matter, done in a browser that finds no network from its start; each is received once.
import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type BrowserContext, expect, type Page } from '@playwright/test';
import { signIn } from '../official/sign-in';
import { county } from '../routes';
import { ready } from '../ready';
import { test as onKillable, type Phone } from './killable';
import { begunUpToMatter, fill, fillFromMatter, goOn, isSaved, posted, seen, send, settledIn } from './phone';

/** Officials by name, signed in. */
type Office = (name: string) => Promise<APIRequestContext>;

const test = onKillable.extend<{ office: Office }>({
  office: async ({ browser, baseURL }, use) => {
    const rooms: BrowserContext[] = [];
    await use(async (name) => {
      const room = await browser.newContext({ baseURL, serviceWorkers: 'block' });
      rooms.push(room);
      await signIn(await room.newPage(), name);
      return room.request;
    });
    for (const room of rooms) await room.close();
  },
  launchOptions: [
    async ({ launchOptions }, use) => {
      const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...microphone] });
    },
    { scope: 'worker' },
  ],
});

/** China's clock: one zone, no summer time. */
const inChina = () => new Date(Date.now() + 8 * 3600_000).toISOString();
const today = () => inChina().slice(0, 10);

/** Milliseconds: at the end of a day nobody can register for a visit of that day any more, and the next one is waited for. */
function untilThereIsTime(): number {
  const [hours = 0, minutes = 0] = inChina().slice(11, 16).split(':').map(Number);
  const left = 24 * 60 - (hours * 60 + minutes);
  return left > 15 ? 0 : left * 60_000;
}

/** An official does something, and the server has it. Gives the id and what the receipt says. */
async function does(
  who: APIRequestContext,
  area: 'office' | 'desk',
  command: object,
): Promise<{ id: string; reply?: string }> {
  const id = randomUUID();
  const captured_at = new Date().toISOString();
  const envelope = { id, county, area, device: null, build: 'test', captured_at, expected_version: null, command };
  const answer = await who.post(`/api/v1/${county}/commands`, { data: [envelope] });
  const [told] = await answer.json();
  expect(told).toMatchObject({ answer: 'received' });
  return { id, ...told.receipt };
}

/** A visit today, late enough to register for it now and be received. */
async function announced(author: APIRequestContext, approver: APIRequestContext): Promise<string> {
  const official = (number: number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
  const notice = {
    title: '今天的接访',
    mode: 'fixed_place',
    date: today(),
    hours: { from: '23:50:00', to: '23:59:00' },
    venue: { name: '文化礼堂', address: '中心街1号', division: null, point: null },
    leaders: [{ name: '示例三', title: '副县长（演示）', portfolio: '交通' }],
    departments: ['交通运输局'],
    rooms: [{ number: 1, label: '综合', subjects: [] }],
    scope: '当天能定的当天定。',
    exclusions: [],
    registration: { opens: `${today()}T00:00:00+08:00`, closes: `${today()}T23:50:00+08:00` },
    bring: ['身份证'],
    phone: '0579-84100000',
    slot_minutes: 5,
    reserve_percent: 0,
    officers: [1, 3, 4].map(official),
  };
  const { id: visit } = await does(author, 'office', { about: 'visit', command: 'draft', notice });
  await does(author, 'office', { about: 'visit', command: 'submit', visit, short_lead: '当天就要定下来' });
  await does(approver, 'office', { about: 'visit', command: 'approve', visit });
  return visit;
}

/** The office asks something about a matter, and answers it; the answer is not served yet. */
async function answered(office: Office, author: APIRequestContext, matter: string): Promise<void> {
  const [handler, head] = [await office('演示戊'), await office('演示己')];
  const act = (who: APIRequestContext, act: object) => does(who, 'office', { about: 'case', case: matter, act });
  await act(author, { act: 'ask_citizen', text: '从哪个路口到哪个路口？', by_date: today() });
  await act(author, { act: 'classify', category: { appeal: 'petition' } });
  const unit = '00000000-0000-0000-0000-0000000070ad';
  const plain = '已转给交通运输局。';
  await act(author, { act: 'send', kind: 'transfer', unit, unit_name: '浦江县交通运输局', plain });
  await act(handler, { act: 'accept', plain: '已受理。' });
  const content = {
    plain: '路由交通运输局年底前修好。',
    body: null,
    disposition: 'support',
    facts: '现场看过。',
    basis: '《农村公路养护管理办法》',
    remedies: '30 天内可以向上一级申请复查。',
    evidence: ['现场照片'],
  };
  const { reply } = await act(handler, { act: 'draft_reply', reply: null, content });
  await act(head, { act: 'sign_reply', reply });
  await act(handler, { act: 'issue_reply', reply });
}

/** How many matters an official sees. */
async function matters(who: APIRequestContext): Promise<number> {
  const page = await (await who.get(`/${county}/office`)).text();
  return Number(/全部\s*(\d+)/.exec(page.replace(/<[^>]*>/g, ''))![1]);
}

/** A new browser, at this address, from the device. */
async function startedAt(phone: Phone, rest: string): Promise<Page> {
  await phone.stop();
  const page = await phone.start();
  await goOn(page, rest);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(page.locator('.status')).toContainText('没有信号');
  return page;
}

const form = (page: Page, act: string) => page.locator(`form[action$="/${act}"]`);

/** Does an act where its form is; so many wait then. */
async function act(page: Page, button: string, waiting: number): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.locator('.status')).toContainText(`${waiting} 件待发`);
}

/** Opens the slip of something in the outbox, with the code that the phone keeps. */
async function slipOf(page: Page, title: string): Promise<void> {
  await page.locator('.card', { hasText: title }).getByText('查看回执').click();
  await page.waitForURL(/\/mine\?sent=1/);
  await ready(page);
}

test('each act on a matter is done in a new browser without a network, and is received once', async ({
  killable: { line, phone },
  office,
}) => {
  const late = untilThereIsTime();
  test.setTimeout(240_000 + late);
  await new Promise((done) => setTimeout(done, late));
  // While there is a network: she registers, is received, is asked something and answered.
  const author = await office('演示甲');
  const visit = await announced(author, await office('演示乙'));
  let page = await phone.start();
  await settledIn(page);
  await page.goto(`/${county}/register`);
  await ready(page);
  await page.locator(`form:has(input[name=visit][value="${visit}"])`).getByRole('button').click();
  await fill(page, '村口的路要修');
  const sent = page.waitForResponse((it) => it.url().endsWith('/commands'));
  await send(page);
  const [{ receipt }] = await (await sent).json();
  await page.waitForURL(/\/mine\?sent=1/);
  const registration: string = receipt.registration;
  await does(await office('演示丙'), 'desk', { command: 'arrive', registration, people: 3 });
  await does(await office('演示丁'), 'desk', {
    command: 'record_session',
    registration,
    leader: '示例三',
    issues: [
      {
        statement: [{ text: '村口的路要修' }],
        outcome: { outcome: 'will_do', promise: '修好村口的路', by: '2199-12-31' },
      },
    ],
    record: 'right',
    plain: '村口的路由县交通运输局修好。',
    hand_over: 'later',
  });
  await page.goto(`/${county}/mine`);
  await ready(page);
  const address = (await page.locator('main a[href*="/mine/cases/"]').first().getAttribute('href'))!;
  const matter = address.split('/').pop()!;
  await answered(office, author, matter);
  await goOn(page, `mine/cases/${matter}`);
  await expect(page.locator('main')).toContainText('从哪个路口到哪个路口？');
  await expect(page.locator('.plain-answer').first()).toContainText('年底前修好');
  const before = await matters(author);
  await line.down();

  // Confirms that she has the answer, tells what was asked and something more.
  page = await startedAt(phone, `mine/cases/${matter}`);
  await act(page, '我已收到这份答复', 1);
  await page.locator('#answer').fill('从村口到桥头');
  await act(page, '发送回答', 2);
  await page.locator('#note').fill('老人出门不便');
  await act(page, '发送补充', 3);
  await seen(page, 'new_process_acts');

  // Says that it is not settled, in the next; tells another matter, which is recorded; and takes back the first.
  page = await startedAt(phone, `mine/cases/${matter}`);
  await act(page, '还没解决', 4);
  await goOn(page, 'register');
  await begunUpToMatter(page);
  await fillFromMatter(page, async () => {
    await page.getByRole('button', { name: '开始录音' }).click();
    await expect(page.locator('.media [role=status]')).toHaveText('正在录音');
    await page.waitForTimeout(2000);
    await page.getByRole('button', { name: '停止录音' }).click();
    await expect(page.locator('.media .voice')).toHaveCount(1);
  });
  await send(page);
  await isSaved(page);
  page = await startedAt(phone, `mine/cases/${matter}`);
  await page.locator('summary', { hasText: '撤回这件事' }).click();
  await act(page, '确认撤回', 6);

  page = await startedAt(phone, 'outbox');
  // With the registration.
  await expect(page.locator('.card')).toHaveCount(7);
  const ids = posted(page.context());
  // The server hears of what comes first, and the phone does not hear so: it goes once more.
  await line.forget();
  await line.dropAnswer({ path: '/commands', times: 2 });
  await line.up();
  await expect(page.locator('.card', { hasText: '已收到' })).toHaveCount(7, { timeout: 90_000 });
  await expect(page.locator('main')).not.toContainText('还在本机', { timeout: 60_000 });
  expect(new Set(ids).size).toBe(6);
  expect(ids.length).toBeGreaterThan(6);
  // Her recording, which is one more matter and no second.
  expect(await matters(author)).toBe(before + 1);
  await slipOf(page, '反映事项');
  await page.locator('main a[href*="/mine/cases/"]').first().click();
  await page.waitForURL(/\/mine\/cases\//);
  await expect(page.locator('.taken audio')).toHaveCount(1);

  // Her acts, as the server tells them.
  await goOn(page, 'outbox');
  await slipOf(page, '登记报名');
  await goOn(page, `mine/cases/${matter}`);
  const told = page.locator('.timeline');
  await expect(told).toContainText('您撤回');
  const times = async (words: string) => (await told.innerText()).split(words).length - 1;
  for (const words of ['答复送达', '从村口到桥头', '老人出门不便', '您说还没解决', '您撤回']) {
    expect(await times(words), words).toBe(1);
  }
});
