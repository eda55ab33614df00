import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { county } from '../routes';
import { signIn } from './sign-in';
import { ready } from '../ready';

const visit = 'main a[href*="/office/visits/"]:not([href$="/new"])';
const registrations = 'main a[href$="/registrations"]';

/** The office's screens, each with the links on the pages before it that lead to one with content. */
const screens: [name: string, address: string, ...links: string[]][] = [
  ['worklist', '/office'],
  ['case', '/office', 'main a[href*="/office/cases/"]'],
  ['sheet', '/office', 'main a[href*="/office/cases/"]', 'main a[href$="/sheet"]'],
  ['intake', '/office/intake'],
  ['not-registered', '/office/not-registered'],
  ['not-registered-earlier', '/office/not-registered?when=earlier'],
  ['to-tell', '/office/to-tell'],
  ['visits', '/office/visits'],
  ['visit', '/office/visits', visit],
  ['registrations', '/office/visits', visit, registrations],
  ['registration', '/office/visits', visit, registrations, 'main a[href*="/office/registrations/"]'],
  ['visit-new', '/office/visits/new'],
  ['matters', '/office/matters'],
  ['matter', '/office/matters', 'main a[href*="/office/matters/"]:not([href$="/new"])'],
  ['matter-new', '/office/matters/new'],
];

for (const look of ['light', 'dark', 'elder'] as const) {
  test(`an official's screens have no axe violation: ${look}`, async ({ page }, info) => {
    test.slow();
    await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light' });
    await signIn(page, '演示甲');
    if (look === 'elder') {
      await page.goto(`/${county}`);
      await page.locator('button[name=text_size]').first().click();
      await expect(page.locator('html[data-elder]')).toHaveCount(1);
    }
    for (const [name, address, ...links] of screens) {
      await open(page, address);
      for (const link of links) {
        const before = page.url();
        await page.locator(link).first().click();
        await expect(page).not.toHaveURL(before);
        await ready(page);
      }
      await page.screenshot({
        path: `artifacts/${info.project.name}_office_${name}_${look}.png`,
        fullPage: true,
      });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target) }));
      expect(found, `${name} in ${look}`).toEqual([]);
    }
  });
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(`/${county}${address}`);
  await ready(page);
}
