import { chromium, expect, type BrowserContext } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settledIn } from '../offline/phone';
import { WeakLine } from '../offline/weak-line';
import { county } from '../routes';
import { launch, phone, seenBy, slowed, watch } from './phone';
import { steadily } from './steady';
import { type Row, times } from './table';

const RUNS = 9;
const LIMIT = { must: 1000, aim: 600 };

/** P6: the installed app is opened without a network, in a browser that was not running. */
export async function start(server: string): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-start-'));
  // One address for the whole life of the profile, and a network that is really gone.
  const line = await WeakLine.start(server);
  const open = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(folder, { ...launch, ...phone, baseURL: line.address });
  try {
    const before = await open();
    await settledIn(before.pages()[0]);
    await before.close();
    await line.down();
    const starts = await steadily(RUNS, () => started(open));
    return [
      times('P6', 'start without a network, from the tap to a screen that answers', starts.map((it) => it.app), LIMIT),
      times('P6', 'the same with the start of the browser itself', starts.map((it) => it.all)),
    ];
  } finally {
    await line.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long the app takes in a browser that has just come up, and both together. */
async function started(open: () => Promise<BrowserContext>): Promise<{ app: number; all: number }> {
  const launched = Date.now();
  const context = await open();
  try {
    const page = context.pages()[0];
    await watch(context);
    await slowed(page);
    const tapped = Date.now();
    // As the manifest says; from there the shell leads on to the county.
    await page.goto('/', { waitUntil: 'commit' });
    await page.waitForURL(`/${county}`, { waitUntil: 'commit' });
    const { begun, ready } = await seenBy(page, 'ready');
    await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
    const shown = begun + ready;
    return { app: shown - tapped, all: shown - launched };
  } finally {
    await context.close();
  }
}
