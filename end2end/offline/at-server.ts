// What the server has, and what was sent to it: a device knows only what it was told.
import { randomInt } from 'node:crypto';
import { connect, createServer, type AddressInfo } from 'node:net';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { signIn } from '../official/sign-in';
import { county } from '../routes';
import { ready } from '../ready';
import { filled } from './phone';

/** A name nobody else goes by. */
export function aName(): string {
  const letters = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥';
  return '示例' + Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('');
}

/** What is filled in is of somebody else. */
export async function renamed(page: Page, name = aName()): Promise<string> {
  await page.goto(`/${county}/register/who`);
  await ready(page);
  await page.locator('input[name=name]').fill(name);
  await page.locator('main form').getByRole('button').last().click();
  await page.waitForURL(/\/register\/check/);
  await expect(page.locator('main')).toContainText(name);
  return name;
}

/** Begins an ordinary matter and fills it in, under a name of its own, which it gives. */
export async function filledAs(page: Page, statement: string): Promise<string> {
  await filled(page, statement);
  return renamed(page);
}

/** An official who is signed in finds so many under a name. */
export async function found(desk: Page, name: string, times: number): Promise<void> {
  await desk.goto(`/${county}/office?find=${encodeURIComponent(name)}`);
  await expect(desk.locator('#find')).toHaveValue(name);
  expect(await desk.locator('tbody th a').count()).toBe(times);
}

/** A page of an official, beside the phone and its line. */
export async function atTheDesk(phone: BrowserContext, look: (desk: Page) => Promise<void>): Promise<void> {
  const { baseURL } = test.info().project.use;
  const office = await phone.browser()!.newContext({ baseURL, serviceWorkers: 'block' });
  try {
    const desk = await office.newPage();
    await signIn(desk, '演示甲');
    await look(desk);
  } finally {
    await office.close();
  }
}

/** However often it was sent: the server has it once. */
export const isThereOnce = (phone: BrowserContext, name: string) => atTheDesk(phone, (desk) => found(desk, name, 1));

/** A network in front of the server that hears every byte a phone sends: addresses, heads and bodies. */
export async function overheard(server: string): Promise<{ address: string; said: () => string; end: () => void }> {
  const { hostname, port } = new URL(server);
  const bytes: Buffer[] = [];
  const line = createServer((phone) => {
    const to = connect(Number(port), hostname);
    const end = () => [phone, to].forEach((it) => it.destroy());
    for (const side of [phone, to]) side.on('error', end).on('close', end);
    to.on('data', (part) => phone.write(part));
    phone.on('data', (part: Buffer) => {
      bytes.push(part);
      to.write(part);
    });
  });
  await new Promise<void>((listens) => line.listen(0, '127.0.0.1', listens));
  const address = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  return { address, said: () => Buffer.concat(bytes).toString().toLowerCase(), end: () => line.close() };
}
