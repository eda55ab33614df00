import { type Page } from '@playwright/test';

declare global {
  /** Of the page itself (app/src/boot.js). */
  var huiyinMedia: () => Promise<{ photo(file: Blob): Promise<{ bytes: Uint8Array }> }>;
}

interface Kind {
  width: number;
  height: number;
  /** What counts as its size: its own bytes, or those the page makes of it. */
  counted: 'whole' | 'shrunk';
  bytes: number;
  /** How many dots are added before its size is looked at. */
  step: number;
}

/** After so many steps it gets no larger. */
const MOST_STEPS = 200;

/** As a phone's camera takes leaves and gravel: twelve megapixels. */
export const large: Kind = { width: 4000, height: 3000, counted: 'whole', bytes: 3_500_000, step: 40_000 };

/** One that has nearly the 200 KB which are allowed once it is made small. */
export const full: Kind = { width: 1280, height: 960, counted: 'shrunk', bytes: 184 * 1024, step: 40 };

/** A photo of at least so many bytes: noise is added until it has them. */
export async function photoOf(page: Page, kind: Kind): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ width, height, counted, bytes, step, most }) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext('2d')!;
      let blob = new Blob();
      let roll = 1;
      for (let size = 0, steps = 0; size < bytes; steps += 1) {
        if (steps > most) throw new Error(`the photo has ${size} bytes and gets no larger`);
        for (let dot = 0; dot < step; dot += 1) {
          // The same dots each time: Marsaglia's xorshift, twice for a place.
          const [x, y] = [0, 0].map(() => {
            roll ^= roll << 13;
            roll ^= roll >>> 17;
            roll ^= roll << 5;
            return roll >>> 0;
          });
          pen.fillStyle = `hsl(${x % 360} 50% ${30 + (y % 50)}%)`;
          pen.fillRect(x % width, y % height, 2 + (x % 7), 2 + (y % 7));
        }
        blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 });
        size = counted === 'whole' ? blob.size : (await (await huiyinMedia()).photo(blob)).bytes.length;
      }
      const content = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (const byte of content) text += String.fromCharCode(byte);
      return btoa(text);
    },
    { ...kind, most: MOST_STEPS },
  );
  return Buffer.from(base64, 'base64');
}
