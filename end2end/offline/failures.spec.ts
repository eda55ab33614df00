import { readFileSync } from 'node:fs';
import { expect, type JSHandle, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { atTheDesk, filledAs, found, isThereOnce, renamed } from './at-server';
import { test } from './killable';
import {
  begunUpToMatter, count, fill, fillFromMatter, filled, isReceived, isSaved, outboxOf, posted, seen, send, settledIn,
} from './phone';
import { choose, jpeg, photo, taken } from './photo';

test('a lost answer after the commit makes no second record', async ({ page, context }) => {
  const ids = posted(context);
  await settledIn(page);
  const name = await filledAs(page, '答复丢了也只有一件');
  let lost = 0;
  await page.route('**/commands', async (route) => {
    const answer = await route.fetch();
    await (lost++ < 2 ? route.abort() : route.fulfill({ response: answer }));
  });
  await send(page);
  await isReceived(page);
  expect(ids.length).toBe(3);
  expect(new Set(ids).size).toBe(1);
  await isThereOnce(context, name);
});

test('a repeat that meets 503, 502 and a portal is kept and goes on', async ({ page, context }) => {
  const ids = posted(context);
  await settledIn(page);
  const name = await filledAs(page, '服务器忙的时候也不会丢');
  const bad = [
    { status: 503, headers: { 'retry-after': '1' }, body: 'busy' },
    { status: 502, body: 'bad gateway' },
    { status: 200, contentType: 'text/html', body: '<html><body>请登录 Wi-Fi</body></html>' },
    { status: 200, contentType: 'application/json', body: '[{"answer":"something_new"}]' },
    { status: 302, headers: { location: '/healthz' } },
  ];
  await page.route('**/commands', async (route) => {
    const answer = bad.shift();
    await (answer ? route.fulfill(answer) : route.continue());
  });
  await send(page);
  await page.waitForURL(/\/sent\//);
  await expect(page.locator('h1')).toHaveText('已保存在本机');
  await isReceived(page);
  expect(new Set(ids).size).toBe(1);
  await isThereOnce(context, name);
});

/** The second of them is given back. */
async function twoTabs(page: Page): Promise<Page> {
  const context = page.context();
  const ids = posted(context);
  await settledIn(page);
  const name = await filledAs(page, '两个窗口只算一件');
  await context.setOffline(true);
  await send(page);
  await page.waitForURL(/\/sent\//);
  const other = await context.newPage();
  await other.goto(`/${county}/outbox`);
  await ready(other);
  await expect(other.locator('.card')).toHaveCount(1);
  await context.setOffline(false);
  await isReceived(page);
  await expect(other.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  expect(new Set(ids).size).toBe(1);
  await isThereOnce(context, name);
  return other;
}

test('two tabs with one item send it as one', async ({ page }) => {
  await twoTabs(page);
});

test('so do two tabs of a browser in which neither knows of the other', async ({ page, context }) => {
  await context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'locks');
    Reflect.deleteProperty(window, 'BroadcastChannel');
  });
  const other = await twoTabs(page);
  expect(await other.evaluate(() => 'locks' in navigator || 'BroadcastChannel' in window)).toBe(false);
});

test('an item the server sends back blocks no other, and is put right under a new id', async ({ page, context }) => {
  const ids = posted(context);
  await settledIn(page);
  await context.setOffline(true);
  await filled(page, '这一件会被退回');
  await send(page);
  await page.waitForURL(/\/sent\//);
  await filled(page, '这一件没有问题');
  await send(page);
  await page.waitForURL(/\/sent\//);
  await expect(page.locator('.status')).toContainText('2 件待发');
  // The server takes one and refuses the other.
  await page.route('**/commands', async (route) => {
    const answer = await route.fetch({
      postData: JSON.stringify(route.request().postDataJSON().filter((it: unknown) => !JSON.stringify(it).includes('退回'))),
    });
    const received = await answer.json();
    const answers = route.request().postDataJSON().map((it: unknown) =>
      JSON.stringify(it).includes('退回') ? { answer: 'rejected', reason: { kind: 'refused', refusal: { why: 'visit_cancelled' } } } : received.shift(),
    );
    await route.fulfill({ json: answers });
  });
  await context.setOffline(false);
  await page.goto(`/${county}/outbox`);
  await ready(page);
  const sentBack = page.locator('.card', { hasText: '需要您看一下' });
  await expect(sentBack).toHaveCount(1, { timeout: 60_000 });
  await expect(page.locator('.card', { hasText: '已收到' })).toHaveCount(1);
  await seen(page, 'needs_you');
  // What was written can be taken along, whatever becomes of it.
  const download = page.waitForEvent('download');
  await sentBack.getByRole('button', { name: '存成文件' }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^huiyin-[0-9A-Z-]+\.txt$/);
  const words = readFileSync(await saved.path(), 'utf8');
  expect(words).toContain('这一件会被退回');
  expect(words).toContain('保存时间');
  const first = new Set(ids);
  await page.unroute('**/commands');
  await sentBack.getByRole('button', { name: '修改后重新发送' }).click();
  await page.waitForURL(/\/register\/check/);
  await expect(page.locator('main')).toContainText('这一件会被退回');
  await send(page);
  await isReceived(page);
  expect(new Set(ids).size).toBe(first.size + 1);
});

test('what was typed outlives a browser that is closed in the middle', async ({ killable: { line, phone } }) => {
  const page = await phone.start();
  await settledIn(page);
  await line.down();
  await page.goto(`/${county}/register`);
  await ready(page);
  await page.locator('form[action$="/register/start"]').last().getByRole('button').click();
  await page.waitForURL(/\/register\/who/);
  await page.locator('input[name=for_whom][value=self]').check();
  await page.locator('input[name=name]').fill('示例某');
  await page.locator('main form').getByRole('button').last().click();
  await page.waitForURL(/how_many/);
  await phone.stop();
  const again = await phone.start();
  await again.goto(`/${county}/register`);
  await ready(again);
  await seen(again, 'unfinished');
  await again.getByRole('button', { name: '接着填' }).click();
  await again.waitForURL(/how_many/);
  await again.goto(`/${county}/register/who`);
  await ready(again);
  await expect(again.locator('input[name=name]')).toHaveValue('示例某');
});

test('a record that was changed behind our back is set aside and said', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  await filled(page, '记录被改');
  await send(page);
  await page.waitForURL(/\/sent\//);
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const transaction = open.result.transaction('items', 'readwrite');
          const store = transaction.objectStore('items');
          store.openCursor().onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursorWithValue>).result;
            if (!cursor) return;
            cursor.value.sealed[20] ^= 1;
            cursor.update(cursor.value);
          };
          transaction.oncomplete = () => {
            open.result.close();
            done();
          };
        };
      }),
  );
  await page.goto(`/${county}/outbox`);
  await ready(page);
  await expect(page.locator('main')).toContainText('1 条记录打不开');
  // The rest goes on.
  await filled(page, '后面的照发');
  await context.setOffline(false);
  await send(page);
  await isReceived(page);
});

/** Everything on the device that can be read without its key, and the names in the two storages of the page. */
const readable = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ text: string; local: string[]; session: string[] }>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const names = [...open.result.objectStoreNames];
          const transaction = open.result.transaction(names);
          const found: unknown[] = [];
          for (const name of names) {
            transaction.objectStore(name).getAllKeys().onsuccess = (event) => {
              found.push(JSON.stringify((event.target as IDBRequest).result));
            };
            transaction.objectStore(name).getAll().onsuccess = (event) => {
              for (const record of (event.target as IDBRequest).result) {
                const sealed = record?.sealed ? new TextDecoder().decode(record.sealed) : '';
                found.push(JSON.stringify(record), sealed);
              }
            };
          }
          transaction.oncomplete = () => {
            open.result.close();
            for (const storage of [localStorage, sessionStorage]) found.push(JSON.stringify({ ...storage }));
            const [local, session] = [localStorage, sessionStorage].map((storage) => Object.keys(storage).sort());
            done({ text: found.join('\n'), local, session });
          };
        };
      }),
  );

/** That something waits, and how the page was made. */
const harmless = { local: ['waits'], session: ['site'] };

test('nothing a person wrote lies readable on the device', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  await filled(page, '这句话不该被看到');
  await send(page);
  await page.waitForURL(/\/sent\//);
  const { text, ...storages } = await readable(page);
  expect(storages).toEqual(harmless);
  expect(text.length).toBeGreaterThan(500);
  for (const secret of ['这句话', '示例某', '13800138000']) expect(text).not.toContain(secret);
});

test('nor does anything that a receipt brings: the code, the secret of the QR, the token of its photos', async ({
  page,
  context,
}) => {
  await settledIn(page);
  // The words come through, their photo does not: its token is still wanted.
  const secrets: string[] = [];
  await context.route('**/uploads**', (route) => route.abort());
  await context.route('**/commands', async (route) => {
    const answer = await route.fetch();
    const [{ receipt }] = await answer.json();
    secrets.push(receipt.code.short, receipt.private_secret, receipt.upload);
    await route.fulfill({ response: answer });
  });
  await filled(page, '塌方', async () => {
    await choose(page, [jpeg('一.jpg', await photo(page, 800, 600))]);
    await expect(taken(page)).toHaveCount(1, { timeout: 30_000 });
  });
  await send(page);
  await isReceived(page);
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('还有');
  await expect.poll(() => count(page, 'own')).toBe(1);
  const { text, ...storages } = await readable(page);
  expect(storages).toEqual(harmless);
  expect(secrets).toHaveLength(3);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(9);
    expect(text).not.toContain(secret);
  }
});

test('without storage everything works online, and the page says what is missing', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'allow' });
  await context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  const page = await context.newPage();
  await page.goto(`/${county}/register`);
  await ready(page);
  await page.locator('form[action$="/register/start"]').last().getByRole('button').click();
  await fill(page, '没有本机存储也能登记');
  await send(page);
  await page.waitForURL(/\/mine\?sent=1/);
  await page.goto(`/${county}/outbox`);
  await ready(page);
  await expect(page.locator('main')).toContainText('不能在本机保存');
  await context.close();
});

/** What is typed first is sealed when the test says so. Tells whether it is about to be, and whether it is kept. */
async function heldUp(page: Page, first: string, second: string): Promise<JSHandle<Held>> {
  return page.evaluateHandle(
    ([first, second]) => {
      const { encrypt } = SubtleCrypto.prototype;
      const { put } = IDBObjectStore.prototype;
      let last = '';
      const held = { is: 'awaited', letGo: () => {} };
      const end = (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>) => new Uint8Array(bytes).slice(-16).join();
      const waited = new Promise<void>((done) => (held.letGo = done));
      SubtleCrypto.prototype.encrypt = async function (how, key, plain) {
        const text = new TextDecoder().decode(plain);
        const sealed = await encrypt.call(this, how, key, plain);
        if (held.is !== 'awaited' || !text.includes(first) || text.includes(second)) return sealed;
        held.is = 'held';
        await waited;
        last = end(sealed);
        return sealed;
      };
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, value, key) {
        if (last && value?.sealed && end(value.sealed) === last) {
          this.transaction.addEventListener('complete', () => (held.is = 'kept'));
        }
        return put.call(this, value, key);
      };
      return held;
    },
    [first, second],
  );
}

interface Held {
  is: string;
  letGo: () => void;
}

test('what is kept while somebody types does not undo what is sent on right after', async ({ page }) => {
  await settledIn(page);
  await begunUpToMatter(page);
  // A phone that is busy seals the first of two changes later than the second.
  const held = await heldUp(page, '先写的', '后来补的');
  await page.locator('textarea[name=statement]').fill('先写的');
  await expect.poll(() => held.evaluate((it) => it.is)).toBe('held');
  await page.locator('textarea[name=statement]').fill('先写的，后来补的');
  const goesOn = fillFromMatter(page);
  // The second has had its time: it may be kept by now, or wait for the first.
  await page.waitForTimeout(2000);
  expect(await held.evaluate((it) => it.is)).toBe('held');
  await held.evaluate((it) => it.letGo());
  await goesOn;
  await expect.poll(() => held.evaluate((it) => it.is)).toBe('kept');
  await page.reload();
  await ready(page);
  await expect(page.locator('main')).toContainText('先写的，后来补的');
});

test('two tabs with one page and other words in each send two, and mix nothing', async ({ page, context }) => {
  const ids = posted(context);
  await settledIn(page);
  await context.setOffline(true);
  const words = ['先开的窗口里写的', '后开的窗口里改的'];
  const first = await filledAs(page, words[0]);
  const other = await context.newPage();
  await other.goto(`/${county}/register/matter`);
  await ready(other);
  await other.locator('textarea[name=statement]').fill(words[1]);
  await other.locator('main form').getByRole('button').last().click();
  await other.waitForURL(/\/register\/check/);
  const second = await renamed(other);
  await expect(other.locator('main')).toContainText(words[1]);
  // The tab that was there before shows what it was opened with, under the same id.
  await expect(page.locator('main')).toContainText(words[0]);
  const idIn = (tab: Page) => tab.locator('form[action$="/register/send"] input[name=id]').inputValue();
  const id = await idIn(page);
  expect(await idIn(other)).toBe(id);
  await send(page);
  await isSaved(page);
  await send(other);
  await isSaved(other);
  await outboxOf(page);
  await expect(page.locator('.card')).toHaveCount(2);
  await context.setOffline(false);
  await expect(page.locator('.card', { hasText: '已收到' })).toHaveCount(2, { timeout: 60_000 });
  expect(new Set(ids).size).toBe(2);
  expect(ids).toContain(id);
  await atTheDesk(context, async (desk) => {
    for (const [at, name] of [first, second].entries()) {
      await found(desk, name, 1);
      await desk.locator('tbody th a').click();
      await expect(desk.locator('main')).toContainText(words[at]);
      for (const strange of [words[1 - at], [first, second][1 - at]]) {
        await expect(desk.locator('main')).not.toContainText(strange);
      }
    }
  });
});

test('an item the server fails with each time needs its person, and no other waits', async ({ page, context }) => {
  test.setTimeout(300_000);
  await settledIn(page);
  await context.setOffline(true);
  const name = await filledAs(page, '一处理就出错');
  await send(page);
  await isSaved(page);
  let failed = 0;
  await context.route('**/commands', (route) => {
    if (!route.request().postData()?.includes('一处理就出错')) return route.continue();
    failed += 1;
    return route.fulfill({ status: 500, body: 'failed' });
  });
  await context.setOffline(false);
  await outboxOf(page);
  const card = page.locator('.card', { hasText: '需要您看一下' });
  const sendNow = page.getByRole('button', { name: '现在发送' });
  // Its person looks around in one page, which the server serves, and asks again.
  await expect(async () => {
    const before = failed;
    await page.locator('a[href$="/notices"]').last().click();
    await expect(page.locator('.card-whole').first()).toBeVisible();
    await page.locator('.status a[href$="/outbox"]').click();
    await expect(sendNow.or(card).first()).toBeVisible();
    if (await sendNow.isVisible()) await sendNow.click();
    await expect.poll(async () => failed > before || (await card.isVisible())).toBe(true);
    await expect(card).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 150_000 });
  await expect(card).toContainText('我们这边处理这一件时出了问题');
  await seen(page, 'trouble');
  const tries = failed;
  const other = await filledAs(page, '这一件没有毛病');
  await send(page);
  await isReceived(page);
  expect(failed).toBe(tries);
  await context.unroute('**/commands');
  await outboxOf(page);
  await card.getByRole('button', { name: '再发一次' }).click();
  await expect(page.locator('.card', { hasText: '已收到' })).toHaveCount(2, { timeout: 60_000 });
  for (const one of [name, other]) await isThereOnce(context, one);
});
