// Ninety days without a signal.
import { expect } from '@playwright/test';
import { county } from '../routes';
import { ready } from '../ready';
import { multiply, phases } from './many';
import { filled, isSaved, send, settledIn, test } from './phone';

test('five hundred items of ninety days arrive, in their order, once', async ({ page, context }) => {
  await settledIn(page);
  await context.setOffline(true);
  await filled(page, '山上住了三个月');
  await send(page);
  await isSaved(page);
  await multiply(page, 499, 90);
  await page.goto(`/${county}/outbox`);
  await ready(page);
  await expect(page.locator('.status')).toContainText('500 件待发', { timeout: 30_000 });
  const sent: string[] = [];
  context.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/commands')) return;
    for (const envelope of request.postDataJSON()) sent.push(envelope.id);
  });
  await context.setOffline(false);
  await expect.poll(() => phases(page), { timeout: 100_000 }).toEqual({ received: 500 });
  expect(new Set(sent).size).toBe(500);
  // The oldest first: their ids carry their time, and the one made today is number one.
  const old = sent.filter((id, at) => sent.indexOf(id) === at).slice(1);
  expect(old).toEqual([...old].sort());
});
