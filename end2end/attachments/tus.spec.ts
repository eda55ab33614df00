// The client of the tus project as it comes from npm, against our server: no page, no browser.
import { deflateSync, crc32 } from 'node:zlib';
import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { Upload } from 'tus-js-client';
import { CuttingProxy } from './cutting-proxy';
import { CHUNK, filed, send, state } from './matter';
import { county } from '../routes';

/** A PNG of noise: as large as it looks. */
function photo(width: number, height: number): Buffer {
  const chunk = (kind: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), content]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), randomBytes(width * 3)]));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('a photo arrives and is received', async ({ baseURL }) => {
  const id = randomUUID();
  const { upload: token } = await filed(baseURL!, [id]);
  await send(baseURL!, token, id, photo(300, 200));
  await expect.poll(() => state(baseURL!, token, id).then((now) => now.state)).toBe('received');
});

test('cut twenty times it sends at most one chunk again for each cut', async ({ baseURL }) => {
  const id = randomUUID();
  const bytes = photo(900, 800);
  const { upload: token } = await filed(baseURL!, [id]);
  // Around the edges of a chunk, in headers, and anywhere.
  const plan = [CHUNK - 1, CHUNK, CHUNK + 1, 700, 1, CHUNK + 600, CHUNK + 650, CHUNK * 2, 40_000, 5_000];
  plan.push(...plan.map((after) => after + 333));
  const proxy = new CuttingProxy(new URL(baseURL!), [...plan]);
  await send(await proxy.start(), token, id, bytes);
  proxy.stop();
  expect(proxy.cuts).toBe(20);
  // Headers are counted with it: a request has less than 1 KB of them.
  expect(proxy.sent).toBeLessThan(bytes.length + 20 * CHUNK + 100 * 1024);
  await expect.poll(() => state(baseURL!, token, id).then((now) => now.state)).toBe('received');
});

test('another client that knows nothing goes on where the first one was', async ({ baseURL }) => {
  const id = randomUUID();
  const bytes = photo(400, 300);
  const { upload: token } = await filed(baseURL!, [id]);
  await new Promise<void>((resolve, reject) => {
    const first = new Upload(bytes, {
      endpoint: `${baseURL}/api/v1/${county}/uploads`,
      chunkSize: CHUNK,
      headers: { authorization: `Bearer ${token}` },
      metadata: { attachment: id },
      onError: reject,
      onChunkComplete: () => void first.abort().then(resolve, reject),
    });
    first.start();
  });
  expect((await state(baseURL!, token, id)).state).toBe('arriving');
  const proxy = new CuttingProxy(new URL(baseURL!), []);
  await send(await proxy.start(), token, id, bytes);
  proxy.stop();
  await expect.poll(() => state(baseURL!, token, id).then((now) => now.state)).toBe('received');
});

test('an upload that was begun is taken back', async ({ baseURL }) => {
  const id = randomUUID();
  const bytes = photo(400, 300);
  const { upload: token } = await filed(baseURL!, [id]);
  const headers = { authorization: `Bearer ${token}` };
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${baseURL}/api/v1/${county}/uploads`,
      chunkSize: CHUNK,
      headers,
      metadata: { attachment: id },
      onError: reject,
      onChunkComplete: () => void upload.abort(true).then(resolve, reject),
    });
    upload.start();
  });
  expect((await state(baseURL!, token, id)).state).toBe('expected');
});

test('a page that calls itself a photo is refused with a reason', async ({ baseURL }) => {
  const id = randomUUID();
  const { upload: token } = await filed(baseURL!, [id]);
  await send(baseURL!, token, id, Buffer.from('<html><script>alert(1)</script></html>'));
  await expect.poll(() => state(baseURL!, token, id)).toEqual({ state: 'refused', reason: 'not_an_image' });
});

test('without the token nothing begins', async ({ baseURL }) => {
  const id = randomUUID();
  await filed(baseURL!, [id]);
  await expect(send(baseURL!, 'x', id, photo(30, 20))).rejects.toThrow(/401/);
});
