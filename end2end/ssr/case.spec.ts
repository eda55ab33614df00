import { test } from '@playwright/test';
import { fromTheCounterToAnAnswer } from '../official/case-way';

test('an official needs no scripts from the counter to a served answer', async ({ browser }) => {
  test.setTimeout(120_000);
  await fromTheCounterToAnAnswer(browser, '无脚本的人');
});
