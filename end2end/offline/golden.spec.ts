// What an earlier build left on a phone opens in this one, and goes on from where it was.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { test } from './phone';

interface Golden {
  version: number;
  stores: string[];
  records: { store: string; key: string; head: string; content: object }[];
}

const folder = join(import.meta.dirname, 'golden');

/** Lays the records down as that build did: sealed under a key that is not handed out, lying beside them. */
const layDown = (page: Page, golden: Golden) =>
  page.evaluate(async ({ version, stores, records }) => {
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const open = indexedDB.open('huiyin', version);
      open.onupgradeneeded = () => stores.forEach((name) => open.result.createObjectStore(name));
      open.onsuccess = () => done(open.result);
      open.onerror = () => failed(open.error);
    });
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const sealed = [];
    for (const { store, key: name, head, content } of records) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const additionalData = new TextEncoder().encode(`${store}/${name}`);
      const plain = new TextEncoder().encode(JSON.stringify(content));
      const closed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
      sealed.push({ store, name, record: { head, sealed: new Uint8Array([...iv, ...new Uint8Array(closed)]) } });
    }
    const transaction = database.transaction(stores, 'readwrite');
    transaction.objectStore('keys').put(key, 'device');
    transaction.objectStore('counts').put(1, 'items');
    for (const { store, name, record } of sealed) transaction.objectStore(store).put(record, name);
    await new Promise((done) => (transaction.oncomplete = done));
    database.close();
  }, golden);

for (const file of readdirSync(folder)) {
  test(`what ${file} holds is shown, sent and gone on with`, async ({ page }) => {
    const golden: Golden = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    // Before its wasm starts.
    await page.goto(`/${county}/help`);
    await layDown(page, golden);
    await page.goto(`/${county}/outbox`);
    await ready(page);
    await expect(page.locator('.card')).toContainText('已收到', { timeout: 30_000 });
    await expect(page.locator('main')).not.toContainText('打不开');
    await page.goto(`/${county}/register`);
    await ready(page);
    await page.getByRole('button', { name: '接着填' }).click();
    await page.waitForURL(/\/register\/matter$/);
    await expect(page.locator('textarea[name=statement]')).toHaveValue('上个版本里写了一半的');
    await page.goto(`/${county}/mine`);
    await ready(page);
    await expect(page.locator('main')).toContainText('从这台手机登记的');
    await page.getByRole('button', { name: '看最新情况' }).first().click();
    await page.waitForURL(/\/mine/);
  });
}
