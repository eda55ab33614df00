import { expect, type Page } from '@playwright/test';

/** What a photo says beside its picture; none of it may arrive. */
export const CANARY = 'taken at 29.4521N 119.8892E by example';

/** A photo as a phone takes it: large, lying on its side, and telling where it was taken. */
export async function photo(page: Page, width = 4000, height = 3000): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext('2d')!;
      const shade = pen.createLinearGradient(0, 0, width, height);
      shade.addColorStop(0, '#2f6f4f');
      shade.addColorStop(1, '#e0c080');
      pen.fillStyle = shade;
      pen.fillRect(0, 0, width, height);
      // Detail that does not press well: leaves, gravel.
      for (let dot = 0; dot < 40_000; dot += 1) {
        pen.fillStyle = `hsl(${(dot * 47) % 360} 50% ${30 + ((dot * 13) % 50)}%)`;
        pen.fillRect((dot * 7919) % width, (dot * 104_729) % height, 9, 9);
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      return btoa(text);
    },
    [width, height],
  );
  return telling(Buffer.from(base64, 'base64'));
}

/** The same picture with the canary, and lying on its side. */
export const telling = (plain: Buffer) => Buffer.concat([plain.subarray(0, 2), exif(), plain.subarray(2)]);

/** Turned by a quarter (orientation 6), with the canary behind. */
function exif(): Buffer {
  const tiff = Buffer.from('4d4d002a00000008' + '0001' + '0112000300000001' + '00060000' + '00000000', 'hex');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(CANARY)]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A step is drawn twice as it begins; a person is slower than that. */
async function isDrawn(page: Page): Promise<void> {
  const stays = (part: Element) => new Promise<boolean>((done) => setTimeout(() => done(part.isConnected), 200));
  await expect.poll(() => page.locator('.media').evaluate(stays)).toBe(true);
}

/** Chooses photos where the matter is told. */
export async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await isDrawn(page);
  await page.locator('.media input[type=file]').setInputFiles(files);
}

export const jpeg = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer });

/** Those that were chosen, where the matter is told. */
export const taken = (page: Page) => page.locator('.media .taken li');

/** How far each is, the oldest first. */
export const places = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const store = open.result.transaction('media').objectStore('media');
          const all = store.getAll(IDBKeyRange.bound('head/', 'head0'));
          all.onsuccess = () => {
            open.result.close();
            done(all.result.map((it) => JSON.parse(it.head).place.place));
          };
        };
      }),
  );

/** The media that are kept: what is known of each, and the bytes of its sealed record. */
export const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ keys: string[]; bytes: number[] }>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const store = open.result.transaction('media').objectStore('media');
          const keys = store.getAllKeys();
          const all = store.getAll();
          all.onsuccess = () => {
            open.result.close();
            // What is held for words is none.
            const media = keys.result.map((key, at) => ({ key: String(key), bytes: all.result[at].sealed.length }));
            const ours = media.filter(({ key }) => key !== 'reserve');
            done({ keys: ours.map(({ key }) => key), bytes: ours.map(({ bytes }) => bytes) });
          };
        };
      }),
  );

/** The pictures of the matter that is open, as the server has them. */
export async function pictures(page: Page): Promise<{ width: number; height: number; bytes: Buffer }[]> {
  const images = page.locator('.taken img');
  const found = [];
  for (let at = 0; at < (await images.count()); at += 1) {
    const image = images.nth(at);
    await image.scrollIntoViewIfNeeded();
    await expect.poll(() => image.evaluate((it: HTMLImageElement) => it.complete && it.naturalWidth)).toBeGreaterThan(0);
    const size = await image.evaluate((it: HTMLImageElement) => ({ width: it.naturalWidth, height: it.naturalHeight }));
    const address = await image.getAttribute('src');
    found.push({ ...size, bytes: await (await page.request.get(address!)).body() });
  }
  return found;
}
