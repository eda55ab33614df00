// The least a browser can do, such as the one inside a chat app: nothing is installed, printed, downloaded, recorded
// or sent by itself. A person registers all the same, and is told the truth.
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { count, fill, isSaved, outboxOf, seen, send, settledIn, test as onPhone } from './phone';
import { choose, jpeg, photo, pictures, taken } from './photo';

const WECHAT =
  'Mozilla/5.0 (Linux; Android 13; Phone) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 ' +
  'Mobile Safari/537.36 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/2G Language/zh_CN';

const test = onPhone.extend({
  contextOptions: async ({ contextOptions }, use) =>
    use({ ...contextOptions, userAgent: WECHAT, acceptDownloads: false }),
  context: async ({ context }, use) => {
    await reduce(context);
    await use(context);
  },
});

interface Tried {
  printed: number;
  /** The pictures that a page made, and the addresses of its own that it would have saved. */
  pictures: string[];
  downloads: string[];
}

/** Takes away what such a browser lacks. */
const reduce = (context: BrowserContext) =>
  context.addInitScript(() => {
    const tried: Tried = { printed: 0, pictures: [], downloads: [] };
    Object.assign(globalThis, { tried, print: () => (tried.printed += 1) });
    addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation(), true);
    Reflect.deleteProperty(globalThis, 'SyncManager');
    if (globalThis.ServiceWorkerRegistration) Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync');
    Reflect.deleteProperty(globalThis, 'MediaRecorder');
    Reflect.deleteProperty(Navigator.prototype, 'mediaDevices');
    Reflect.deleteProperty(Navigator.prototype, 'share');
    Reflect.deleteProperty(Navigator.prototype, 'canShare');
    const made = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (what) => {
      const address = made(what);
      if (what instanceof Blob && what.type === 'image/png') tried.pictures.push(address);
      return address;
    };
    // A link that saves does nothing.
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      if (this.hasAttribute('download')) tried.downloads.push(this.href);
      else click.call(this);
    };
  });

const triedOn = (page: Page) => page.evaluate(() => (globalThis as unknown as { tried: Tried }).tried);

/** The words of `people.md` 25, and none that promise more. */
async function tellsTheTruth(page: Page): Promise<void> {
  const main = page.locator('main');
  await expect(main).toContainText('有信号时请再打开一次本页，也可以找代办员，或打电话给我们。');
  await expect(main).toContainText('清理微信缓存会删掉未发送的内容');
  await expect(main).not.toContainText(/自己发出去|自动发送，不用再打开/);
}

/** A registration with a photo for the next visit, without a signal; as far as the last page. */
async function registered(page: Page, more?: () => Promise<void>): Promise<void> {
  await settledIn(page);
  await page.context().setOffline(true);
  await page.goto(`/${county}/notices`);
  await ready(page);
  await expect(page.locator('html')).toHaveAttribute('data-app-shell', '1');
  await page.locator('.card-whole a').first().click();
  await page.waitForURL(/\/notices\//);
  await page.getByRole('link', { name: '登记报名' }).click();
  await page.locator('form[action$="/register/start"]').first().getByRole('button').click();
  await fill(page, '从聊天软件里打开的', async () => {
    await choose(page, [jpeg('信.jpg', await photo(page, 1200, 900))]);
    await expect(taken(page)).toHaveCount(1, { timeout: 30_000 });
    await more?.();
  });
}

/** The network is back: what was sent is received, and its slip can be seen. Gives the code. */
async function slip(page: Page): Promise<string> {
  await page.context().setOffline(false);
  await expect(page.locator('.card')).toContainText('已收到', { timeout: 75_000 });
  await page.getByText('查看回执').click();
  await page.waitForURL(/\/mine\?sent=1/);
  await ready(page);
  await expect(page.locator('.slip .qr')).toHaveCount(2);
  return (await page.locator('.code-display').first().innerText()).replace(/\D/g, '');
}

test('a person registers, is told to come back, and takes the slip along', async ({ page }) => {
  await registered(page, async () => {
    // Nobody is left waiting for a recording that cannot be.
    const record = page.getByRole('button', { name: '开始录音' });
    if (await record.isVisible()) {
      await record.click();
      await expect(page.locator('.media [role=alert]')).toContainText('这个浏览器不能录音');
    }
    await expect(page.locator('.media [role=status]')).not.toContainText('正在录音');
  });
  await send(page);
  await isSaved(page);
  await tellsTheTruth(page);
  await seen(page, 'reduced_saved');
  await outboxOf(page);
  await tellsTheTruth(page);
  await expect(page.locator('.card')).toContainText('还没有发出');

  const code = await slip(page);
  expect(code).toHaveLength(10);
  await seen(page, 'reduced_slip');
  await page.getByRole('button', { name: '存成图片' }).click();
  await expect.poll(async () => (await triedOn(page)).pictures.length).toBe(1);
  // Upright, with everything of the slip in it down to its last code.
  const drawn = await page.evaluate(async () => {
    const image = new Image();
    image.src = (globalThis as unknown as { tried: Tried }).tried.pictures[0]!;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const pen = canvas.getContext('2d')!;
    pen.drawImage(image, 0, 0);
    const black = ({ data }: ImageData) => data.filter((it, at) => at % 4 === 0 && it < 16).length;
    const { width, height } = canvas;
    return { width, height, black: black(pen.getImageData(0, height / 2, width, height / 2)) };
  });
  expect(drawn.width).toBe(720);
  expect(drawn.height).toBeGreaterThan(1000);
  expect(drawn.black).toBeGreaterThan(5000);
  // Nothing prints unasked.
  expect((await triedOn(page)).printed).toBe(0);
  await outboxOf(page);
  await expect(page.locator('.card')).toContainText('已收到');
  await expect(page.locator('.card')).not.toContainText('还在本机', { timeout: 60_000 });
  await expect(page.locator('main')).not.toContainText('清理微信缓存');
});

test('a microphone that is not allowed is said, and the form goes on without it', async ({ page, context }) => {
  await context.addInitScript(() => {
    const refuses = async () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    Object.assign(globalThis, { MediaRecorder: class { static isTypeSupported = () => true; } });
    Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: refuses } });
  });
  await registered(page, async () => {
    await page.getByRole('button', { name: '开始录音' }).click();
    await expect(page.locator('.media [role=alert]')).toContainText('没有得到使用麦克风的许可');
    await expect(page.locator('.media .voice')).toHaveCount(0);
  });
  await send(page);
  await isSaved(page);
});

test('storage that was wiped between two visits: the registration is found with its code and digits', async ({
  page,
  context,
}) => {
  await registered(page);
  await send(page);
  await isSaved(page);
  await outboxOf(page);
  const code = await slip(page);
  const serial = await page.locator('.slip-number').innerText();
  await outboxOf(page);
  await expect(page.locator('.card')).not.toContainText('还在本机', { timeout: 60_000 });

  const { origin } = new URL(page.url());
  await page.goto('about:blank');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await page.goto(`/${county}/mine`);
  await ready(page);
  await expect(page.locator('.slip')).toHaveCount(0);
  await expect(page.locator('main')).not.toContainText('从这台手机登记的');
  await outboxOf(page);
  await expect(page.locator('main')).toContainText('没有等待发送的内容');
  for (const store of ['items', 'own', 'media']) expect(await count(page, store)).toBe(0);

  await page.goto(`/${county}/follow`);
  await ready(page);
  await page.locator('input[name=code]').fill(code);
  await page.locator('input[name=pin]').fill('8000');
  await page.locator('main form').getByRole('button').last().click();
  await page.waitForURL(/\/mine$/);
  await expect(page.locator('.slip-number')).toHaveText(serial);
  // With its photo.
  await expect(page.locator('.taken img')).toHaveCount(1);
  expect((await pictures(page)).map(({ width, height }) => width > 0 && height > 0)).toEqual([true]);
});
