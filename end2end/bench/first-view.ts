import { type Browser } from '@playwright/test';
import { WeakLine } from '../offline/weak-line';
import { county } from '../routes';
import { phone, slowed } from './phone';
import { steadily } from './steady';
import { type Row, times } from './table';

const RUNS = 9;
const LIMIT = { must: 2500, aim: 2000 };
/** One round trip for the handshake of TLS 1.3, which a line on loopback does without. */
const TLS_MS = 400;
/** A paint that comes after everything was loaded would be the largest still. */
const LATE_MS = 1500;

/** P5: the first view over 3G Slow, on a phone that was never here. */
export async function firstView(browser: Browser, server: string): Promise<Row[]> {
  const notices = await (await fetch(`http://${server}/api/v1/${county}/notices`)).json();
  const pages = { 'county home': '', 'one notice': `/notices/${notices.upcoming[0].visit}` };
  const line = await WeakLine.start(server, '3g-slow');
  try {
    const rows = [];
    for (const [name, path] of Object.entries(pages)) {
      const paints = await steadily(RUNS, () => largestPaint(browser, `${line.address}/${county}${path}`));
      rows.push(times('P5', `first view of ${name}, 3G Slow, with ${TLS_MS} ms for TLS`, paints, LIMIT));
    }
    return rows;
  } finally {
    await line.stop();
  }
}

async function largestPaint(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await slowed(page);
  await page.goto(address);
  await page.waitForTimeout(LATE_MS);
  const paint = await page.evaluate(
    () =>
      new Promise<number>((done) =>
        new PerformanceObserver((list) => done(list.getEntries().at(-1)!.startTime)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        }),
      ),
  );
  await context.close();
  return paint + TLS_MS;
}
