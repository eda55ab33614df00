import { expect, test } from '@playwright/test';
import { addresses } from './routes';
import { ready } from './ready';

for (const address of addresses) {
  test(`${address} is hydrated, and mounted from the app shell`, async ({ page, context }, info) => {
    const complaints: string[] = [];
    // Asking for one's own matters without a code is answered 401, which the browser notes.
    const complain = (text: string) => text.includes('status of 401') || complaints.push(text);
    page.on('console', (message) => message.type() === 'error' && complain(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));

    await page.goto(address);
    await ready(page);
    const heading = await page.locator('h1').first().innerText();
    expect(heading).not.toBe('');
    const name = address.replaceAll('/', '_');
    await page.screenshot({ path: `artifacts/${info.project.name}${name}.png`, fullPage: true });

    const mounted = await context.newPage();
    mounted.on('console', (message) => message.type() === 'error' && complain(message.text()));
    mounted.on('pageerror', (error) => complaints.push(String(error)));
    // What the service worker does when the network cannot answer: the same shell at any address.
    await mounted.route(`**${address}`, async (route) => {
      if (route.request().resourceType() !== 'document') return route.continue();
      const shell = await route.fetch({ url: new URL('/app-shell', route.request().url()).href });
      await route.fulfill({ response: shell });
    });
    await mounted.goto(address);
    await ready(mounted);
    await expect(mounted.locator('html')).toHaveAttribute('data-app-shell', '1');
    await expect(mounted.locator('h1').first()).toHaveText(heading);

    expect(complaints).toEqual([]);
  });
}
