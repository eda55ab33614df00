// A matter is told instead of written: recorded on the phone, kept there, played by the office.
import { expect } from '@playwright/test';
import { filled, isReceived, isSaved, outboxOf, ownMatter, seen, send, settledIn, test as onPhone } from './phone';

const test = onPhone.extend({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...microphone] });
    },
    { scope: 'worker' },
  ],
});

test('what is told without a signal is heard when there is one', async ({ page, context }) => {
  // A microphone takes a moment, and somebody taps twice meanwhile.
  let microphones = 0;
  await page.exposeFunction('microphoneAsked', () => (microphones += 1));
  await page.addInitScript(() => {
    const asked = (window as unknown as { microphoneAsked: () => Promise<number> }).microphoneAsked;
    const devices = navigator.mediaDevices;
    const real = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (what) => {
      await asked();
      await new Promise((done) => setTimeout(done, 800));
      return real(what);
    };
  });
  await settledIn(page);
  await context.setOffline(true);
  const voice = page.locator('.media .voice');
  await filled(page, '', async () => {
    await page.getByRole('button', { name: '开始录音' }).dblclick();
    await expect(page.locator('.media [role=status]')).toHaveText('正在录音');
    expect(microphones).toBe(1);
    await page.waitForTimeout(2500);
    // While it runs the form does not go on without it.
    await page.locator('main form').getByRole('button', { name: '下一步' }).click();
    await expect(page).toHaveURL(/\/matter$/);
    await page.getByRole('button', { name: '停止录音' }).click();
    await expect(voice).toHaveCount(1);
    await expect(page.getByRole('button', { name: '开始录音' })).toHaveCount(0);
    await seen(page, 'voice');
  });
  await expect(page.locator('main')).toContainText('1 段录音');
  await send(page);
  await isSaved(page);
  await context.setOffline(false);
  await isReceived(page);
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已收到');
  await expect(page.locator('.card')).not.toContainText('还有', { timeout: 60_000 });
  await ownMatter(page);
  const audio = page.locator('.taken audio');
  await expect(audio).toHaveCount(1);
  await audio.evaluate((it: HTMLAudioElement) => it.play());
  await expect.poll(() => audio.evaluate((it: HTMLAudioElement) => it.currentTime)).toBeGreaterThan(1);
});
