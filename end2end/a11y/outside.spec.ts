import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';

/** What is met when something is wrong, and what makes the site an app. */
async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target) }))).toEqual([]);
  await expect(page.locator('h1')).toHaveCount(1);
}

test('a wrong address helps on, and has no axe violation', async ({ page }) => {
  const answer = await page.goto(`/${county}/no-such-page`);
  expect(answer!.status()).toBe(404);
  await clean(page);
  await expect(page.locator(`main a[href="/${county}"]`).first()).toBeVisible();
});

test('a form sent from another site is refused with a sentence', async ({ page, baseURL }) => {
  const form = `<form method="post" action="${baseURL}/${county}/follow"><button>x</button></form>`;
  await page.route('http://elsewhere.test/', (route) => route.fulfill({ contentType: 'text/html', body: form }));
  await page.goto('http://elsewhere.test/');
  const refused = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.locator('button').click();
  expect((await refused).status()).toBe(403);
  await page.waitForURL(`${baseURL}/**`);
  await clean(page);
});

test('the site can be installed', async ({ page }) => {
  await page.goto(`/${county}`);
  await ready(page);
  const devtools = await page.context().newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A test's browser keeps nothing, as a private window does.
  const errors = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
  expect(errors).toEqual([]);
  const manifest = await devtools.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
});
