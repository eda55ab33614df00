import { type BrowserContext, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';

export { launch } from '../chromium';

/** How much slower a phone of the hills is than the machine that measures. */
const SLOWED = 4;

/** What a context of a phone is made with. */
export const phone = {
  viewport: { width: 360, height: 780 },
  hasTouch: true,
  isMobile: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  serviceWorkers: 'allow',
} as const;

/**
 * Slows the main thread of a page, whatever it opens next, until it is let go. Chromium leaves workers as they are: what
 * the service worker and the one that makes photos small do is at the machine's own speed. A page that is slowed takes
 * its share of the processor when it does nothing too: of several only the one that is measured may be.
 */
export async function slowed(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  return async () => {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await devtools.detach();
  };
}

/** Every page of the context looks at itself from now on. */
export async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: fileURLToPath(new URL('watch.js', import.meta.url)) });
}

/** What a page has seen of itself. Times are milliseconds since it was begun; zero is never. */
export interface Watched {
  begun: number;
  tapped: number;
  chosen: number;
  saved: number;
  ready: number;
  held: number;
  tasks: { from: number; ms: number }[];
  writes: Write[];
}

/** A write that is on the disk when it is over, from the sealing of its first record. */
export interface Write {
  stores: string[];
  /** Those that were sealed. */
  bytes: number;
  from: number;
  to: number;
}

/** The writes of photos; what is only taken away is written there too. */
export const photosOf = (writes: Write[]) => writes.filter((it) => it.stores.includes('media') && it.bytes > 0);

declare global {
  var watched: Watched;
}

export const watched = (page: Page): Promise<Watched> => page.evaluate(() => globalThis.watched);

/** Waits until it has seen something, and asks seldom: asking takes the time of the page that is measured. */
export async function seenBy(page: Page, what: 'saved' | 'ready' | 'held'): Promise<Watched> {
  await page.waitForFunction((what) => globalThis.watched[what], what, { polling: 100 });
  return watched(page);
}
