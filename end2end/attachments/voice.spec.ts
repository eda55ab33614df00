// What a browser records is received, and what is kept plays in one.
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { filed, send, state } from './matter';
import { county } from '../routes';

test('two seconds recorded in a browser are kept and play again', async ({ page, baseURL }) => {
  await page.goto(`${baseURL}/${county}/help`);
  const recorded = await page.evaluate(async () => {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const to = context.createMediaStreamDestination();
    tone.connect(to);
    tone.start();
    await context.resume();
    const recorder = new MediaRecorder(to.stream, { mimeType: 'audio/webm;codecs=opus' });
    const parts: Blob[] = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const ended = new Promise((resolve) => (recorder.onstop = resolve));
    // In slices, as a recorder that loses nothing takes them.
    recorder.start(500);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    recorder.stop();
    await ended;
    return Array.from(new Uint8Array(await new Blob(parts).arrayBuffer()));
  });
  const id = randomUUID();
  const receipt = await filed(baseURL!, [], [id]);
  await send(baseURL!, receipt.upload, id, Buffer.from(recorded));
  await expect.poll(() => state(baseURL!, receipt.upload, id).then((now) => now.state)).toBe('received');

  await page.request.post(`${baseURL}/${county}/follow`, { form: { code: receipt.private_secret } });
  const kept = await page.request.get(`${baseURL}/${county}/attachments/${receipt.case}/${id}`);
  expect(kept.status()).toBe(200);
  expect(kept.headers()['content-type']).toBe('audio/ogg');
  const bytes = Array.from(await kept.body());
  const plays = await page.evaluate(async (bytes) => {
    const context = new OfflineAudioContext(1, 48_000, 48_000);
    const sound = await context.decodeAudioData(new Uint8Array(bytes).buffer);
    const samples = sound.getChannelData(0);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return { seconds: sound.duration, loudest };
  }, bytes);
  expect(plays.seconds).toBeGreaterThan(1.5);
  expect(plays.seconds).toBeLessThan(3);
  expect(plays.loudest).toBeGreaterThan(0.1);
});
