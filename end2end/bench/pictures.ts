import { type Page } from '@playwright/test';

/** A photo that is still about so large after it was made small: 1,280 pixels wide and as noisy as that takes. */
export async function photoOf(page: Page, bytes: number): Promise<Buffer> {
  const base64 = await page.evaluate(async (bytes) => {
    const canvas = new OffscreenCanvas(1280, 960);
    const pen = canvas.getContext('2d')!;
    let blob = new Blob();
    for (let dot = 0; blob.size < bytes; ) {
      for (const end = dot + 250; dot < end; dot += 1) {
        pen.fillStyle = `hsl(${(dot * 47) % 360} 50% ${30 + ((dot * 13) % 50)}%)`;
        pen.fillRect((dot * 7919) % 1280, (dot * 104_729) % 960, 9, 9);
      }
      blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 });
    }
    const content = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of content) text += String.fromCharCode(byte);
    return btoa(text);
  }, bytes);
  return Buffer.from(base64, 'base64');
}
