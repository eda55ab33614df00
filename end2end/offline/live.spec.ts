// While a page is open the server says that something has changed, and the phone asks what.
import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type Browser, expect, type Page } from '@playwright/test';
import { signIn } from '../official/sign-in';
import { county } from '../routes';
import { ready } from '../ready';
import { test as onRoad } from './road';
import type { WeakLine } from './weak-line';

interface Office {
  author: APIRequestContext;
  approver: APIRequestContext;
}

/** Two officials, for what one writes another publishes; and somebody else's phone, which listens all the while. */
const test = onRoad.extend<{ office: Office; neighbour: void }>({
  neighbour: [
    async ({ baseURL }, use) => {
      const ended = new AbortController();
      const stream = await fetch(`${baseURL}/api/v1/${county}/live`, { signal: ended.signal });
      expect(stream.ok).toBe(true);
      await use();
      ended.abort();
    },
    { auto: true },
  ],
  office: async ({ browser, baseURL }, use) => {
    const [author, approver] = [await official(browser, '演示甲', baseURL), await official(browser, '演示乙', baseURL)];
    await use({ author: author.request, approver: approver.request });
    for (const page of [author, approver]) await page.context().close();
  },
});

async function official(browser: Browser, name: string, baseURL?: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL, serviceWorkers: 'block' })).newPage();
  await signIn(page, name);
  return page;
}

/** An official does something, and the server has it. */
async function does(who: APIRequestContext, command: object): Promise<string> {
  const id = randomUUID();
  const envelope = {
    id,
    county,
    area: 'office',
    device: null,
    build: 'test',
    captured_at: new Date().toISOString(),
    expected_version: null,
    command: { about: 'matter', ...command },
  };
  const answer = await who.post(`/api/v1/${county}/commands`, { data: [envelope] });
  expect((await answer.json())[0].answer).toBe('received');
  return id;
}

/** A matter becomes public. */
async function published({ author, approver }: Office, title: string): Promise<string> {
  const page = { title, aliases: [], subject: 'roads', places: ['330726107'], population: null, summary: '桥窄。' };
  const matter = await does(author, { command: 'propose', page, case: null });
  await does(approver, { command: 'approve', matter });
  return matter;
}

/** A page with everybody's matters that listens, and would show that it was loaded anew. */
async function lookingAtMatters(road: Page, line: WeakLine): Promise<void> {
  // The streams of pages before are no streams of this one.
  await line.forget();
  await road.goto(`/${county}/matters`);
  await ready(road);
  await road.evaluate(() => document.documentElement.setAttribute('data-same', '1'));
  await listens(line);
}

/** The server has begun to tell it. */
const listens = (line: WeakLine) =>
  expect
    .poll(
      async () => {
        const { requests } = await line.seen();
        return requests.some((it) => it.path.endsWith('/live') && it.fault === null && it.bytes_down > 300);
      },
      { timeout: 60_000 },
    )
    .toBe(true);

/** It is on the page, which nobody touched and nothing loaded anew. */
async function appears(road: Page, title: string): Promise<void> {
  await expect(road.locator('main')).toContainText(title, { timeout: 20_000 });
  await expect(road.locator('html')).toHaveAttribute('data-same', '1');
}

/** The page of a matter that was never opened here comes from the device. */
async function isOnDevice(road: Page, matter: string, title: string): Promise<void> {
  await road.goto(`/${county}/matters/${matter}`);
  await ready(road);
  await expect(road.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(road.locator('h1')).toHaveText(title);
}

test('what becomes public is on the open page and on the phone, and nobody asked for it', async ({
  road,
  line,
  office,
}) => {
  await lookingAtMatters(road, line);
  await line.forget();
  const matter = await published(office, '东边的桥');
  await appears(road, '东边的桥');
  // Told what, not looked for: one question, and what changed.
  const paths = (await line.seen()).requests.map(({ path }) => path.split('?')[0]);
  expect(paths.filter((path) => path === `/api/v1/${county}/changes`).length).toBeGreaterThan(0);
  expect(paths).not.toContain(`/api/v1/${county}/divisions`);
  await line.down();
  await isOnDevice(road, matter, '东边的桥');
});

test('what became public while the stream was cut is learned when it is back', async ({ road, line, office }) => {
  await lookingAtMatters(road, line);
  await line.down();
  await line.forget();
  const matter = await published(office, '断网时的桥');
  await line.up();
  // The server asks a browser that was cut off to come back after five seconds.
  await listens(line);
  await appears(road, '断网时的桥');
  // And what comes after it.
  await published(office, '复网后的桥');
  await appears(road, '复网后的桥');
  await line.down();
  await isOnDevice(road, matter, '断网时的桥');
});

test('what became public between a page and its stream is learned', async ({ road, office }) => {
  // Nobody touches it, so it does not listen yet.
  await road.goto(`/${county}/matters`);
  await road.evaluate(() => document.documentElement.setAttribute('data-same', '1'));
  await published(office, '刚打开时的桥');
  await ready(road);
  await appears(road, '刚打开时的桥');
});

for (const how of ['a gateway', 'a portal'] as const) {
  test(`a stream that ${how} answers in the place of the server is asked for again`, async ({ road, line, office }) => {
    await lookingAtMatters(road, line);
    await (how === 'a gateway' ? line.status(502, { path: '/live' }) : line.portal({ path: '/live' }));
    // What is open is cut, and what comes back meets the fault.
    await line.down();
    await line.up();
    const met = async () => (await line.seen()).requests.some(({ fault }) => fault !== null);
    await expect.poll(met, { timeout: 30_000 }).toBe(true);
    await published(office, `${how} 时的桥`);
    await line.reset();
    await listens(line);
    await appears(road, `${how} 时的桥`);
  });
}
