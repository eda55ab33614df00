import puppeteer from 'puppeteer-core';
import type { Engine } from './engine';

/** Debian's Firefox, by WebDriver BiDi: Playwright's own is a patched build. */
export async function firefox(): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    acceptInsecureCerts: true,
    defaultViewport: { width: 360, height: 780 },
  });
  const page = await browser.newPage();
  const found = (selector: string) => page.locator(selector).setTimeout(15_000);
  return {
    version: await browser.version(),
    open: async (address) => void (await page.goto(address)),
    evaluate: page.evaluate.bind(page) as Engine['evaluate'],
    stir: async () => {
      await page.mouse.move(1, 1);
      await page.mouse.move(2, 2);
    },
    click: async (selector) => {
      await found(selector).wait();
      await (await page.$$(selector)).at(-1)!.click();
    },
    type: async (selector, text) => {
      const handle = await found(selector).waitHandle();
      await handle.type(text);
    },
    picture: () => page.screenshot(),
    close: () => browser.close(),
  };
}
