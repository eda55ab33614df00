import { expect, type Browser, type Page } from '@playwright/test';
import { multiply, phases } from '../offline/many';
import { filled, isSaved, outboxOf, send, settledIn } from '../offline/phone';
import { type SeenRequest, type WeakLine } from '../offline/weak-line';
import { ready } from '../ready';
import { county } from '../routes';
import { type Grown, holdsAll, isTablet, made, officeIsHere, tabletPage, thrownAway } from './grown';
import { phone } from './phone';
import { bytes, type Row } from './table';

const NOTHING_BYTES = 300;
const CHANGE_BYTES = 700;
const ROUND_TRIPS = 2;
const PUSHED = 100;
const HOUR_MS = 3_600_000;
/** One that is not among the most urgent, which are fetched whole. */
const CHANGED = -1;
/** Whatever follows an answer has begun by then. */
const FOLLOWS_MS = 1500;

/** P9: what it costs to ask when nothing is new, when one thing is, and to send a hundred. */
export async function news(browser: Browser, grown: Grown): Promise<Row[]> {
  const shared = await everybodys(browser, grown);
  const official = await tablets(grown);
  const sent = await push(browser, grown);
  return [...shared, ...official, ...sent, ...(await pouchdbs(grown))];
}

/** The feed of what everybody may read. */
async function everybodys(browser: Browser, grown: Grown): Promise<Row[]> {
  const { line } = grown;
  const context = await browser.newContext({ ...phone, baseURL: line.address });
  try {
    const page = await context.newPage();
    await settledIn(page);
    const told = (status: number) =>
      context.waitForEvent('response', (it) => it.url().includes('/changes?since=') && it.status() === status);
    // An hour later.
    const later = await context.newPage();
    await page.close();
    await later.clock.install({ time: Date.now() + 2 * HOUR_MS });
    await line.forget();
    const nothing = told(204);
    await later.goto(`/${county}/help`);
    await ready(later);
    await nothing;
    const quiet = await asked(later, line);
    await line.forget();
    const one = told(200);
    const { rows } = await (await context.request.get(`/api/v1/${county}/matters`)).json();
    const on = new Date().toISOString().slice(0, 10);
    await grown.act({ about: 'matter', command: 'answer', matter: rows[0].matter, answer: '正在施工', on });
    await one;
    const change = (await asked(later, line)).filter((it) => it.path.includes('/changes'));
    return [
      row('everybody’s feed, nothing new', quiet, NOTHING_BYTES),
      row('everybody’s feed, one change', change, CHANGE_BYTES),
    ];
  } finally {
    await context.close();
  }
}

/** The feed of an official's worklist, as the tablet's page asks for it. */
async function tablets(grown: Grown): Promise<Row[]> {
  const page = await grown.context.newPage();
  try {
    await tabletPage(page);
    await officeIsHere(page);
    // Open in one tab is locked in another.
    if (await isTablet(page)) await thrownAway(page);
    await made(page);
    await holdsAll(page);
    const quiet = await renewed(page, grown.line);
    const { row: changed } = grown.rows.at(CHANGED)!;
    const on = new Date().toISOString().slice(0, 10);
    const act = { act: 'record_external', system: '国家信访系统', number: 'T-1', entered_on: on };
    await grown.act({ about: 'case', case: changed.case, act });
    const change = await renewed(page, grown.line);
    return [
      row('a tablet’s worklist, nothing new', quiet, NOTHING_BYTES),
      row('a tablet’s worklist, one change', change, CHANGE_BYTES),
    ];
  } finally {
    await page.close();
  }
}

async function renewed(page: Page, line: WeakLine): Promise<SeenRequest[]> {
  await line.forget();
  const told = page.waitForResponse((it) => it.url().includes('/office/tablet/rows'));
  await page.getByRole('button', { name: '现在更新' }).click();
  await told;
  return asked(page, line);
}

/** A hundred matters that were told without a signal. */
async function push(browser: Browser, { line }: Grown): Promise<Row[]> {
  const context = await browser.newContext({ ...phone, baseURL: line.address });
  try {
    // What turns TypeScript into scripts here gives functions their names with it, also those that run in a page.
    await context.addInitScript('globalThis.__name = (it) => it');
    const page = await context.newPage();
    await settledIn(page);
    await line.down();
    await filled(page, '山上住了三个月');
    await send(page);
    await isSaved(page);
    await multiply(page, PUSHED - 1, 1);
    await outboxOf(page);
    await expect(page.locator('.status')).toContainText(`${PUSHED} 件待发`, { timeout: 30_000 });
    await line.forget();
    await line.up();
    // As a browser says it whose network is back.
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => phases(page), { timeout: 60_000 }).toEqual({ received: PUSHED });
    const { requests } = await line.seen();
    const sent = requests.filter((it) => it.path.endsWith('/commands'));
    // Where the browser does not say so, the page asks first whether the server is there: that is a round trip too.
    const trips = [...requests.filter((it) => it.path === '/healthz'), ...sent];
    const [up, down] = [total(trips, 'bytes_up'), total(trips, 'bytes_down')];
    return [
      {
        budget: 'P9',
        what: `push of ${PUSHED}, from the browser’s word that it is online`,
        figure: `${trips.length} requests one after another, ${bytes(up)} B up, ${bytes(down)} B down`,
        limit: `${ROUND_TRIPS} round trips`,
        held: trips.length <= ROUND_TRIPS,
      },
    ];
  } finally {
    await context.close();
  }
}

/** PouchDB's replication of the same. */
async function pouchdbs({ context, peerLine, rows: all }: Grown): Promise<Row[]> {
  const page = await context.newPage();
  try {
    await page.goto(peerLine.address);
    await page.evaluate(async () => {
      await rows.nothingHere();
      await rows.pulled();
    });
    const seen = async (act: () => Promise<unknown>) => {
      await peerLine.forget();
      await act();
      return (await peerLine.seen()).requests;
    };
    const pull = () => page.evaluate(() => rows.pulled());
    const quiet = await seen(pull);
    await page.evaluate((id) => rows.changedThere(id), all.at(CHANGED)!.row.case);
    const change = await seen(pull);
    await page.evaluate((documents) => rows.made(documents), all.slice(0, PUSHED));
    const pushed = await seen(() => page.evaluate(() => rows.pushed()));
    return [
      row('PouchDB, nothing new', quiet),
      row('PouchDB, one change', change),
      row(`PouchDB, push of ${PUSHED}`, pushed),
    ];
  } finally {
    await page.close();
  }
}

/** What was asked of the server until nothing more follows; what listens for changes only listens. */
async function asked(page: Page, line: WeakLine): Promise<SeenRequest[]> {
  await page.waitForTimeout(FOLLOWS_MS);
  const { requests } = await line.seen();
  return requests.filter((it) => it.path.includes('/api/') && !it.path.endsWith('/live') && it.method === 'GET');
}

const total = (requests: SeenRequest[], way: 'bytes_up' | 'bytes_down') =>
  requests.reduce((sum, request) => sum + request[way], 0);

/** One question, and so many bytes of answers with their heads. */
function row(what: string, requests: SeenRequest[], most?: number): Row {
  const down = total(requests, 'bytes_down');
  const plural = requests.length === 1 ? '' : 's';
  return {
    budget: 'P9',
    what,
    figure: `${requests.length} request${plural}, ${bytes(down)} B`,
    limit: most ? `1 request, ${most} B` : '',
    held: most === undefined ? undefined : requests.length === 1 && down <= most,
  };
}
