// A browser of our own on a folder that outlives it, behind a line of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';
import { test as onPhone } from './phone';
import { WeakLine } from './weak-line';

export class Phone {
  private readonly folder = mkdtempSync(join(tmpdir(), 'huiyin-phone-'));
  private browser: BrowserContext | undefined;

  constructor(
    private readonly options: LaunchOptions,
    private readonly address: string,
  ) {}

  /** A new process, with one page. */
  async start(): Promise<Page> {
    this.browser = await chromium.launchPersistentContext(this.folder, {
      ...this.options,
      baseURL: this.address,
      serviceWorkers: 'allow',
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width: 360, height: 780 },
    });
    return this.browser.pages()[0];
  }

  /** No power: what was not on the disk is gone. */
  async kill(): Promise<void> {
    for (const id of this.processes()) {
      try {
        process.kill(id, 'SIGKILL');
      } catch {
        // Its parent took it along.
      }
    }
    await this.stop();
  }

  async stop(): Promise<void> {
    await this.browser?.close().catch(() => {});
    this.browser = undefined;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private processes(): number[] {
    const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
    const ours = all.filter((line) => line.includes(this.folder) && !line.includes('ps -eo'));
    return ours.map((line) => Number.parseInt(line, 10));
  }
}

/** A network that is really gone: what the runner switches off reaches the worker of a new browser too late. */
export const test = onPhone.extend<{ killable: { line: WeakLine; phone: Phone } }>({
  killable: async ({ baseURL, launchOptions }, use) => {
    const line = await WeakLine.start(new URL(baseURL!).host);
    const phone = new Phone(launchOptions, line.address);
    await use({ line, phone });
    await phone.end();
    await line.stop();
  },
});
