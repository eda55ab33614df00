import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { launch } from './chromium';

const huiyin = process.env.HUIYIN;
if (!huiyin) throw new Error('HUIYIN names the binary under test: run `cargo xtask e2e`');

// Two runs beside each other have a server, a folder and a port each.
const port = process.env.HUIYIN_E2E_PORT ?? '3210';
const address = `127.0.0.1:${port}`;
// Kept for every worker of one run: the configuration is read once in each. Whoever made it takes it away.
if (!process.env.HUIYIN_E2E_DATA) {
  const data = mkdtempSync(join(tmpdir(), 'huiyin-e2e-'));
  process.env.HUIYIN_E2E_DATA = data;
  process.on('exit', () => rmSync(data, { recursive: true, force: true }));
}

const chromium = { browserName: 'chromium' as const, launchOptions: launch };
const phone = { ...chromium, viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
const tablet = { ...chromium, viewport: { width: 1024, height: 768 }, hasTouch: true };

export default defineConfig({
  testDir: '.',
  outputDir: `test-results/${port}`,
  // Two suites run beside each other, each with one server (xtask/src/commands/e2e.rs).
  workers: 1,
  // The other suite may have the processor for a while.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
  // What the service worker does is the offline suite's; elsewhere it would answer in place of a test's routes.
  use: { serviceWorkers: 'block', baseURL: `http://${address}`, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
  webServer: {
    command: `"${huiyin}" serve --demo --addr ${address} --data "${process.env.HUIYIN_E2E_DATA}"`,
    url: `http://${address}/healthz`,
    reuseExistingServer: false,
    // Its standard error is shown here: what went wrong, not a line for each of 50,000 requests.
    env: { HUIYIN_LOG: 'warn' },
    // The demonstration county is made through the same door as everything else.
    timeout: 120_000,
  },
  projects: [
    { name: 'ssr', testMatch: 'ssr/**/*.spec.ts', use: { ...phone, javaScriptEnabled: false } },
    { name: 'phone', testMatch: ['both-ways.spec.ts', 'a11y/**/*.spec.ts', 'citizen/**/*.spec.ts'], use: phone },
    { name: 'offline', testMatch: 'offline/**/*.spec.ts', timeout: 120_000, use: { ...phone, serviceWorkers: 'allow' } },
    // The tus client runs in Node; a recording is made and played in a page.
    { name: 'uploads', testMatch: 'end2end/attachments/**/*.spec.ts', use: phone },
    // Firefox and WebKit are driven by the tests themselves, not by Playwright.
    { name: 'engines', testMatch: 'end2end/engines/**/*.spec.ts', timeout: 120_000 },
    { name: 'tablet', testMatch: ['both-ways.spec.ts', 'a11y/**/*.spec.ts', 'official/**/*.spec.ts'], use: tablet },
  ],
});
