// A phone that several people use: nobody sees another's, and what waits goes all the same.
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { begunUpToMatter, count, filled, isReceived, outboxOf, seen, send, settledIn, test } from './phone';
import { isThere, lock, locks, makeSpace, open, opens, sentOffline, spacesOf } from './space';

/** Everything that can be read on the device without a key. */
const readable = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = async () => {
          const names = [...open.result.objectStoreNames];
          const stores = open.result.transaction(names);
          const all = names.map(
            (name) =>
              new Promise<string>((read) => {
                const keys = stores.objectStore(name).getAllKeys();
                const records = stores.objectStore(name).getAll();
                records.onsuccess = () => {
                  read(JSON.stringify([name, keys.result, records.result.map((it) => it?.head)]));
                };
              }),
          );
          const text = (await Promise.all(all)).join('\n');
          open.result.close();
          done(text);
        };
      }),
  );

interface Posted {
  id?: string;
  letter?: string;
}

function posts(page: Page): Posted[] {
  const all: Posted[] = [];
  page.context().on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/commands')) all.push(...request.postDataJSON());
  });
  return all;
}

test('what waits in a locked space goes as a letter, and its person is told the receipt', async ({ page, context }) => {
  await settledIn(page);
  const all = posts(page);
  const number = await sentOffline(page, '这件事只有妈妈知道');
  await makeSpace(page, '妈妈');
  await seen(page, 'space_open');
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已保存在本机');
  await lock(page);
  await seen(page, 'space_locked');
  await outboxOf(page);
  await expect(page.locator('main')).toContainText('上锁的空间里还有 1 件等着发送');
  await expect(page.locator('.card')).toHaveCount(0);
  await seen(page, 'outbox_locked');

  await context.setOffline(false);
  await outboxOf(page);
  await expect.poll(() => all.length, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(page.locator('main')).not.toContainText('件等着发送', { timeout: 60_000 });
  expect(all.every((it) => it.letter && !it.id)).toBe(true);
  await isThere(page, number);
  await seen(page, 'number_received');
  // The receipt is not on this phone before its person opens the space.
  expect(await count(page, 'own')).toBe(0);

  await spacesOf(page);
  await open(page, '314159');
  await expect(page.locator('.error-summary')).toContainText('密码不对');
  await seen(page, 'space_wrong_pin');
  await open(page);
  await expect(locks(page)).toBeVisible();
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  expect(await count(page, 'own')).toBe(1);
  expect(new Set(all.map((it) => it.letter ?? it.id)).size).toBe(1);
});

/** Registers, and gives the number of the case once it is received. */
async function caseOf(page: Page, statement: string): Promise<string> {
  await filled(page, statement);
  await send(page);
  await isReceived(page);
  await page.waitForURL(/\/mine/);
  await ready(page);
  return page.locator('.case-number').first().innerText();
}

/** Begins a registration, and leaves it. */
async function begun(page: Page, name: string): Promise<void> {
  await page.goto(`/${county}/register`);
  await ready(page);
  await page.locator('form[action$="/register/start"]').last().getByRole('button').click();
  await page.waitForURL(/\/register\/who/);
  await page.locator('input[name=for_whom][value=self]').check();
  await page.locator('input[name=name]').fill(name);
  await page.locator('main form').getByRole('button').last().click();
  await page.waitForURL(/how_many/);
}

/** What this device has, as its pages say: a draft, what was sent, and the code of it. One of each, and theirs. */
async function seesOnly(page: Page, theirs: string, anothers: string): Promise<void> {
  const main = page.locator('main');
  const lists = [
    ['/register', page.getByRole('button', { name: '接着填' })],
    ['/outbox', page.locator('.card', { hasText: '已收到' })],
    ['/mine', page.getByRole('button', { name: '看最新情况' })],
  ] as const;
  for (const [path, list] of lists) {
    await page.goto(`/${county}${path}`);
    await ready(page);
    // What a device has comes all at once, a moment after the page.
    await expect(list.first()).toBeVisible();
    expect(await list.count()).toBe(1);
    await expect(main).not.toContainText(anothers);
  }
  await page.locator('summary', { hasText: '查看我的事项' }).click();
  await expect(main.locator('.case-number', { hasText: theirs }).last()).toBeVisible();
}

const inTab = (page: Page) => page.evaluate(() => Object.keys(sessionStorage).sort());

test('in one space nothing of another is seen, drafts and codes neither', async ({ page, context }) => {
  await settledIn(page);
  await makeSpace(page, '爷爷', '111222');
  const his = await caseOf(page, '爷爷的水渠');
  await begun(page, '草稿里的名字');
  // The tab's half of the key is there as long as the space is open.
  expect(await inTab(page)).toEqual(['site', 'space']);
  await lock(page);
  expect(await inTab(page)).toEqual(['site']);
  // Neither who holds the locked phone nor who opens a space of their own, which takes over what was everybody's.
  const everybodys = await caseOf(page, '桥栏杆松了');
  // The reading session is over: what is seen now comes from the device.
  await context.clearCookies();
  await begun(page, '另一份草稿');
  await seesOnly(page, everybodys, his);
  await makeSpace(page, '孙子', '333444');
  await seesOnly(page, everybodys, his);
  const text = await readable(page);
  for (const secret of ['水渠', '草稿', '13800138000', his]) expect(text).not.toContain(secret);
  // Another tab has to open it for itself.
  const other = await context.newPage();
  await spacesOf(other);
  await expect(opens(other)).toHaveCount(2);
  await other.close();
  await lock(page);
  const grandfather = page.locator('section.card', { hasText: '爷爷' });
  await grandfather.locator('input').fill('111222');
  await grandfather.getByRole('button', { name: '打开' }).click();
  await expect(locks(page)).toBeVisible();
  await seesOnly(page, his, everybodys);
});

test('a space that is thrown away leaves nothing but its letters, which go', async ({ page, context }) => {
  await settledIn(page);
  const number = await sentOffline(page, '扔掉以前写的');
  await makeSpace(page, '二叔');
  await lock(page);
  await page.getByText('忘了密码').click();
  await page.getByRole('button', { name: '扔掉这个空间' }).click();
  await expect(page.locator('section.card')).toHaveCount(0);
  await expect(page.locator('main')).toContainText('还有 1 件等着发送');
  expect(await count(page, 'drafts')).toBe(0);
  await context.setOffline(false);
  await expect(page.locator('main')).not.toContainText('件等着发送', { timeout: 60_000 });
  await isThere(page, number);
  expect(await count(page, 'items')).toBe(0);
  expect(await count(page, 'contents')).toBe(0);
});

test('wrong PINs have to wait; a page that is opened anew in the same tab has not', async ({ page }) => {
  await settledIn(page);
  await makeSpace(page, '妈妈');
  await page.reload();
  await ready(page);
  await expect(locks(page)).toBeVisible();
  await lock(page);
  for (let tries = 1; tries <= 5; tries++) {
    await open(page, '000000');
    await expect(page.locator('.error-summary')).toContainText('密码不对');
    await page.reload();
    await ready(page);
  }
  await open(page);
  await expect(page.locator('.error-summary')).toContainText('错的次数多了');
  await seen(page, 'space_wait');
});

test('somebody who looks just as a space is made does not lock it', async ({ page }) => {
  // The device is about to note for how long it is open.
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (String(key).startsWith('turn/') && !sessionStorage.getItem('space')) dispatchEvent(new Event('online'));
      return put.call(this, value, key);
    };
  });
  await settledIn(page);
  await makeSpace(page, '妈妈');
  await page.waitForFunction(() => sessionStorage.getItem('space'));
  await page.reload();
  await ready(page);
  await expect(locks(page)).toBeVisible();
  expect(page.url()).not.toContain('locked');
});

test('a space nobody looks at is locked', async ({ page }) => {
  await page.clock.install();
  await settledIn(page);
  await makeSpace(page, '妈妈');
  await page.clock.fastForward(11 * 60_000);
  await page.waitForURL(/spaces\?locked=1/);
  await ready(page);
  await expect(page.locator('main')).toContainText('已经锁上');
  await expect(opens(page)).toBeVisible();
});

test('locking one tab locks the others, and ends the reading session, late where there is no signal', async ({
  page,
  context,
}) => {
  await settledIn(page);
  await makeSpace(page, '妈妈');
  await filled(page, '看完就锁上');
  await send(page);
  await isReceived(page);
  await page.waitForURL(/\/mine/);
  await ready(page);
  const mine = () => page.request.get(`/api/v1/${county}/mine`).then((answer) => answer.status());
  expect(await mine()).toBe(200);
  const other = await context.newPage();
  await spacesOf(other);
  await open(other);
  await expect(locks(other)).toBeVisible();
  const leave = `**/${county}/follow/leave`;
  await context.route(leave, (route) => route.abort());
  const looked = (tab: Page) =>
    tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await lock(page);
  await looked(other);
  await other.waitForURL(/spaces\?locked=1/);
  await expect(opens(other)).toBeVisible();
  await seen(other, 'space_was_locked');
  await other.close();
  expect(await mine()).toBe(200);
  await context.unroute(leave);
  // What sends is started a moment after the page.
  await page.waitForTimeout(2000);
  await looked(page);
  await expect.poll(mine, { timeout: 30_000 }).toBe(401);
});

test("what is everybody's goes while a space is open, and stays outside of it", async ({ page, context }) => {
  await settledIn(page);
  await makeSpace(page, '妈妈');
  await caseOf(page, '妈妈自己的事');
  await lock(page);
  await sentOffline(page, '大家都能看的事');
  await spacesOf(page);
  await open(page);
  await expect(locks(page)).toBeVisible();
  await outboxOf(page);
  await expect(page.locator('main')).toContainText('另有 1 件不在这个空间里');
  // Hers is there, and nothing else.
  const card = page.locator('.card');
  await expect(card).toHaveCount(1);
  await expect(card).toContainText('已收到');
  await context.setOffline(false);
  await expect(page.locator('main')).not.toContainText('不在这个空间里', { timeout: 60_000 });
  await expect(card).toHaveCount(1);
  expect(await count(page, 'own')).toBe(2);
  const codes = page.getByRole('button', { name: '看最新情况' });
  await page.goto(`/${county}/mine`);
  await ready(page);
  await expect(codes.first()).toBeVisible();
  expect(await codes.count()).toBe(1);
  await lock(page);
  await outboxOf(page);
  await expect(card).toHaveCount(1);
  await expect(card).toContainText('已收到');
  await page.goto(`/${county}/mine`);
  await expect(codes.first()).toBeVisible();
  expect(await codes.count()).toBe(1);
});

test('what is still typed into a page that locks itself is nobody’s', async ({ page, context }) => {
  await page.clock.install();
  await settledIn(page);
  await makeSpace(page, '手机放下很久');
  await begunUpToMatter(page);
  await page.locator('textarea[name=statement]').pressSequentially('锁之前');
  await page.clock.runFor(2000);
  // Leaving at the server hangs: the locked page stays a while.
  await context.route('**/follow/leave', () => {});
  const drafts = await count(page, 'drafts');
  await page.clock.fastForward(11 * 60_000);
  await expect(page.locator('body')).toBeHidden();
  await page.evaluate(() => {
    const typed = document.querySelector<HTMLTextAreaElement>('textarea[name=statement]')!;
    typed.value += '，锁之后写的';
    typed.dispatchEvent(new Event('input', { bubbles: true }));
  });
  // It would be kept by then, while the page is still there.
  await page.clock.runFor(800);
  await page.waitForTimeout(500);
  await page.clock.runFor(5000);
  await page.waitForURL(/spaces\?locked=1/);
  await ready(page);
  expect(await count(page, 'drafts')).toBe(drafts);
});
