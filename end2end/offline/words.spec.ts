// What is written on one's own matter is kept while it is written, and not a moment longer.
import { expect, type Page } from '@playwright/test';
import { filedHere } from './phone';
import { ready } from '../ready';
import { test } from './road';

const note = (page: Page) => page.locator('#note');

/** How many fields' words the device keeps. */
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        const open = indexedDB.open('huiyin');
        open.onsuccess = () => {
          const keys = open.result.transaction('drafts').objectStore('drafts').getAllKeys();
          keys.onsuccess = () => {
            open.result.close();
            done(keys.result.filter((key) => String(key).startsWith('words/')).length);
          };
        };
      }),
  );

/** A message on one's own matter that is being written, and kept. Gives the matter's address. */
const written = async (page: Page) => {
  await filedHere(page, '路灯坏了');
  await note(page).pressSequentially('昨晚又有人摔倒');
  await expect.poll(() => kept(page)).toBe(1);
  // They are really there.
  await page.reload();
  await ready(page);
  await expect(note(page)).toHaveValue('昨晚又有人摔倒');
  return page.url();
};

/** Nothing comes back into the field, after the pause of somebody who types and in a page that is opened anew. */
async function isEmpty(page: Page, matter: string): Promise<void> {
  await page.waitForTimeout(1500);
  await page.goto(matter);
  await ready(page);
  await expect(page.locator('h1')).toHaveText('道路、交通');
  await page.waitForTimeout(1500);
  await expect(note(page)).toHaveValue('');
}

test('the last letters before a message is sent are not kept again after it', async ({ line, road }) => {
  const matter = await written(road);
  await note(road).pressSequentially('，请快来');
  await road.locator('form[action$="/note"]').getByRole('button').click();
  await road.waitForURL(/done=note/);
  await ready(road);
  await expect(road.locator('.timeline')).toContainText('昨晚又有人摔倒，请快来');
  await isEmpty(road, matter);
  expect(await kept(road)).toBe(0);
  await line.down();
  await isEmpty(road, matter);
});

test('nor where it waits on the phone without a signal', async ({ line, road }) => {
  const matter = await written(road);
  await line.down();
  await note(road).pressSequentially('，请快来');
  await road.locator('form[action$="/note"]').getByRole('button').click();
  await expect(road.locator('.status')).toContainText('1 件待发');
  await isEmpty(road, matter);
  expect(await kept(road)).toBe(0);
});
