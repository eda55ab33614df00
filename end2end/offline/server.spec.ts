import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { fill, posted, send, settledIn, test } from './phone';

const address = '127.0.0.1:3219';

/** A server of our own, to be killed. */
async function serve(folder: string): Promise<ChildProcess> {
  const server = spawn(process.env.HUIYIN!, ['serve', '--demo', '--addr', address, '--data', folder], {
    env: { ...process.env, HUIYIN_LOG: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await expect
    .poll(() => fetch(`http://${address}/healthz`).then((it) => it.ok, () => false), { timeout: 100_000 })
    .toBe(true);
  return server;
}

test('the server is killed while items wait, again while they go, and each is received once', async ({ browser }) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-server-'));
  let server = await serve(folder);
  try {
    const context = await browser.newContext({ baseURL: `http://${address}`, serviceWorkers: 'allow' });
    const page = await context.newPage();
    const ids = posted(context);
    await settledIn(page);
    server.kill('SIGKILL');
    for (const statement of ['服务器断电时写的', '第二件', '第三件']) {
      await page.goto(`/${county}/register`);
      await ready(page);
      await page.locator('form[action$="/register/start"]').last().getByRole('button').click();
      await fill(page, statement);
      await send(page);
      await page.waitForURL(/\/sent\//);
    }
    await page.goto(`/${county}/outbox`);
    await ready(page);
    await expect(page.locator('.card')).toHaveCount(3);
    server = await serve(folder);
    // The first answer that comes is the last thing this server does.
    await page.waitForResponse('**/commands', { timeout: 60_000 });
    server.kill('SIGKILL');
    server = await serve(folder);
    await expect(page.locator('.card', { hasText: '已收到' })).toHaveCount(3, { timeout: 90_000 });
    expect(new Set(ids).size).toBe(3);
    await context.close();
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
