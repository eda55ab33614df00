import { type Page } from '@playwright/test';
import { posted, settledIn, test as base } from './phone';
import { WeakLine } from './weak-line';

/** The server as it is seen over a weak line: a site of its own to the browser. */
export const test = base.extend<{ line: WeakLine; road: Page; ids: string[] }>({
  line: async ({ baseURL }, use) => {
    const line = await WeakLine.start(new URL(baseURL!).host);
    await use(line);
    await line.stop();
  },
  road: async ({ browser, line }, use) => {
    const context = await browser.newContext({ baseURL: line.address, serviceWorkers: 'allow' });
    const page = await context.newPage();
    await settledIn(page);
    await use(page);
    await Promise.race([context.close(), new Promise((done) => setTimeout(done, 10_000))]);
  },
  ids: async ({ road }, use) => use(posted(road.context())),
});
