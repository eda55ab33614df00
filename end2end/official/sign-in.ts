import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page, expect } from '@playwright/test';
import { county } from '../routes';

const data = process.env.HUIYIN_E2E_DATA ?? '';
const huiyin = process.env.HUIYIN ?? '';

/** Signs in with both factors. A one-time code works once, so the session is kept for later tests, until one ends it. */
export async function signIn(page: Page, name: string) {
  const kept = join(data, `session-${Buffer.from(name).toString('hex')}.json`);
  if (existsSync(kept)) {
    await page.context().addCookies(JSON.parse(readFileSync(kept, 'utf8')));
    // Without a session the way to sign in is shown in its place.
    const office = await (await page.request.get(`/${county}/office`)).text();
    if (!office.includes(`/${county}/office/sign-in"`)) return;
    await page.context().clearCookies();
  }
  const code = execFileSync(huiyin, ['demo', '--data', data, 'code', name], { encoding: 'utf8' });
  await page.goto(`/${county}/office/sign-in`);
  await page.locator('input[name=name]').fill(name);
  await page.locator('input[name=password]').fill('huiyin-demo');
  await page.locator('input[name=code]').fill(code.trim());
  await page.locator('main form').getByRole('button').click();
  await expect(page).toHaveURL(new RegExp(`/${county}/office$`));
  writeFileSync(kept, JSON.stringify(await page.context().cookies()));
}
