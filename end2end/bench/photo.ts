import { expect, type Browser, type Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filled, settledIn } from '../offline/phone';
import { CANARY, telling } from '../offline/photo';
import { phone, photosOf, slowed, watch, watched } from './phone';
import { large, photoOf } from './pictures';
import { steadily } from './steady';
import { ms, type Row, times } from './table';

const RUNS = 9;
const MOST_BYTES = 200 * 1024;
/** Shorter tasks are not told, and nobody feels them. */
const LONG_TASK_MS = 50;

interface Kept {
  ms: number;
  bytes: number;
  longestTask: number;
}

/** P14: a photo of twelve megapixels is made small beside the page, and tells nothing but its picture. */
export async function photo(browser: Browser, server: string): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-photo-'));
  const context = await browser.newContext({ ...phone, baseURL: `http://${server}` });
  try {
    await watch(context);
    const page = await context.newPage();
    await settledIn(page);
    // From the disk, as a phone's gallery gives it.
    const file = join(folder, 'photo.jpg');
    const whole = telling(await photoOf(page, large));
    writeFileSync(file, whole);
    const small = await shrunk(page, whole);
    let workers = 0;
    page.on('worker', (worker) => (workers += Number(worker.url().endsWith('/shrink.js'))));
    await slowed(page);
    let kept: Kept[] = [];
    await filled(page, '照片很大', async () => {
      kept = await steadily(RUNS, () => chosen(page, file));
    });
    const largest = Math.max(...kept.map((it) => it.bytes));
    const longest = Math.max(...kept.map((it) => it.longestTask));
    const told = toldBy(small);
    return [
      times('P14', `12 megapixels (${kb(whole.length)}): chosen to stored`, kept.map((it) => it.ms)),
      { budget: 'P14', what: 'the same, its bytes', figure: kb(largest), limit: '200 KB', held: largest <= MOST_BYTES },
      {
        budget: 'P14',
        what: 'in a worker; longest task of the page meanwhile',
        figure: longest ? ms(longest) : `under ${LONG_TASK_MS} ms`,
        limit: 'a worker',
        held: workers >= kept.length,
      },
      { budget: 'P14', what: 'metadata left', figure: told.join(', ') || 'none', limit: 'none', held: !told.length },
    ];
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const kb = (bytes: number) => `${Math.ceil(bytes / 1024).toLocaleString('en')} KB`;

/** Chooses the photo, waits until it is on the phone, and takes it away again. */
async function chosen(page: Page, file: string): Promise<Kept> {
  const list = page.locator('.media .taken li');
  const before = (await watched(page)).writes.length;
  await page.locator('.media input[type=file]').setInputFiles(file);
  await expect(list).toHaveCount(1, { timeout: 60_000 });
  const { chosen, tasks, writes } = await watched(page);
  const [{ bytes, to }] = photosOf(writes.slice(before));
  const meanwhile = tasks.filter((task) => task.from + task.ms > chosen && task.from < to);
  await list.getByRole('button').click();
  await expect(list).toHaveCount(0);
  return { ms: to - chosen, bytes, longestTask: Math.max(0, ...meanwhile.map((task) => task.ms)) };
}

/** What is stored is sealed: the page's own function is asked for the same bytes in the clear. */
async function shrunk(page: Page, whole: Buffer): Promise<Buffer> {
  const base64 = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    const { photo } = await globalThis.huiyinMedia();
    const small = (await photo(new Blob([bytes]))).bytes;
    let text = '';
    for (const byte of small) text += String.fromCharCode(byte);
    return btoa(text);
  }, whole.toString('base64'));
  return Buffer.from(base64, 'base64');
}

/**
 * What a JPEG says beside its picture: every segment of an application, and comments. Not how it is drawn: JFIF's own,
 * and the colours of the canvas, which are the same for every photo.
 */
function toldBy(jpeg: Buffer): string[] {
  const told = jpeg.includes(CANARY) ? ['where it was taken'] : [];
  const SCAN = 0xda;
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== SCAN; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const kind = jpeg[at + 1];
    const isColours = kind === 0xe2 && jpeg.toString('latin1', at + 4, at + 15) === 'ICC_PROFILE';
    if (kind > 0xe0 && kind <= 0xef && !isColours) told.push(`APP${kind - 0xe0}`);
    if (kind === 0xfe) told.push('a comment');
  }
  return told;
}
