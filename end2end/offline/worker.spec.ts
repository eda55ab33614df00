import { type BrowserContext, expect, type Page } from '@playwright/test';
import { envelope } from '../filing';
import { county } from '../routes';
import { ready } from '../ready';
import { packs, seen, settledIn } from './phone';
import { test } from './road';

/** Each page notes on its document what becomes of the worker that it has installed. */
const followWorkers = (context: BrowserContext) =>
  context.addInitScript(() => {
    // Not in the empty page before.
    if (!navigator.serviceWorker) return;
    const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = async function (...given) {
      const registration = await register.apply(this, given);
      const worker = registration.installing;
      const note = () => document.documentElement.setAttribute('data-worker', worker!.state);
      worker?.addEventListener('statechange', note);
      if (worker) note();
      return registration;
    };
  });

const becomes = (page: Page, state: 'installing' | 'redundant' | 'activated') =>
  expect(page.locator('html')).toHaveAttribute('data-worker', state, { timeout: 60_000 });

test('the worker is asked for each time, and costs its headers when nothing changed', async ({ request }) => {
  const first = await request.get('/sw.js');
  expect(first.headers()['cache-control']).toBe('no-cache');
  const again = await request.get('/sw.js', { headers: { 'if-none-match': first.headers().etag } });
  expect(again.status()).toBe(304);
  const build = /"build":"([0-9a-f]{16})"/.exec(await first.text())?.[1];
  const page = await request.get(`/${county}`);
  expect(page.headers()['huiyin-build']).toBe(build);
  const answer = await request.get(`/api/v1/${county}/home`);
  expect(answer.headers()['huiyin-build']).toBeUndefined();
});

test('a pack with one changed file is not installed at all', async ({ browser, request }) => {
  const script = await (await request.get('/sw.js')).text();
  const changed = script.replace(/"sha256-[^"]{43}="/, `"sha256-${'A'.repeat(43)}="`);
  expect(changed).not.toBe(script);
  const context = await browser.newContext({ serviceWorkers: 'allow' });
  await followWorkers(context);
  // Requests a browser makes for its service worker are seen on the context.
  await context.route('**/sw.js', (route) => route.fulfill({ body: changed, contentType: 'text/javascript' }));
  const page = await context.newPage();
  await page.goto(`/${county}`);
  await ready(page);
  await becomes(page, 'redundant');
  await isNotUsed(page);
  await context.close();
});

/** No pack is whole, no worker answers, and none will. */
async function isNotUsed(page: Page): Promise<void> {
  expect(await packs(page)).toEqual([]);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistration())).toBeUndefined();
}

test('a first install that is cut is not used, and the next fetches what had not come and nothing else', async ({
  browser,
  line,
  request,
}) => {
  const context = await browser.newContext({ baseURL: line.address, serviceWorkers: 'allow' });
  await followWorkers(context);
  const whole = new Set<string>();
  context.on('requestfinished', (it) => whole.add(new URL(it.url()).pathname));
  const page = await context.newPage();
  const script = await (await request.get('/sw.js')).text();
  const manifest: { citizen: [string][] } = JSON.parse(/const MANIFEST = (\{.*\});/.exec(script)![1]);
  const files = manifest.citizen.map(([path]) => path);
  const asked = async () => (await line.seen()).requests.filter(({ path }) => files.includes(path));
  // The page comes first, and has no worker yet.
  await line.status(503, { path: '/sw.js' });
  await page.goto(`/${county}`);
  await ready(page);
  await page.waitForLoadState('load');
  const ofThePage = (await asked()).map(({ path }) => path);
  // The largest of the others.
  const chunks = files.filter((path) => path.endsWith('.wasm') && !ofThePage.includes(path));
  const sizes = await Promise.all(chunks.map(async (path) => (await (await request.get(path)).body()).length));
  const cut = chunks[sizes.indexOf(Math.max(...sizes))]!;

  await line.reset();
  await line.cut('answer', 5_000, 'swallow', { path: cut });
  await page.goto(`/${county}`);
  await ready(page);
  await becomes(page, 'installing');
  const others = files.filter((path) => path !== cut);
  await expect.poll(() => others.filter((path) => !whole.has(path)), { timeout: 30_000 }).toEqual([]);
  await expect.poll(async () => (await asked()).find(({ path }) => path === cut)?.fault).toBe('cut');
  expect(whole.has(cut)).toBe(false);
  await line.down();
  await becomes(page, 'redundant');
  await isNotUsed(page);
  const other = await context.newPage();
  await expect(other.goto(`/${county}`)).rejects.toThrow('ERR_');
  await other.close();

  await line.up();
  await line.reset();
  await page.goto(`/${county}`);
  await ready(page);
  await becomes(page, 'activated');
  expect((await asked()).map(({ path }) => path)).toEqual([cut]);
  expect(await packs(page)).toContain('citizen');
  await expect.poll(() => page.evaluate(() => !!navigator.serviceWorker.controller)).toBe(true);
  await line.down();
  await page.goto(`/${county}/help`);
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await context.close();
});

test('a villager fetches no file of the officials', async ({ page }) => {
  await settledIn(page);
  const names = await page.evaluate(async () => {
    const script = await (await fetch('/sw.js')).text();
    const manifest = JSON.parse(/const MANIFEST = (\{.*\});/.exec(script)![1]);
    const kept = new Set<string>();
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) kept.add(new URL(request.url).pathname);
    }
    return { office: manifest.office.map(([path]: [string]) => path).filter((path: string) => kept.has(path)), kept: kept.size };
  });
  expect(names.office).toEqual([]);
  expect(names.kept).toBeGreaterThan(15);
});

test('a portal that answers a page with its own gets the app shell in its place', async ({ page, context }) => {
  await settledIn(page);
  // The portal answers everything with 200, pages too; the worker's requests go through the context.
  await context.route('**/notices', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>请登录 Wi-Fi</h1>' }),
  );
  await page.goto(`/${county}/notices`);
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(page.locator('h1')).toHaveText('接访公告');
});

test('a network that does not answer is not waited for to the end', async ({ page, context }) => {
  await settledIn(page);
  await context.route('**/matters', async (route) => {
    await new Promise((done) => setTimeout(done, 30_000));
    await route.abort().catch(() => {});
  });
  const begun = Date.now();
  await page.goto(`/${county}/matters`);
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  expect(Date.now() - begun).toBeLessThan(20_000);
});

/** A page settles under a worker whose build, and whose shell's, is another one; the files are the same. */
async function underAnotherBuild(page: Page): Promise<void> {
  const context = page.context();
  const before = '0123456789abcdef';
  const script = await (await page.request.get('/sw.js')).text();
  await context.route('**/sw.js', (route) =>
    route.fulfill({ body: script.replace(/"build":"[0-9a-f]{16}"/, `"build":"${before}"`), contentType: 'text/javascript' }),
  );
  await context.route('**/app-shell', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'huiyin-build': before } });
  });
  await page.goto(`/${county}`);
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => page.evaluate(() => !!navigator.serviceWorker.controller)).toBe(true);
}

async function updated(page: Page): Promise<void> {
  await page.context().unroute('**/sw.js');
  await page.context().unroute('**/app-shell');
  await page.getByRole('button', { name: '现在更新' }).click();
  await ready(page);
  await expect(page.locator('html')).not.toHaveAttribute('data-update', /./);
}

test('a page under a worker of another build stays plain and offers the update', async ({ page, context }) => {
  await underAnotherBuild(page);

  await page.goto(`/${county}/help`);
  await page.mouse.move(1, 1);
  await page.mouse.move(2, 2);
  await expect(page.locator('html')).toHaveAttribute('data-update', '1', { timeout: 15_000 });
  await expect(page.locator('.update')).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-ready', '1');
  await seen(page, 'update');

  // Accepted: the worker of this build comes, and the page is the app's again. The other window stays as it is.
  const other = await context.newPage();
  await other.goto(`/${county}/feedback`);
  await updated(page);
  await expect(other.locator('html')).not.toHaveAttribute('data-ready', '1');
});

test('what stands in a form is there after an update, also on a matter that is not of this phone', async ({ page }) => {
  const answer = await page.request.post(`/api/v1/${county}/commands`, { data: [envelope()] });
  const code = (await answer.json())[0].receipt.code.short;
  await underAnotherBuild(page);
  await page.goto(`/${county}/follow`);
  await page.locator('input[name=code]').fill(code);
  await page.locator('input[name=pin]').fill('8000');
  await page.locator('main form').getByRole('button').last().click();
  await page.waitForURL(/\/mine$/);
  await page.locator('main a[href*="/mine/cases/"]').first().click();
  const note = page.locator('textarea[name=note]');
  await note.fill('路灯也坏了，还没写完');
  await expect(page.locator('.update')).toBeVisible({ timeout: 15_000 });
  await updated(page);
  await expect(note).toHaveValue('路灯也坏了，还没写完');
  // Not a second time.
  expect(await page.evaluate(() => sessionStorage.getItem('unsent'))).toBeNull();
});
