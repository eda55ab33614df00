// A phone without a signal gives what waits to another phone, which sends it: once, and unread.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { carryOf, choose, file, given, isSent, posts, test } from './helper';
import { count, fill, isSaved, outboxOf, seen, send, settledIn } from './phone';

/** Registers for the next visit without a signal. Gives the visit and the provisional number. */
async function registered(page: Page, statement: string): Promise<{ visit: string; number: string }> {
  await settledIn(page);
  await page.context().setOffline(true);
  await page.goto(`/${county}/notices`);
  await ready(page);
  await page.locator('.card-whole a').first().click();
  await page.waitForURL(/\/notices\//);
  const visit = page.url().split('/').pop() ?? '';
  await page.getByRole('link', { name: '登记报名' }).click();
  await page.locator('form[action$="/register/start"]').first().getByRole('button').click();
  await fill(page, statement);
  await send(page);
  await isSaved(page);
  const number = await page.locator('h2:has-text("临时编号") + p b').innerText();
  return { visit, number };
}

/** Places of a visit that are taken or waited for, as everybody may see. */
async function taken(page: Page, visit: string): Promise<number> {
  const { places } = await (await page.request.get(`/api/v1/${county}/notices/${visit}`)).json();
  return places.bookable - places.free + places.waiting;
}

/** The addresses in the codes, in their order. */
async function codes(page: Page): Promise<string[]> {
  const code = page.locator('.carry-code');
  const link = code.getByRole('link');
  const all = Number(/共 (\d+) 张/.exec(await code.innerText())?.[1]);
  const addresses: string[] = [];
  for (let at = 1; at <= all; at++) {
    await expect(code).toContainText(`第 ${at} 张`);
    addresses.push((await link.getAttribute('href')) ?? '');
    if (all > 1) await page.getByRole('button', { name: '下一张' }).click();
  }
  return addresses;
}

/** A camera opens each code in a tab of its own; here all tabs are seen, and each would hold a connection. */
async function opened(helper: BrowserContext, address: string): Promise<Page> {
  const before = helper.pages().filter((tab) => tab.url().includes('/carry'));
  await Promise.all(before.map((tab) => tab.close()));
  const tab = await helper.newPage();
  await tab.goto(address);
  await ready(tab);
  // Read, and out of the address.
  await expect.poll(() => new URL(tab.url()).hash).toBe('');
  return tab;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Bytes in base 32, and back (`crates/sync/src/carry/base32.rs`). */
function inBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function ofBase32(text: string): Buffer {
  const bits = [...text].map((it) => ALPHABET.indexOf(it).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

/** The same letter as a phone of another county writes it: whole, and with its own number. */
function addressed(letter: string, other: string): string {
  const bytes = ofBase32(letter.split('.')[3] ?? '');
  // After the version and the id.
  bytes.write(other, 17, 'latin1');
  const number = inBase32(createHash('sha256').update(bytes).digest().subarray(0, 8)).slice(0, 12);
  return `${number}.1.1.${inBase32(bytes)}`;
}

/** The first phone has its network back: it hears of the one registration itself. */
async function hears(page: Page): Promise<void> {
  await page.context().setOffline(false);
  await outboxOf(page);
  await expect(page.locator('.card')).toHaveCount(1);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 60_000 });
  expect(await count(page, 'own')).toBe(1);
}

test('a helper scans the codes, in the wrong order and one twice, and it is one registration', async ({
  page,
  context,
  helper,
}) => {
  const all = posts(context, helper);
  const { visit, number } = await registered(page, '没有信号，请邻居代发。'.repeat(40));
  const other = await helper.newPage();
  const before = await taken(other, visit);
  await given(page);
  await seen(page, 'given');
  const addresses = await codes(page);
  expect(addresses.length).toBeGreaterThan(2);
  for (const address of addresses) expect(address.length).toBeLessThan(950);
  // The same codes when they are shown again.
  await given(page);
  expect(await codes(page)).toEqual(addresses);
  // Handed over is not received, and not taken back here either.
  const card = page.locator('.card').first();
  await expect(card).toContainText('已交给别人代发，还没有收到回执');
  await expect(card).not.toContainText('已收到');
  await expect(page.getByText('不发了')).toHaveCount(0);

  const [first = '', ...rest] = addresses;
  const last = rest.pop() ?? '';
  let tab = await opened(helper, last);
  await expect(tab.locator('main')).toContainText(`还差第 1、`);
  await seen(tab, 'carry_part');
  tab = await opened(helper, last);
  expect(await count(tab, 'items')).toBe(0);
  for (const address of rest) await opened(helper, address);
  tab = await opened(helper, first);
  await isSent(tab);
  await expect(tab.locator('section.card')).toContainText(number);
  await seen(tab, 'carry_sent');
  // A code of a letter that has gone changes nothing.
  for (const address of addresses) tab = await opened(helper, address);
  await expect(tab.locator('main')).toContainText('已经在这部手机上');
  expect(await count(tab, 'items')).toBe(0);
  await expect(tab.locator('main')).not.toContainText('有信号时自动发出');
  await tab.getByRole('link', { name: '按编号查' }).click();
  await expect(tab.locator('.slip')).toContainText('已收到');
  expect(await count(tab, 'own')).toBe(0);
  expect(all.every((it) => it.letter && !it.id)).toBe(true);

  await hears(page);
  expect(new Set(all.map((it) => it.letter ?? it.id)).size).toBe(1);
  expect(await taken(other, visit)).toBe(before + 1);
});

test('a helper takes the file without a signal, and it goes when there is one', async ({ page, context, helper }) => {
  const all = posts(context, helper);
  const { visit, number } = await registered(page, '存成文件带出山');
  await given(page);
  const path = await file(page);
  const other = await helper.newPage();
  await settledIn(other);
  const before = await taken(other, visit);
  await helper.setOffline(true);
  await carryOf(other);
  await expect(other.locator('html')).toHaveAttribute('data-app-shell', '1');
  await choose(other, path);
  await expect(other.locator('main')).toContainText('替别人代发的还有 1 件');
  await expect(other.locator('section.card')).toContainText(number);
  await seen(other, 'carry_waits');
  await choose(other, path);
  await expect(other.locator('main')).toContainText('已经在这部手机上');
  expect(await count(other, 'items')).toBe(1);
  await outboxOf(other);
  await expect(other.locator('main')).toContainText('替别人代发的还有 1 件');
  await expect(other.locator('main')).not.toContainText('上锁的空间');
  await expect(other.locator('.card')).toHaveCount(0);

  await helper.setOffline(false);
  await carryOf(other);
  await isSent(other);
  expect(await count(other, 'items')).toBe(0);
  expect(all.every((it) => it.letter && !it.id)).toBe(true);
  await hears(page);
  expect(new Set(all.map((it) => it.letter ?? it.id)).size).toBe(1);
  expect(await taken(other, visit)).toBe(before + 1);
  await other.getByRole('button', { name: '清掉已经发完的' }).click();
  await expect(other.locator('section.card')).toHaveCount(0);
});

test('what is broken, or no letter is said, and nothing is lost', async ({ page, helper }) => {
  await registered(page, '坏了的文件不收');
  await given(page);
  const path = await file(page);
  const [address = ''] = await codes(page);
  const other = await helper.newPage();
  await carryOf(other);
  const main = other.locator('main');
  const { letters } = JSON.parse(readFileSync(path, 'utf8'));
  const written = (name: string, text: string) => {
    const broken = test.info().outputPath(name);
    writeFileSync(broken, text);
    return broken;
  };
  const [letter = ''] = letters as string[];
  const changed = letter.slice(0, -9) + (letter.at(-9) === '0' ? '1' : '0') + letter.slice(-8);
  await choose(other, written('changed.json', JSON.stringify({ letters: [changed] })));
  await expect(main).toContainText('不完整或被改动过');
  await seen(other, 'carry_changed');
  await choose(other, written('none.json', '{"hello":1}'));
  await expect(main).toContainText('这不是代发用的');
  await choose(other, written('large.json', ' '.repeat((8 << 20) + 1)));
  await expect(main).toContainText('文件太大');
  // The next code may be opened in the same tab.
  await other.goto(`/${county}/carry#hello`);
  await expect(main).toContainText('这不是代发用的');
  // A part of it stays while others are refused, and can be given up.
  await other.goto(address);
  await expect(main).toContainText('还差第');
  await choose(other, written('cut.json', JSON.stringify({ letters: [letter.slice(0, 100)] })));
  await expect(main).toContainText('不完整或被改动过');
  await expect(main).toContainText('还差第');
  await other.getByRole('button', { name: '不收这一件了' }).click();
  await expect(main).not.toContainText('还差第');
  expect(await count(other, 'items')).toBe(0);
  expect(await count(other, 'contents')).toBe(0);

  // Its own phone has it already.
  await carryOf(page);
  await choose(page, path);
  await expect(page.locator('main')).toContainText('已经在这部手机上');
  expect(await count(page, 'items')).toBe(1);
});

test('a letter for another county is refused with the reason, alone, in an address and among others', async ({
  page,
  context,
  helper,
}) => {
  const all = posts(context, helper);
  await registered(page, '交给邻县的信');
  await given(page);
  const [letter = ''] = JSON.parse(readFileSync(await file(page), 'utf8')).letters as string[];
  expect(addressed(letter, county)).toBe(letter);
  const stray = addressed(letter, '330727');
  const other = await helper.newPage();
  const main = other.locator('main');
  const path = test.info().outputPath('stray.json');
  for (const letters of [[stray], [letter, stray]]) {
    await carryOf(other);
    writeFileSync(path, JSON.stringify({ letters }));
    await choose(other, path);
    await expect(main).toContainText('交给别的县的，这里发不了');
    await expect(main.locator('section.card')).toHaveCount(0);
  }
  await seen(other, 'carry_other_county');
  const tab = await opened(helper, `/${county}/carry#${stray}`);
  await expect(tab.locator('main')).toContainText('交给别的县的，这里发不了');
  for (const store of ['items', 'contents']) expect(await count(tab, store)).toBe(0);
  expect(all).toEqual([]);
});

test("the phone's own sheet gets the file that would be saved, of a kind it shares", async ({ page, context }) => {
  // A phone that shares plain text only, and whose person closes the sheet the first time.
  await context.addInitScript(() => {
    const sheet: { name: string; type: string; text: string }[] = [];
    Object.assign(navigator, {
      sheet,
      canShare: ({ files = [] }: ShareData) => files.every(({ type }) => type === 'text/plain'),
      share: async ({ files = [], ...rest }: ShareData) => {
        if (Object.keys(rest).length > 0) throw new TypeError('more than the file');
        for (const file of files) sheet.push({ name: file.name, type: file.type, text: await file.text() });
        if (sheet.length === 1) throw new DOMException('closed', 'AbortError');
      },
    });
  });
  const { number } = await registered(page, '从分享菜单交给别人');
  await given(page);
  const button = page.getByRole('button', { name: '发送文件' });
  await button.click();
  await button.click();
  await expect(page.locator('.error-summary, [role=alert] .inset')).toHaveCount(0);
  const sheet = () =>
    page.evaluate(() => (navigator as unknown as { sheet: { name: string; type: string; text: string }[] }).sheet);
  await expect.poll(async () => (await sheet()).length).toBe(2);
  const text = readFileSync(await file(page), 'utf8');
  expect(text).not.toContain('分享菜单');
  for (const given of await sheet()) expect(given).toEqual({ name: `huiyin-${number}.txt`, type: 'text/plain', text });
});

test('where the browser shares no files none is offered', async ({ page, context }) => {
  await context.addInitScript(() => Object.assign(navigator, { canShare: () => false, share: async () => {} }));
  await registered(page, '不能分享文件');
  await given(page);
  await expect(page.getByRole('button', { name: '存成文件' })).toBeVisible();
  await expect(page.getByRole('button', { name: '发送文件' })).toHaveCount(0);
});
