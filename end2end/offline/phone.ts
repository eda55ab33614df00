import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';

/** What broke in a page of the test that runs: a panic of the wasm, an error nobody caught. */
const broken: string[] = [];
const contexts = new Set<BrowserContext>();

/** Listens to every page of the context. What merely could not be fetched is no fault here. */
function listened(context: BrowserContext): BrowserContext {
  contexts.add(context);
  context.on('close', () => contexts.delete(context));
  context.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('panicked at')) broken.push(message.text());
  });
  context.on('weberror', (error) => broken.push(String(error.error())));
  return context;
}

/**
 * A browser context of which the end is not waited for long: closing one whose worker is starting anew can hang in the
 * test runner, and what was tested is over by then. No page of a test may break, whatever else it shows.
 */
export const test = base.extend<{ unbroken: void }, { browser: Browser }>({
  browser: [
    async ({ browser }, use) => {
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => listened(await newContext(options));
      await use(browser);
    },
    { scope: 'worker' },
  ],
  context: async ({ browser, contextOptions, baseURL, locale, timezoneId, viewport, hasTouch, isMobile }, use) => {
    const context = await browser.newContext({
      ...contextOptions, baseURL, locale, timezoneId, viewport, hasTouch, isMobile, serviceWorkers: 'allow',
    });
    await use(context);
    await Promise.race([context.close(), new Promise((done) => setTimeout(done, 10_000))]);
  },
  unbroken: [
    // Over before the context is.
    async ({ context: _ }, use, test) => {
      broken.length = 0;
      await use();
      if (test.status !== test.expectedStatus) for (const context of contexts) await tell(context);
      expect(broken).toEqual([]);
    },
    { auto: true },
  ],
});

/** What the pages of a test that failed show, for whoever has only its output. */
async function tell(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) {
    const hangs = new Promise<string>((done) => setTimeout(done, 3000, 'it does not answer'));
    const shown = await Promise.race([page.locator('body').innerText({ timeout: 2000 }), hangs]).catch(String);
    const media = await Promise.race([count(page, 'media'), hangs]).catch(String);
    console.log(`${page.url()}\n${shown}\nIn its store of photos: ${media}\n`);
  }
}

/** The page works, the service worker has everything, and what everybody may read is on the device. */
export async function settledIn(page: Page): Promise<void> {
  await page.goto(`/${county}`);
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect.poll(() => packs(page)).toContain('citizen');
  // When everything was fetched, up to which change, and when it was looked at last.
  await expect.poll(() => count(page, 'cursors')).toBe(3);
}

/** Looks at the page as axe does, and keeps a picture of it. */
export async function seen(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `artifacts/offline_${name}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target) }))).toEqual([]);
}

/** The packs that are whole. */
export const packs = (page: Pick<Page, 'evaluate'>): Promise<string[]> =>
  page.evaluate(async () => {
    const whole = [];
    for (const name of await caches.keys()) {
      if (await (await caches.open(name)).match('/app-shell')) whole.push(name.split('-')[2]);
    }
    return whole;
  });

/** How many records a store of the device holds. */
export const count = (page: Pick<Page, 'evaluate'>, store: string): Promise<number> =>
  page.evaluate(
    (name) =>
      new Promise<number>((done, failed) => {
        const open = indexedDB.open('huiyin');
        open.onerror = () => failed(open.error);
        open.onsuccess = () => {
          const counted = open.result.transaction(name).objectStore(name).count();
          counted.onsuccess = () => {
            open.result.close();
            done(counted.result);
          };
        };
      }),
    store,
  );

const next = (page: Page) => page.locator('main form').getByRole('button').last().click();

/** The page of a step is there, and no longer the one before: the address changes first. */
async function onStep(page: Page, step: string): Promise<void> {
  await page.waitForURL(new RegExp(`/register/${step}`));
  await expect(page.locator(`main form input[name=step][value=${step}]`)).toHaveCount(1);
}

/** Fills the wizard up to the page where the matter is told. */
async function fillUpToMatter(page: Page): Promise<void> {
  await onStep(page, 'who');
  await page.locator('input[name=for_whom][value=self]').check();
  await page.locator('input[name=name]').fill('示例某');
  await next(page);
  await onStep(page, 'how_many');
  await page.locator('input[name=people]').fill('3');
  await next(page);
  await onStep(page, 'subject');
  await page.locator('input[name=kind][value=request]').check();
  await page.locator('input[name=subject][value=roads]').check();
  await next(page);
  await onStep(page, 'matter');
}

/** From the page where the matter is told, which has its words, to the last one. `more` is done before it is left. */
export async function fillFromMatter(page: Page, more?: () => Promise<void>): Promise<void> {
  await page.locator('select[name=place]').selectOption({ index: 2 });
  await more?.();
  await next(page);
  await onStep(page, 'reach');
  await page.locator('input[name=reach][value=call]').check();
  await page.locator('input[name=phone]').fill('13800138000');
  await next(page);
  await onStep(page, 'secrecy');
  await next(page);
  await page.waitForURL(/check/);
}

/** Fills the wizard up to its last page; nothing in it needs a network. `more` is done where the matter is told. */
export async function fill(page: Page, statement: string, more?: () => Promise<void>): Promise<void> {
  await fillUpToMatter(page);
  await page.locator('textarea[name=statement]').fill(statement);
  await fillFromMatter(page, more);
  await expect(page.locator('main')).toContainText(statement);
}

async function begin(page: Page): Promise<void> {
  await page.goto(`/${county}/register`);
  await ready(page);
  await page.locator('form[action$="/register/start"]').last().getByRole('button').click();
}

/** Begins an ordinary matter, and comes to where it is told. */
export async function begunUpToMatter(page: Page): Promise<void> {
  await begin(page);
  await fillUpToMatter(page);
}

/** Begins an ordinary matter and fills it in. */
export async function filled(page: Page, statement: string, more?: () => Promise<void>): Promise<void> {
  await begin(page);
  await fill(page, statement, more);
}

/** Goes somewhere. What was just received leads on to its slip by itself: of two ways at once the first ends. */
export async function goOn(page: Page, rest: string): Promise<void> {
  const address = `/${county}/${rest}`;
  await page.goto(address).catch(() => page.goto(address));
  await ready(page);
}

export const outboxOf = (page: Page) => goOn(page, 'outbox');

export const isSaved = (page: Page) => expect(page.locator('h1')).toHaveText('已保存在本机');

export const isReceived = (page: Page) => expect(page.locator('h1')).toHaveText(/已收到/, { timeout: 75_000 });

/** The page of the one matter that was filed from here, opened with the code this device keeps. */
export async function ownMatter(page: Page): Promise<void> {
  await page.goto(`/${county}/mine`);
  await ready(page);
  const matter = page.locator('main h2 a');
  const latest = page.getByRole('button', { name: '看最新情况' });
  await expect(matter.or(latest).first()).toBeVisible();
  if (await latest.isVisible()) await latest.click();
  await matter.first().click();
  await page.waitForURL(/\/mine\/cases\//);
  await expect(page.locator('h1')).toHaveText('道路、交通');
}

/** A matter that is filed from this phone, and received; gives its address. */
export async function filedHere(page: Page, statement: string): Promise<string> {
  await filled(page, statement);
  await send(page);
  await isReceived(page);
  await page.waitForURL(/\/mine\?sent=1/);
  await ready(page);
  await ownMatter(page);
  await ready(page);
  return page.url();
}

export const send = (page: Page) => page.locator('form[action$="/register/send"]').getByRole('button').click();

/** Every id this browser posts, in order. */
export function posted(context: BrowserContext): string[] {
  const ids: string[] = [];
  context.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/commands')) return;
    for (const envelope of request.postDataJSON()) ids.push(envelope.id);
  });
  return ids;
}

/** Lets the browser think that the network is back: what it does by itself at a time of its own. */
export async function backgroundSync(devtools: CDPSession, origin: string): Promise<void> {
  const registered = new Promise<string>((done) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find((it) => it.scopeURL.startsWith(origin) && !it.isDeleted);
      if (ours) done(ours.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  await devtools.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag: 'outbox', lastChance: false });
}
