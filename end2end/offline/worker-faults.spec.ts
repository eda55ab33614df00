// What the service worker does when what stands between, an update or a record is not as it should be.
import { expect, type Page, type Worker } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { multiply, phases } from './many';
import { backgroundSync, filled, isSaved, packs, posted, send, settledIn } from './phone';
import { test as base } from './road';
import { TwoBuilds } from './two-builds';

const test = base.extend<{ both: TwoBuilds; phone: Page }>({
  both: async ({ baseURL }, use) => {
    const both = await TwoBuilds.start(baseURL!);
    await use(both);
    await both.stop();
  },
  /** A page of the first of two builds. */
  phone: async ({ browser, both }, use) => {
    const context = await browser.newContext({ baseURL: both.address, serviceWorkers: 'allow' });
    const page = await context.newPage();
    await settledIn(page);
    await use(page);
    await Promise.race([context.close(), new Promise((done) => setTimeout(done, 10_000))]);
  },
});

/** The worker's own. */
declare const sendWaiting: () => Promise<void>;

const SOON = { timeout: 30_000 };

async function isShell(page: Page, heading: string): Promise<void> {
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await expect(page.locator('h1')).toHaveText(heading);
}

for (const [name, answer] of [
  ['a text with status 503', { status: 503, contentType: 'text/plain', body: 'upstream connect error' }],
  ['a 502 without anything', { status: 502 }],
  ['a text with status 200', { status: 200, contentType: 'text/plain', body: 'Login: http://192.168.1.1' }],
] as const) {
  test(`${name} from what stands between is not shown: the app shell is`, async ({ page, context }) => {
    await settledIn(page);
    await context.route(`**/${county}/notices`, (route) => route.fulfill(answer));
    await page.goto(`/${county}/notices`);
    await isShell(page, '接访公告');
  });
}

test('what the server itself answers passes: a page that says what is wrong, a way on, a file', async ({ page }) => {
  await settledIn(page);
  const missing = await page.goto(`/${county}/no-such-page`);
  expect(missing!.status()).toBe(404);
  await expect(page.locator('h1')).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-app-shell', '1');
  await page.goto('/');
  await page.waitForURL(`/${county}`);
  await expect(page.locator('html')).not.toHaveAttribute('data-app-shell', '1');
  await page.goto('/healthz');
  await expect(page.locator('body')).toHaveText('ok');
  await page.goto(`/${county}/notices`);
  const notice = await page.locator('.card-whole a').first().getAttribute('href');
  const file = page.waitForEvent('download');
  await page.evaluate((address) => location.assign(address), `${notice}/calendar.ics`);
  expect((await file).suggestedFilename()).toBe('huiyin.ics');
});

for (const [name, how] of [['stalls', 'swallow'], ['is cut', 'rst']] as const) {
  test(`a page that ${name} after its head gets the app shell in its place`, async ({ line, road }) => {
    await line.cut('answer', 2000, how, { path: `/${county}/notices`, method: 'GET', times: 2 });
    await road.goto(`/${county}/notices`);
    await isShell(road, '接访公告');
    const { requests } = await line.seen();
    expect(requests.filter((it) => it.path === `/${county}/notices`)[0].fault).toBe('cut');
  });
}

test('a page that comes slowly is waited for as long as it comes', async ({ line, road }) => {
  await line.profile({ down_kbit: 8 });
  await road.goto(`/${county}/notices`, { waitUntil: 'commit' });
  await expect(road.locator('h1')).toHaveText('接访公告', SOON);
  await expect(road.locator('html')).not.toHaveAttribute('data-app-shell', '1');
  await line.profile('none');
});

/** The builds the device holds the whole of a pack of. */
const buildsOf = (page: Page, pack: string) =>
  page.evaluate(async (pack) => {
    const builds = [];
    for (const name of await caches.keys()) {
      const [, , of, build] = name.split('-');
      if (of === pack && (await (await caches.open(name)).match('/app-shell'))) builds.push(build);
    }
    return builds;
  }, pack);

/** The officials' pack is on the device, as it is once one of them was here. */
async function withOffice(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active!.postMessage('office')));
  await expect.poll(() => packs(page), SOON).toContain('office');
}

async function accepted(page: Page): Promise<void> {
  const bar = page.locator('.update');
  await expect(bar).toBeVisible(SOON);
  await bar.getByRole('button').click();
  await expect(page.locator('html')).not.toHaveAttribute('data-update', /./, SOON);
  await ready(page);
}

const buildNow = (page: Page) =>
  page.locator('script[type=module][src^="/pkg/"]').first().getAttribute('src').then((it) => it!.split('/')[2]);

test('an update accepted on a page of the citizens brings the officials’ pack where it was before', async ({
  both, phone,
}) => {
  await withOffice(phone);
  both.replace();
  await phone.goto(`/${county}/help`);
  await accepted(phone);
  const next = await buildNow(phone);
  expect(next).not.toBe(both.first);
  await expect.poll(() => buildsOf(phone, 'office'), SOON).toEqual([next]);
});

test('an officials’ pack that cannot be fetched keeps no update back, and is tried again', async ({ both, phone }) => {
  await withOffice(phone);
  const context = phone.context();
  const office = new RegExp(`/pkg/(?!${both.first})[0-9a-f]{16}/split_officials`);
  await context.route(office, (route) => route.fulfill({ status: 503 }));
  both.replace();
  await phone.goto(`/${county}/help`);
  await accepted(phone);
  const next = await buildNow(phone);
  expect(await buildsOf(phone, 'citizen')).toContain(next);
  expect(await buildsOf(phone, 'office')).not.toContain(next);
  await context.unroute(office);
  await phone.goto(`/${county}/notices`);
  await ready(phone);
  await expect.poll(() => buildsOf(phone, 'office'), SOON).toContain(next);
});

/** What a build leaves that came and was never accepted. */
const cameUnaccepted = (page: Page) =>
  page.evaluate(async () => {
    await (await caches.open('huiyin-pack-citizen-aaaaaaaaaaaaaaaa')).put('/app-shell', new Response());
  });

test('an update keeps the files of the windows that are open, not those nobody accepted', async ({ both, phone }) => {
  await cameUnaccepted(phone);
  const other = await phone.context().newPage();
  await other.goto(`/${county}/help`);
  await ready(other);
  both.replace();
  await other.goto(`/${county}/notices`);
  await accepted(other);
  expect(await buildsOf(other, 'citizen')).toEqual([both.first, await buildNow(other)]);
  expect(await buildNow(phone)).toBe(both.first);
});

test('an update in the only window leaves nothing of older builds', async ({ both, phone }) => {
  await cameUnaccepted(phone);
  both.replace();
  await phone.goto(`/${county}/notices`);
  await accepted(phone);
  expect(await buildsOf(phone, 'citizen')).toEqual([await buildNow(phone)]);
});

/** One registration waits without a network, and no page is open. */
async function waitsAlone(page: Page, more?: () => Promise<void>): Promise<Worker> {
  const context = page.context();
  await settledIn(page);
  const [worker] = context.serviceWorkers();
  await context.setOffline(true);
  await filled(page, '手机已经放回口袋');
  await send(page);
  await isSaved(page);
  await more?.();
  await page.goto('about:blank');
  return worker;
}

/** The network is back, and the browser calls the worker. */
async function synced(page: Page, baseURL: string): Promise<void> {
  await page.context().setOffline(false);
  await backgroundSync(await page.context().newCDPSession(page), new URL(baseURL).origin);
}

/** The outbox as it lies on the disk, read by the worker: a page would send it. */
const heads = (worker: Worker): Promise<{ id: string; phase: string; space?: string }[]> =>
  worker.evaluate(
    () =>
      new Promise((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const all = open.result.transaction('items').objectStore('items').getAll();
          all.onsuccess = () => {
            open.result.close();
            done(all.result.flatMap(({ head }) => (head.startsWith('{') ? [JSON.parse(head)] : [])));
          };
        };
      }),
  );

const tried = async (worker: Worker) => (await heads(worker)).filter(({ phase }) => phase === 'tried').length;

/** Puts records in front of all others that lie in the outbox. */
const inFront = (page: Page, all: string[]) =>
  page.evaluate(
    (all) =>
      new Promise<void>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const written = open.result.transaction('items', 'readwrite');
          for (const [at, head] of all.entries()) {
            const id = `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`;
            written.objectStore('items').put({ head: head.replace('ID', id), sealed: new Uint8Array() }, id);
          }
          written.oncomplete = () => {
            open.result.close();
            done();
          };
        };
      }),
    all,
  );

test('what can go is not kept back by what cannot: letters that were delivered, a record that is damaged', async ({
  page, baseURL,
}) => {
  const delivered = '{"id":"ID","number":1,"phase":"kept","space":"00","letter":"delivered"}';
  const worker = await waitsAlone(page, () => inFront(page, ['?', ...Array<string>(25).fill(delivered)]));
  await synced(page, baseURL!);
  await expect.poll(() => tried(worker), SOON).toBe(1);
});

test('all that waits goes at one call of the browser, twenty at a time', async ({ page, context, baseURL }) => {
  const ids = posted(context);
  const worker = await waitsAlone(page, () => multiply(page, 44, 1));
  await synced(page, baseURL!);
  await expect.poll(() => tried(worker), SOON).toBe(45);
  await expect.poll(() => new Set(ids).size, SOON).toBe(45);
  await page.goto(`/${county}/outbox`);
  await ready(page);
  await expect.poll(() => phases(page), { timeout: 60_000 }).toEqual({ received: 45 });
});

test('nothing leaves of which the disk does not say that it was tried', async ({ page, context, baseURL }) => {
  const ids = posted(context);
  const worker = await waitsAlone(page);
  // A full disk tells when everything is to be written, not before.
  await worker.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...what) {
      const request = put.apply(this, what);
      request.addEventListener('success', () => {
        request.transaction!.abort();
        Object.assign(globalThis, { aborted: true });
      });
      return request;
    };
  });
  await synced(page, baseURL!);
  await expect.poll(() => worker.evaluate(() => 'aborted' in globalThis), SOON).toBe(true);
  await page.waitForTimeout(2000);
  expect(ids).toEqual([]);
  expect(await tried(worker)).toBe(0);
});

test('what a page moves into a space while the worker seals it stays as the page sealed it', async ({
  page, context, baseURL,
}) => {
  const ids = posted(context);
  const worker = await waitsAlone(page);
  await worker.evaluate(() => {
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    const moved = () =>
      new Promise<void>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const written = open.result.transaction('items', 'readwrite');
          const items = written.objectStore('items');
          const all = items.getAll();
          all.onsuccess = () => {
            const head = JSON.parse(all.result[0].head);
            items.put({ head: JSON.stringify({ ...head, space: '00' }), sealed: new Uint8Array(3) }, head.id);
          };
          written.oncomplete = () => {
            open.result.close();
            done();
          };
        };
      });
    crypto.subtle.encrypt = async (...what) => {
      await moved();
      Object.assign(globalThis, { moved: true });
      return encrypt(...what);
    };
  });
  await synced(page, baseURL!);
  await expect.poll(() => worker.evaluate(() => 'moved' in globalThis), SOON).toBe(true);
  await page.waitForTimeout(2000);
  expect(await heads(worker)).toEqual([expect.objectContaining({ phase: 'kept', space: '00' })]);
  expect(ids).toEqual([]);
});

test('the browser is asked to come again while another holds the lock of the outbox', async ({ page }) => {
  const worker = await waitsAlone(page);
  const outcome = await worker.evaluate(() =>
    navigator.locks.request('huiyin-outbox', () => sendWaiting().then(() => 'done', () => 'again')),
  );
  expect(outcome).toBe('again');
  expect(await tried(worker)).toBe(0);
});
