import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';
import { freePort } from './cable';
import type { Engine } from './engine';

/** How WebDriver names an element in JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Debian's WebKitGTK in its MiniBrowser, by W3C WebDriver: Playwright's own is a patched build. */
export async function webkit(): Promise<Engine> {
  const ours: ChildProcess[] = [];
  const end = async () => {
    for (const child of ours.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    }
  };
  try {
    // It has no headless mode. The screen chooses its number and says it.
    const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1024x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    ours.push(screen);
    const [display] = await once(createInterface({ input: screen.stdout }), 'line');
    const port = await freePort();
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
      // Its sandbox needs namespaces that a container does not give.
      env: { ...process.env, DISPLAY: `:${display}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    ours.push(driver);
    return await session(`http://127.0.0.1:${port}`, end);
  } catch (error) {
    await end();
    throw error;
  }
}

async function session(driver: string, end: () => Promise<void>): Promise<Engine> {
  const order = async (method: string, path: string, what?: object) => {
    const answer = await fetch(driver + path, { method, body: what && JSON.stringify(what) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  const isReady = () => order('GET', '/status').then((it) => it.ready, () => false);
  await expect.poll(isReady, { timeout: 15_000 }).toBe(true);
  const { sessionId, capabilities } = await order('POST', '/session', {
    capabilities: { alwaysMatch: { acceptInsecureCerts: true } },
  });
  const post = (path: string, what: object) => order('POST', `/session/${sessionId}${path}`, what);
  await post('/window/rect', { width: 360, height: 780 });
  const onLast = (selector: string, path: string, what: object) =>
    expect(async () => {
      const found = await post('/elements', { using: 'css selector', value: selector });
      expect(found, selector).not.toEqual([]);
      const last = found.at(-1);
      // The driver scrolls no further than it must, under the bar at the bottom, and clicks while the page still moves.
      const script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });";
      await post('/execute/sync', { script, args: [last] });
      await post(`/element/${last[ELEMENT]}/${path}`, what);
    }).toPass({ timeout: 15_000 });
  return {
    version: `webkitgtk/${capabilities.browserVersion}`,
    open: (address) => post('/url', { url: address }),
    evaluate: (async (run: () => unknown, given?: unknown) => {
      const script = `const [given, done] = arguments;
        const failed = (error) => done({ error: String(error) });
        Promise.resolve(given).then(${run}).then((value) => done({ value }), failed);`;
      const { value, error } = await post('/execute/async', { script, args: [given ?? null] });
      if (error) throw new Error(error);
      return value;
    }) as Engine['evaluate'],
    stir: () => {
      const move = (x: number) => ({ type: 'pointerMove', duration: 0, x, y: x });
      return post('/actions', { actions: [{ type: 'pointer', id: 'mouse', actions: [move(1), move(2)] }] });
    },
    click: (selector) => onLast(selector, 'click', {}),
    type: (selector, text) => onLast(selector, 'value', { text }),
    picture: async () => Buffer.from(await order('GET', `/session/${sessionId}/screenshot`), 'base64'),
    // The first ends the browser, unless it has ended by itself.
    close: () => order('DELETE', `/session/${sessionId}`).finally(end),
  };
}
