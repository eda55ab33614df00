// A new version comes while somebody writes, with a second window open.
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { begunUpToMatter, fillFromMatter, isReceived, posted, seen, send, settledIn } from './phone';
import { TwoBuilds } from './two-builds';

const test = base.extend<{ both: TwoBuilds; window: BrowserContext; form: Page; other: Page }>({
  both: async ({ baseURL }, use) => {
    const both = await TwoBuilds.start(baseURL!);
    await use(both);
    await both.stop();
  },
  window: async ({ browser, both }, use) => {
    const window = await browser.newContext({ baseURL: both.address, serviceWorkers: 'allow' });
    await use(window);
    await Promise.race([window.close(), new Promise((done) => setTimeout(done, 10_000))]);
  },
  /** A registration that is half filled in. */
  form: async ({ window }, use) => {
    const form = await window.newPage();
    await settledIn(form);
    await begunUpToMatter(form);
    await form.locator('textarea[name=statement]').pressSequentially(WORDS);
    // Longer than the pause after which it is kept.
    await form.waitForTimeout(1500);
    await expect(form.locator('textarea[name=statement]')).toHaveValue(WORDS);
    await form.evaluate(() => document.documentElement.setAttribute('data-same', '1'));
    await use(form);
  },
  other: async ({ window }, use) => {
    const other = await window.newPage();
    await other.goto(`/${county}/notices`);
    await ready(other);
    await use(other);
  },
});

const WORDS = '换版本的时候正写到这里';

const bar = (page: Page) => page.locator('.update');

/** The build a window's own files are of. */
const buildOf = (page: Page) =>
  page.locator('script[type=module][src^="/pkg/"]').first().getAttribute('src').then((it) => it?.split('/')[2]);

/** The build of the worker that answers for a window. */
const workerOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => done(data);
        navigator.serviceWorker.controller!.postMessage('build', [port2]);
      }),
  );

/** The files of the first build that a window asks for and does not get: no server has them any more. */
const missed = async (page: Page, server: string) => {
  const script = await (await fetch(`${server}/sw.js`)).text();
  const { citizen } = JSON.parse(/const MANIFEST = (\{.*\});/.exec(script)![1]);
  const paths: string[] = citizen.map(([path]: [string]) => path);
  expect(paths.length).toBeGreaterThan(15);
  return page.evaluate(async (paths) => {
    const got = (path: string) => fetch(path, { cache: 'reload' }).then((answer) => answer.ok);
    const all = await Promise.all(paths.map(got));
    return paths.filter((_, at) => !all[at]);
  }, paths);
};

/** Fills in the rest and sends it. */
async function finished(page: Page): Promise<void> {
  await fillFromMatter(page);
  for (const words of [WORDS, '示例某']) await expect(page.locator('main')).toContainText(words);
  await send(page);
  await isReceived(page);
}

test('accepted in one window, a new version starts only that one anew: the form in the other is finished', async ({
  both, window, form, other, baseURL,
}) => {
  const ids = posted(window);
  both.replace();
  await other.goto(`/${county}/help`);
  await expect(bar(other)).toBeVisible();
  await expect(bar(form)).toBeVisible();
  expect(await workerOf(other)).toBe(both.first);
  await bar(other).getByRole('button').click();
  await ready(other);
  await expect(bar(other)).toBeHidden();
  const second = await buildOf(other);
  expect(second).not.toBe(both.first);
  expect(await workerOf(other)).toBe(second);

  // The same document as before, of the first build, under the second one's worker.
  await expect(form.locator('html')).toHaveAttribute('data-same', '1');
  expect(await buildOf(form)).toBe(both.first);
  expect(await workerOf(form)).toBe(second);
  await expect(bar(form)).toBeVisible();
  await expect(form.locator('textarea[name=statement]')).toHaveValue(WORDS);
  expect(await missed(form, baseURL!)).toEqual([]);
  await seen(form, 'update_form');
  await finished(form);
  expect(new Set(ids).size).toBe(1);
});

test('accepted in the middle of a form, a new version loses nothing that was typed', async ({
  both, window, form, other,
}) => {
  const ids = posted(window);
  both.replace();
  await other.goto(`/${county}/help`);
  await expect(bar(form)).toBeVisible();
  await bar(form).getByRole('button').click();
  await expect(form.locator('html')).not.toHaveAttribute('data-same', '1');
  await ready(form);
  expect(await buildOf(form)).not.toBe(both.first);
  await expect(form.locator('textarea[name=statement]')).toHaveValue(WORDS);
  // The window nobody asked still offers it.
  await expect(bar(other)).toBeVisible();
  await finished(form);
  expect(new Set(ids).size).toBe(1);
});
