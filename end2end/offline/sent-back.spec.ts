// What came back is put right where it was written; what fails on the way comes back to nobody.
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { county } from '../routes';
import { isThereOnce, renamed } from './at-server';
import { ready } from '../ready';
import { filedHere, filled, isReceived, isSaved, outboxOf, posted, seen, send } from './phone';
import { choose, jpeg, kept, photo, places, taken } from './photo';
import { test } from './road';

const note = (page: Page) => page.locator('#note');

/** A message about a matter, tapped without a signal. */
async function noted(page: Page, matter: string, words: string, waiting: number): Promise<void> {
  await page.goto(matter);
  await ready(page);
  await note(page).fill(words);
  await page.locator('form[action$="/note"]').getByRole('button').click();
  await expect(page.locator('.status')).toContainText(`${waiting} 件待发`);
}

/** Answers the next request of the outbox in the server's place. */
async function answerOnce(context: BrowserContext, reason: object): Promise<void> {
  const answers = [{ answer: 'rejected', reason }];
  await context.route('**/commands', (route) => route.fulfill({ json: answers }), { times: 1 });
}

/** What is posted, in its order. */
function said(context: BrowserContext): () => object[] {
  const bodies: object[] = [];
  context.on('request', (request) => {
    if (request.url().endsWith('/commands')) bodies.push(...(request.postDataJSON() as object[]));
  });
  return () => bodies;
}

/** The same, from elsewhere. */
async function postedAgain(context: BrowserContext, envelope: object): Promise<Array<Record<string, unknown>>> {
  const answer = await context.request.post(`/api/v1/${county}/commands`, { data: [envelope] });
  return answer.json();
}

/** Changes a byte of what was sealed in one record. */
const spoil = (page: Page, store: string, key: string) =>
  page.evaluate(
    ([name, begins]) =>
      new Promise<void>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const transaction = open.result.transaction(name!, 'readwrite');
          transaction.objectStore(name!).openCursor().onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursorWithValue>).result;
            if (!cursor) return;
            if (String(cursor.key).startsWith(begins!)) {
              cursor.value.sealed[20] ^= 1;
              cursor.update(cursor.value);
            }
            cursor.continue();
          };
          transaction.oncomplete = () => {
            open.result.close();
            done();
          };
        };
      }),
    [store, key],
  );

/** The ids of what waits, in the order it was made. */
const waiting = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const all = open.result.transaction('items').objectStore('items').getAll();
          all.onsuccess = () => {
            open.result.close();
            const heads = all.result.map(({ head }) => JSON.parse(head));
            const waits = heads.filter(({ phase }) => phase === 'kept' || phase === 'tried');
            done(waits.sort((a, b) => a.number - b.number).map(({ id }) => id));
          };
        };
      }),
  );

test('a message that was sent back is put right in its field and goes under a new id', async ({ line, road }) => {
  const matter = await filedHere(road, '路灯坏了，要补充');
  const [ids, envelopes] = [posted(road.context()), said(road.context())];
  await line.down();
  await noted(road, matter, '灯杆也歪了', 1);
  await answerOnce(road.context(), { kind: 'refused', refusal: { why: 'not_found' } });
  await line.up();
  await outboxOf(road);
  const card = road.locator('.card', { hasText: '需要您看一下' });
  await expect(card).toContainText('灯杆也歪了', { timeout: 60_000 });
  await seen(road, 'note_sent_back');
  await card.getByRole('button', { name: '修改后重新发送' }).click();
  await road.waitForURL(/\/mine\/cases\//);
  await expect(note(road)).toHaveValue('灯杆也歪了');
  await note(road).fill('灯杆也歪了，在村口');
  await road.locator('form[action$="/note"]').getByRole('button').click();
  await road.waitForURL(/done=note/);
  await ready(road);
  await expect(road.locator('.timeline')).toContainText('灯杆也歪了，在村口');
  expect(new Set(ids).size).toBe(2);
  await outboxOf(road);
  await expect(road.locator('.card', { hasText: '需要您看一下' })).toHaveCount(0);
  // As it was, it may come from elsewhere yet: it makes no second.
  const [told] = await postedAgain(road.context(), envelopes()[0]!);
  expect(told).toMatchObject({ answer: 'rejected', reason: { kind: 'replaced', by: ids[1] } });
});

test('what was sent back and then came on another way is not registered as well', async ({ line, road }) => {
  await filled(road, '水渠堵了', async () => {
    await choose(road, [jpeg('水渠.jpg', await photo(road, 640, 480))]);
    await expect(taken(road)).toHaveCount(1, { timeout: 30_000 });
  });
  const name = await renamed(road);
  const envelopes = said(road.context());
  await line.down();
  await send(road);
  await isSaved(road);
  await answerOnce(road.context(), { kind: 'refused', refusal: { why: 'not_found' } });
  await line.up();
  await outboxOf(road);
  const card = road.locator('.card', { hasText: '需要您看一下' });
  await expect(card).toHaveCount(1, { timeout: 60_000 });
  // Somebody else carried it.
  const [carried] = await postedAgain(road.context(), envelopes()[0]!);
  expect(carried.answer).toBe('received');
  await card.getByRole('button', { name: '修改后重新发送' }).click();
  await road.waitForURL(/\/register\/check/);
  await ready(road);
  await send(road);
  await road.waitForURL(/\/sent\//);
  await outboxOf(road);
  await expect(card).toContainText('改之前的那一份后来已经收到了', { timeout: 60_000 });
  await expect(card.getByRole('button', { name: '修改后重新发送' })).toHaveCount(0);
  // And its receipt is here.
  const received = road.locator('.card', { hasText: '已收到' });
  await expect(received).toHaveCount(1, { timeout: 60_000 });
  // So is the photo it named, which had gone on to what was made of it.
  await expect.poll(() => places(road), { timeout: 60_000 }).toEqual(['received']);
  await seen(road, 'came_after_all');
  await isThereOnce(road.context(), name);
  await line.down();
  await received.getByRole('link', { name: '查看回执' }).click();
  await expect(road.locator('h1')).toHaveText('已收到');
  await expect(road.locator('main')).toContainText('查询码');
});

test('a message that came on another way before it was put right is not written twice', async ({ line, road }) => {
  const matter = await filedHere(road, '路灯坏了，要补充');
  const envelopes = said(road.context());
  await line.down();
  await noted(road, matter, '灯杆歪了', 1);
  await answerOnce(road.context(), { kind: 'refused', refusal: { why: 'not_found' } });
  await line.up();
  await outboxOf(road);
  const card = road.locator('.card', { hasText: '需要您看一下' });
  await card.getByRole('button', { name: '修改后重新发送' }).click({ timeout: 60_000 });
  await road.waitForURL(/\/mine\/cases\//);
  const [carried] = await postedAgain(road.context(), envelopes()[0]!);
  expect(carried.answer).toBe('received');
  await note(road).fill('灯杆歪了，在村口');
  await road.locator('form[action$="/note"]').getByRole('button').click();
  await expect(road.locator('main')).toContainText('改之前的那一份后来已经收到了');
  await expect(note(road)).toHaveValue('灯杆歪了，在村口');
  await seen(road, 'note_came_after_all');
  await road.goto(matter);
  await expect(road.locator('.timeline')).toContainText('灯杆歪了');
  await expect(road.locator('.timeline')).not.toContainText('在村口');
});

test('a message whose matter cannot be opened just now waits, keeps nothing else back, and goes by itself', async ({
  line,
  road,
}) => {
  const matter = await filedHere(road, '路灯坏了，查询没有回音');
  const context = road.context();
  await line.down();
  await noted(road, matter, '等下一次有信号', 1);
  await filled(road, '另一件，不用查询码');
  await send(road);
  await isSaved(road);
  await context.clearCookies();
  let asked = 0;
  // Another's tries, as the server says; then silence; then it opens.
  let says: 'too many' | 'nothing' | undefined = 'too many';
  await context.route('**/follow', (route) => {
    asked += 1;
    if (says === 'too many') return route.fulfill({ status: 429 });
    return says ? route.abort() : route.continue();
  });
  await line.up();
  await outboxOf(road);
  const note = road.locator('.card', { hasText: '对事项的补充' });
  await expect(road.locator('.card', { hasText: '反映事项' }).filter({ hasText: '已收到' })).toHaveCount(2, {
    timeout: 60_000,
  });
  await expect(note).not.toContainText('已收到');
  says = 'nothing';
  const before = asked;
  await expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(before);
  await expect(note).toContainText('还没有发出');
  says = undefined;
  await expect(note).toContainText('已收到', { timeout: 75_000 });
  await expect(road.locator('main')).not.toContainText('需要您看一下');
});

test('one that cannot be read any more stops none about another matter', async ({ line, road }) => {
  const first = await filedHere(road, '第一件：路灯');
  await filled(road, '第二件：水渠');
  await send(road);
  await isReceived(road);
  await road.waitForURL(/\/mine\?sent=1/);
  await ready(road);
  await road.locator('main a[href*="/mine/cases/"]').first().click();
  await road.waitForURL(/\/mine\/cases\//);
  await ready(road);
  const second = road.url();
  expect(second).not.toBe(first);
  await line.down();
  await noted(road, first, '读不出的一句', 1);
  await noted(road, second, '读得出的一句', 2);
  const [broken = ''] = await waiting(road);
  await spoil(road, 'contents', broken);
  await line.up();
  await road.goto(`/${county}/outbox`);
  await ready(road);
  await expect(road.locator('main')).toContainText('打不开', { timeout: 60_000 });
  await expect.poll(() => waiting(road), { timeout: 60_000 }).toEqual([broken]);
});

test('a photo that does not open is said, and its words and the others go', async ({ line, road }) => {
  await line.down();
  await filled(road, '照片坏了一张', async () => {
    for (const name of ['一.jpg', '二.jpg']) await choose(road, [jpeg(name, await photo(road, 640, 480))]);
    await expect(taken(road)).toHaveCount(2, { timeout: 30_000 });
  });
  await send(road);
  await road.waitForURL(/\/sent\//);
  const { keys } = await kept(road);
  await spoil(road, 'media', keys.find((key) => key.startsWith('bytes/'))!);
  await line.up();
  await road.goto(`/${county}/outbox`);
  await ready(road);
  const card = road.locator('.card', { hasText: '反映事项' });
  await expect(card).toContainText('已收到', { timeout: 75_000 });
  await expect(card).toContainText('打不开，文件可能损坏', { timeout: 60_000 });
  await expect(card).not.toContainText('在本机', { timeout: 60_000 });
});
