// What happens without a page, beside one, and before there is a receipt.
import { expect, type Page } from '@playwright/test';
import { signIn } from '../official/sign-in';
import { county } from '../routes';
import { ready } from '../ready';
import { overheard } from './at-server';
import {
  backgroundSync, begunUpToMatter, fillFromMatter, filled, isReceived, isSaved, posted, seen, send, settledIn, test,
} from './phone';

test('with no page open the worker sends what waits, and the next page is told what it was told', async ({
  page,
  context,
}) => {
  await settledIn(page);
  const { origin } = new URL(page.url());
  await context.setOffline(true);
  await filled(page, '手机已经放回口袋');
  await send(page);
  await isSaved(page);
  await expect(page.locator('main')).toContainText('这个浏览器一般会自己发出去');
  await page.goto('about:blank');
  await context.setOffline(false);
  await backgroundSync(await context.newCDPSession(page), origin);
  // A page that is only looked at for a moment: its wasm, which would send beside the worker, has not started.
  await page.addInitScript(() => location.protocol === 'about:' || localStorage.removeItem('waits'));
  await expect
    .poll(
      async () => {
        await page.goto(`/${county}/help`);
        const phase = await phaseOf(page);
        await page.goto('about:blank');
        return phase;
      },
      { timeout: 30_000 },
    )
    .toBe('tried');
  const ids = posted(context);
  await page.goto(`/${county}/outbox`);
  await ready(page);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  expect(ids.length).toBeGreaterThan(0);
  expect(new Set(ids).size).toBe(1);
});

const phaseOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const all = open.result.transaction('items').objectStore('items').getAll();
          all.onsuccess = () => {
            open.result.close();
            done(JSON.parse(all.result[0].head).phase);
          };
        };
      }),
  );

test('what another app shares begins a registration, and leaves the phone only when it is sent', async ({
  browser,
  baseURL,
}) => {
  const { address, said, end } = await overheard(baseURL!);
  const context = await browser.newContext({ baseURL: address, serviceWorkers: 'allow' });
  const page = await context.newPage();
  await settledIn(page);
  // As it stands in a body, in an address and in what an address leads to.
  const words = ['水管破了三天', 'example.com/1'];
  const written = (word: string) => [word, encodeURI(word), encodeURIComponent(word)];
  const told = () => words.filter((word) => written(word).some((it) => said().includes(it.toLowerCase())));
  await page.goto('/share?title=村口&text=' + encodeURIComponent(words[0]) + '&url=https://example.com/1');
  await page.waitForURL(/\/register$/);
  await ready(page);
  await expect(page.locator('.inset', { hasText: '您分享来的内容' })).toContainText('水管破了三天');
  await seen(page, 'shared');
  await begunUpToMatter(page);
  await expect(page.locator('textarea[name=statement]')).toHaveValue('村口\n水管破了三天\nhttps://example.com/1');
  await fillFromMatter(page);
  await expect(page.locator('main')).toContainText('水管破了三天');
  // The worker answered from the device, and no address it was in went along with another question.
  expect(told()).toEqual([]);
  await send(page);
  await isReceived(page);
  expect(told()).toEqual(words);
  await context.close();
  end();
});

test('the office finds by the provisional number what became of it', async ({ page, context, browser, baseURL }) => {
  await settledIn(page);
  await context.setOffline(true);
  await filled(page, '先记下临时编号');
  await send(page);
  await isSaved(page);
  const number = await page.locator('h2:has-text("临时编号") + p b').innerText();
  expect(number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await seen(page, 'provisional');
  await context.setOffline(false);
  await isReceived(page);

  const office = await browser.newContext({ baseURL, serviceWorkers: 'block', viewport: { width: 1024, height: 768 } });
  const desk = await office.newPage();
  await signIn(desk, '演示甲');
  await desk.goto(`/${county}/office?find=${number.toLowerCase().replaceAll('-', ' ')}`);
  await expect(desk.locator('main')).toContainText('示**');
  await office.close();
});

test('a notice goes to another app as its address, also without a signal', async ({ page, context }) => {
  await context.addInitScript(() => {
    Object.assign(navigator, { share: async (what: ShareData) => Object.assign(navigator, { what }) });
  });
  await settledIn(page);
  await context.setOffline(true);
  await page.goto(`/${county}/notices`);
  await ready(page);
  await page.locator('.card-whole a').first().click();
  await page.waitForURL(/\/notices\//);
  await page.locator('[data-device=share]').click();
  const shared = () => page.evaluate(() => (navigator as unknown as { what?: ShareData }).what);
  await expect.poll(shared).toEqual({ title: await page.title(), url: page.url() });
});
