import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { signIn } from '../official/sign-in';
import { WeakLine } from '../offline/weak-line';
import { packs } from '../offline/phone';
import { ready } from '../ready';
import { county } from '../routes';
import { phone, watch } from './phone';
import { Served } from './process';

/** As many as a tablet holds at most. */
export const MATTERS = Number(process.env.HUIYIN_BENCH_MATTERS ?? 10_000);
const OFFICIAL = '演示甲';
const PIN = '314159';

export interface TabletRow {
  row: { case: string };
  version: number;
}

/**
 * A county whose official has ten thousand matters to work on, behind a line that counts; the same rows at PouchDB's
 * server, behind another.
 */
export class Grown {
  private constructor(
    private readonly ours: Served,
    private readonly theirs: Served,
    /** To our server. */
    readonly line: WeakLine,
    /** To PouchDB's. */
    readonly peerLine: WeakLine,
    /** Of the official, who is signed in. */
    readonly context: BrowserContext,
    readonly rows: TabletRow[],
  ) {}

  /** `HUIYIN` is the binary; `HUIYIN_E2E_DATA` is a folder below which everything is made anew. */
  static async start(browser: Browser): Promise<Grown> {
    const { HUIYIN: huiyin, HUIYIN_E2E_DATA: data } = process.env;
    if (!huiyin || !data) throw new Error('HUIYIN and HUIYIN_E2E_DATA name the binary and a folder for its data');
    rmSync(data, { recursive: true, force: true });
    mkdirSync(dirname(data), { recursive: true });
    execFileSync(huiyin, ['demo', '--scale', String(MATTERS), '--data', data], { stdio: 'ignore' });
    const ours = await Served.start(huiyin, ['serve', '--demo', '--addr', '127.0.0.1:0', '--data', data]);
    const line = await WeakLine.start(new URL(ours.said).host);
    const tablet = { ...phone, viewport: { width: 1024, height: 768 }, isMobile: false };
    const context = await browser.newContext({ ...tablet, baseURL: line.address });
    await watch(context);
    const page = await context.newPage();
    await signIn(page, OFFICIAL);
    const rows = await rowsOf(page);
    await page.close();
    const file = join(data, 'rows.json');
    writeFileSync(file, JSON.stringify(rows));
    const theirs = await Served.start(process.execPath, ['--import', 'tsx', 'peers/couch.ts', file]);
    return new Grown(ours, theirs, line, await WeakLine.start(theirs.said), context, rows);
  }

  /** What happens meanwhile, told by an official at a desk. */
  async act(command: object): Promise<void> {
    const answers = await post(this.context, 'commands', [
      {
        id: randomUUID(),
        county,
        area: 'office',
        device: null,
        build: 'bench',
        captured_at: new Date().toISOString(),
        expected_version: null,
        command,
      },
    ]);
    expect(answers).toEqual([expect.objectContaining({ answer: 'received' })]);
  }

  async stop(): Promise<void> {
    await this.context.close();
    for (const it of [this.line, this.peerLine, this.ours, this.theirs]) await it.stop();
  }
}

async function post(context: BrowserContext, path: string, data: object): Promise<unknown> {
  const answer = await context.request.post(`/api/v1/${county}/${path}`, { data });
  expect(answer.status()).toBe(200);
  return answer.json();
}

/** As a tablet of this official's is told them. */
async function rowsOf(page: Page): Promise<TabletRow[]> {
  const tablet = randomUUID();
  await post(page.context(), 'office/tablets', { id: tablet, name: '另一台' });
  const answer = await page.request.get(`/api/v1/${county}/office/tablet/rows?tablet=${tablet}`);
  const { rows } = await answer.json();
  expect(rows).toHaveLength(MATTERS);
  return rows;
}

/** The tablet's page, whose worker has everything an official needs. */
export async function tabletPage(page: Page): Promise<void> {
  await page.goto(`/${county}/office/tablet`);
  await ready(page);
}

/** Whether it is this official's already. */
export async function isTablet(page: Page): Promise<boolean> {
  const card = page.locator('section.card');
  await expect(card.or(page.locator('#name'))).toBeVisible();
  return card.isVisible();
}

/** Gives the tablet its name and PIN; it begins to fetch what it is to hold. */
export async function made(page: Page): Promise<void> {
  await page.locator('#name').fill('3号室平板');
  for (const field of ['#new_pin', '#again']) await page.locator(field).fill(PIN);
  await page.getByRole('button', { name: '用这台平板' }).click();
}

/** The files of the officials' screens are here: nothing is fetched beside what is measured. */
export async function officeIsHere(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => packs(page), { timeout: 60_000 }).toContain('office');
}

/** As before it was this official's tablet. */
export async function thrownAway(page: Page): Promise<void> {
  await page.locator('section.card summary').click();
  await page.locator('section.card button.danger').click();
  await expect(page.locator('section.card')).toHaveCount(0);
}

/** Each of the most urgent can be read whole, and nothing more is fetched. */
export async function holdsAll(page: Page): Promise<void> {
  await expect(page.locator('main')).toContainText(/最急的 (\d+) 件里有 \1 件/, { timeout: 60_000 });
  await expect(page.locator('main')).not.toContainText('正在更新');
}
