import { test } from '@playwright/test';
import { letInAndShowOut } from '../let-in';

test('without scripts a petitioner lets in one more person and shows them out', async ({ page }) => {
  await letInAndShowOut(
    page,
    async () => {},
    async (name) => {
      await page.screenshot({ path: `artifacts/ssr_${name}.png`, fullPage: true });
    },
  );
});
