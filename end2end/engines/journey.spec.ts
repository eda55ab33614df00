import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect as ordinary, test as base } from '@playwright/test';
import { count, packs } from '../offline/phone';
import { county } from '../routes';
import { Cable } from './cable';
import type { Engine } from './engine';
import { firefox } from './firefox';
import { webkit } from './webkit';

const expect = ordinary.configure({ timeout: 15_000 });

const test = base.extend<{ cable: Cable }, { port: number }>({
  /** A server with TLS, under a certificate it made itself. */
  port: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'huiyin-engines-'));
      const args = ['serve', '--demo', '--demo-public', '--addr', '127.0.0.1:0', '--data', folder];
      const server = spawn(process.env.HUIYIN!, args, {
        env: { ...process.env, HUIYIN_LOG: 'warn' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      for await (const line of createInterface({ input: server.stdout })) {
        const told = /^https:\/\/127\.0\.0\.1:(\d+)/.exec(line);
        if (!told) continue;
        await use(Number(told[1]));
        break;
      }
      const ended = once(server, 'exit');
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  cable: async ({ port }, use) => {
    const cable = await Cable.to(port);
    await use(cable);
    cable.stop();
  },
});

for (const start of [firefox, webkit]) {
  test(`${start.name}: without a signal: read, register, walk away; with one it is received`, async ({ cable }) => {
    const engine = await start();
    console.log(engine.version);
    const seen = async (what: string) => {
      mkdirSync('artifacts', { recursive: true });
      writeFileSync(`artifacts/engines_${start.name}_${what}.png`, await engine.picture());
    };
    try {
      await journey(engine, cable, seen);
    } finally {
      // Wherever it ended.
      await seen('end').catch(() => {});
      await engine.close();
    }
  });
}

async function journey(engine: Engine, cable: Cable, seen: (what: string) => Promise<void>): Promise<void> {
  const path = () => engine.evaluate(() => location.pathname);
  const shown = (selector: string, patience = {}) => {
    const text = () => engine.evaluate((one) => document.querySelector(one)?.textContent, selector);
    return expect.poll(text, { message: selector, ...patience });
  };
  const open = async (rest: string) => {
    await engine.open(`https://${cable.host}/${county}${rest}`);
    await expect(async () => {
      await engine.stir();
      ordinary(await engine.evaluate(() => document.documentElement.dataset.ready)).toBe('1');
    }).toPass();
  };
  const fromDevice = () => engine.evaluate(() => document.documentElement.dataset.appShell);

  await open('');
  await expect.poll(() => packs(engine)).toContain('citizen');
  await expect.poll(() => count(engine, 'cursors')).toBeGreaterThan(0);
  await expect.poll(() => engine.evaluate(() => !!navigator.serviceWorker.controller)).toBe(true);

  cable.down();
  await open('/notices');
  expect(await fromDevice()).toBe('1');
  await shown('.status').toContain('没有信号');
  await shown('.status').toContain('截至');
  await engine.click('.card-whole a');
  await expect.poll(path).toMatch(/\/notices\/./);
  await shown('h1').not.toBe('');

  await open('/register');
  await engine.click('form[action$="/register/start"] button');
  const next = async (page: string, answer?: () => Promise<void>) => {
    await expect.poll(path).toMatch(new RegExp(`/${page}$`));
    await answer?.();
    await engine.click('main form button');
  };
  const choose = (field: string, value: string) => engine.click(`input[name=${field}][value=${value}]`);
  await next('who', async () => {
    await choose('for_whom', 'self');
    await engine.type('input[name=name]', '示例某');
  });
  await next('how_many', () => engine.type('input[name=people]', '3'));
  await next('subject', async () => {
    await choose('kind', 'request');
    await choose('subject', 'roads');
  });
  await next('matter', async () => {
    await engine.type('textarea[name=statement]', '村口的路要修');
    await engine.evaluate(() => {
      const place = document.querySelector<HTMLSelectElement>('select[name=place]')!;
      place.selectedIndex = 2;
      place.dispatchEvent(new Event('change', { bubbles: true }));
    });
  });
  await next('reach', async () => {
    await choose('reach', 'call');
    await engine.type('input[name=phone]', '13800138000');
  });
  await next('secrecy');
  await expect.poll(path).toMatch(/\/check$/);
  await shown('main').toContain('村口的路要修');
  await engine.click('form[action$="/register/send"] button');
  await expect.poll(path).toMatch(/\/sent\//);
  await shown('h1').toBe('已保存在本机');
  await shown('.status').toContain('1 件待发');
  await seen('saved');

  // A new look, still without a signal: it is all there.
  await engine.open('about:blank');
  await open('/outbox');
  expect(await fromDevice()).toBe('1');
  await shown('.card').toContain('反映事项');
  expect(await count(engine, 'items')).toBe(1);

  cable.up();
  await shown('.card', { timeout: 60_000 }).toContain('已收到');
  await shown('.status').not.toContain('待发');
  await engine.click('.card a');
  await expect.poll(path).toMatch(/\/mine$/);
  await shown('.case-number').toMatch(/\d/);
}
