import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { letInAndShowOut } from '../let-in';
import { ready } from '../ready';

test('a petitioner lets in one more person and shows them out', async ({ page }) => {
  await letInAndShowOut(page, () => ready(page), async (name) => {
    await ready(page);
    await page.screenshot({ path: `artifacts/citizen_${name}.png`, fullPage: true });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target) }))).toEqual([]);
  });
});
