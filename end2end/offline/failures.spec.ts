import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { begunUpToMatter, fill, fillFromMatter, filled, isReceived, posted, seen, send, settledIn, test } from './phone';

test('a lost answer after the commit makes no second record', async ({ page, context }) => {
  const ids = posted(context);
  await settledIn(page);
  await filled(page, '答复丢了也只有一件');
  let lost = 0;
  await page.route('**/commands', async (route) => {
    const answer = await route.fetch();
    await (lost++ < 2 ? route.abort() : route.fulfill({ response: answer }));
  });
  await send(page);
  await isReceived(page);
  expect(ids.length).toBe(3);
  expect(new Set(ids).size).toBe(1);
});

test('a repeat that meets 503, 502 and a portal is kept and goes on', async ({ page, context }) => {
  const ids = posted(context);
  await settledIn(page);
  await filled(page, '服务器忙的时候也不会丢');
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
});

/** The second of them is given back. */
async function twoTabs(page: Page): Promise<Page> {
  const context = page.context();
  const ids = posted(context);
  await settledIn(page);
  await filled(page, '两个窗口只算一件');
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

test('what was typed outlives a browser that is closed in the middle', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  await page.goto(`/${county}/register`);
  await ready(page);
  await page.locator('form[action$="/register/start"]').last().getByRole('button').click();
  await page.waitForURL(/\/register\/who/);
  await page.locator('input[name=for_whom][value=self]').check();
  await page.locator('input[name=name]').fill('示例某');
  await page.locator('main form').getByRole('button').last().click();
  await page.waitForURL(/how_many/);
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
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

test('nothing a person wrote lies readable on the device', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  await filled(page, '这句话不该被看到');
  await send(page);
  await page.waitForURL(/\/sent\//);
  const all = await page.evaluate(
    () =>
      new Promise<string>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const names = [...open.result.objectStoreNames];
          const transaction = open.result.transaction(names);
          const found: unknown[] = [];
          for (const name of names) {
            transaction.objectStore(name).getAll().onsuccess = (event) => {
              for (const record of (event.target as IDBRequest).result) {
                const sealed = record?.sealed ? new TextDecoder().decode(record.sealed) : '';
                found.push(JSON.stringify(record), sealed);
              }
            };
          }
          transaction.oncomplete = () => done(found.join('\n') + JSON.stringify({ ...localStorage }));
        };
      }),
  );
  expect(all.length).toBeGreaterThan(500);
  for (const secret of ['这句话', '示例某', '13800138000']) expect(all).not.toContain(secret);
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

test('what is kept while somebody types does not undo what is sent on right after', async ({ page }) => {
  await settledIn(page);
  await begunUpToMatter(page);
  // A phone that is busy seals the first of two changes later than the second.
  await page.evaluate(() => {
    const { encrypt } = SubtleCrypto.prototype;
    let first = true;
    SubtleCrypto.prototype.encrypt = async function (...sealed) {
      if (first) {
        first = false;
        await new Promise((done) => setTimeout(done, 2000));
      }
      return encrypt.apply(this, sealed);
    };
  });
  await page.locator('textarea[name=statement]').fill('先写的');
  // It is being kept by now.
  await page.waitForTimeout(700);
  await page.locator('textarea[name=statement]').fill('先写的，后来补的');
  await fillFromMatter(page);
  await page.waitForTimeout(2500);
  await page.reload();
  await ready(page);
  await expect(page.locator('main')).toContainText('先写的，后来补的');
});
