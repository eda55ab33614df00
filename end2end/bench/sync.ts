// What a phone takes to show, start, save and send, in a browser and over a weak line: budgets P5, P6, P7 and P14.
// P8 is not here yet: there is nothing that syncs ten thousand cases. P9 is counted by the server's own tests.
import { chromium } from '@playwright/test';
import { cuts } from './cuts';
import { firstView } from './first-view';
import { Peers } from './peers/server';
import { launch } from './phone';
import { photo } from './photo';
import { saved } from './saved';
import { start } from './start';
import { unsteady } from './steady';
import { print, type Row } from './table';

const [server, ...only] = process.argv.slice(2);
if (!server) throw new Error("the server's address is missing: run `cargo xtask bench sync`");

const browser = await chromium.launch(launch);
const peers = await Peers.start();
const rows: Row[] = [];
try {
  const measures = {
    P5: () => firstView(browser, server),
    P6: () => start(server),
    P7: () => saved(browser, server, peers),
    P14: async () => [...(await photo(browser, server)), ...(await cuts(browser, server, peers))],
  };
  for (const [name, measure] of Object.entries(measures)) {
    if (only.length && !only.includes(name)) continue;
    console.error(`   ${name}`);
    rows.push(...(await measure()));
  }
} finally {
  await browser.close();
  peers.stop();
}
print(rows);
console.log(`${unsteady.dropped} runs dropped and ${unsteady.kept} kept in which the machine's own speed moved`);
process.exit(rows.some((row) => row.held === false) ? 1 : 0);
