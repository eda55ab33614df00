import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { filledAs, found } from './at-server';
import { filled, goOn, isReceived, isSaved, outboxOf, ownMatter, posted, send, settledIn, test } from './phone';
import { choose, jpeg, photo, pictures, places, taken } from './photo';
import { lock, makeSpace, open, spacesOf } from './space';

const address = '127.0.0.1:3219';
const huiyin = process.env.HUIYIN ?? '';

/** A server of our own, to be killed. */
async function serve(folder: string): Promise<ChildProcess> {
  const server = spawn(huiyin, ['serve', '--demo', '--addr', address, '--data', folder], {
    env: { ...process.env, HUIYIN_LOG: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await expect
    .poll(() => fetch(`http://${address}/healthz`).then((it) => it.ok, () => false), { timeout: 100_000 })
    .toBe(true);
  return server;
}

/** An official of the server of our own. */
async function deskOf(browser: Browser, folder: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: `http://${address}`, serviceWorkers: 'block' });
  const desk = await context.newPage();
  const code = execFileSync(huiyin, ['demo', '--data', folder, 'code', '演示甲'], { encoding: 'utf8' });
  await desk.goto(`/${county}/office/sign-in`);
  for (const [field, value] of Object.entries({ name: '演示甲', password: 'huiyin-demo', code: code.trim() })) {
    await desk.locator(`input[name=${field}]`).fill(value);
  }
  await desk.locator('main form').getByRole('button').click();
  await desk.waitForURL(new RegExp(`/${county}/office$`));
  return desk;
}

test('the server is killed while items wait, again while they go, and each is received once', async ({ browser }) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-server-'));
  let server = await serve(folder);
  try {
    const context = await browser.newContext({ baseURL: `http://${address}`, serviceWorkers: 'allow' });
    const page = await context.newPage();
    const ids = posted(context);
    await settledIn(page);
    server.kill('SIGKILL');
    const names: string[] = [];
    for (const statement of ['服务器断电时写的', '第二件', '第三件']) {
      names.push(await filledAs(page, statement));
      await send(page);
      await page.waitForURL(/\/sent\//);
    }
    await outboxOf(page);
    await expect(page.locator('.card')).toHaveCount(3);
    server = await serve(folder);
    // The first answer that comes is the last thing this server does.
    await page.waitForResponse('**/commands', { timeout: 60_000 });
    server.kill('SIGKILL');
    server = await serve(folder);
    await expect(page.locator('.card', { hasText: '已收到' })).toHaveCount(3, { timeout: 90_000 });
    expect(new Set(ids).size).toBe(3);
    await context.close();
    const desk = await deskOf(browser, folder);
    for (const name of names) await found(desk, name, 1);
    await desk.context().close();
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A phone whose only server is the one of our own. */
async function phoneOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: `http://${address}`, serviceWorkers: 'allow' });
  return context.newPage();
}

/** Two photos of a road, several pieces each. */
async function twoPhotos(page: Page): Promise<void> {
  const road = jpeg('路.jpg', await photo(page, 1600, 1200));
  await choose(page, [road, road]);
  await expect(taken(page)).toHaveCount(2, { timeout: 30_000 });
}

const areReceived = (page: Page) =>
  expect.poll(() => places(page), { timeout: 90_000 }).toEqual(['received', 'received']);

/** They come from the server, and are pictures. */
async function areShown(page: Page): Promise<void> {
  await ownMatter(page);
  await expect(page.locator('.taken img')).toHaveCount(2, { timeout: 30_000 });
  const shown = await pictures(page);
  expect(shown.map(({ height }) => height)).toEqual([1280, 1280]);
}

test('the server is killed in the middle of photos, and started again it goes on where it was', async ({ browser }) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-server-'));
  let server = await serve(folder);
  try {
    const page = await phoneOf(browser);
    await settledIn(page);
    await page.context().setOffline(true);
    await filled(page, '照片传到一半', () => twoPhotos(page));
    await send(page);
    await isSaved(page);
    const pieces: { of: string; from: number }[] = [];
    page.context().on('request', (request) => {
      const from = request.headers()['upload-offset'];
      if (request.method() === 'PATCH') pieces.push({ of: request.url(), from: Number(from) });
    });
    // It has answered for two pieces, and has perhaps a part of the next.
    let answered = 0;
    const killed = new Promise<void>((done) => {
      page.context().on('response', (response) => {
        if (response.request().method() !== 'PATCH' || ++answered !== 2) return;
        server.kill('SIGKILL');
        done();
      });
    });
    await page.context().setOffline(false);
    await killed;
    const before = pieces.length;
    server = await serve(folder);
    await outboxOf(page);
    await areReceived(page);
    // What it had answered for was not sent again.
    const again = pieces.slice(before).filter((it) => pieces.slice(0, 2).some((one) => one.of === it.of && one.from === it.from));
    expect(again).toEqual([]);
    await areShown(page);
    await page.context().close();
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a server that was restored from a copy gets again what it had lost, words and photos', async ({ browser }) => {
  test.setTimeout(360_000);
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-server-'));
  const [data, restored, archive, sheet, passphrase] = ['data', 'restored', 'archive', 'sheet', 'passphrase'].map((it) =>
    join(folder, it),
  );
  const run = (...args: string[]) => execFileSync(huiyin, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  let server = await serve(data);
  try {
    const page = await phoneOf(browser);
    const ids = posted(page.context());
    await settledIn(page);
    writeFileSync(passphrase, '一句很长的话\n');
    writeFileSync(sheet, run('keys', '--data', data, 'sheet', '--words'));
    run('backup', '--data', data, '--to', archive, '--passphrase-file', passphrase);

    // After the copy was made.
    await filled(page, '备份以后才登记的', () => twoPhotos(page));
    await send(page);
    await isReceived(page);
    await outboxOf(page);
    await areReceived(page);
    const first = [...ids];
    // Somebody else, in a space that is locked when the phone learns of it.
    const shared = await phoneOf(browser);
    const spaceIds = posted(shared.context());
    await settledIn(shared);
    await makeSpace(shared, '妈妈');
    await filled(shared, '锁在空间里的');
    await send(shared);
    await isReceived(shared);
    await lock(shared);
    expect(spaceIds).toHaveLength(1);
    // A page that listens learns of it when the server is back.
    const told = shared.waitForResponse((response) => response.url().includes('/letter-key'));
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;

    run('restore', '--data', restored, '--from', archive, '--passphrase-file', passphrase, '--sheet-file', sheet);
    server = await serve(restored);
    // What is public is looked at once an hour.
    await page.clock.install({ time: Date.now() + 2 * 3_600_000 });
    await goOn(page, 'outbox');
    await expect.poll(() => ids.length, { timeout: 60_000 }).toBeGreaterThan(first.length);
    await areReceived(page);
    await expect(page.locator('.card')).toHaveCount(1);
    await expect(page.locator('.card')).toContainText('已收到');
    expect(new Set(ids).size).toBe(1);
    await areShown(page);
    await page.context().close();

    await shared.clock.install({ time: Date.now() + 2 * 3_600_000 });
    await spacesOf(shared);
    await told;
    expect(spaceIds).toHaveLength(1);
    await open(shared);
    await expect.poll(() => spaceIds.length, { timeout: 60_000 }).toBe(2);
    expect(new Set(spaceIds).size).toBe(1);
    await outboxOf(shared);
    await expect(shared.locator('.card')).toContainText('已收到', { timeout: 60_000 });
    await shared.context().close();
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
