// What a phone takes to show, start, save and send, and a tablet to hold its worklist, in a browser and over a weak
// line: budgets P5 to P9 and P14. P9's bytes are held by the server's own tests too.
import { chromium } from '@playwright/test';
import { cuts } from './cuts';
import { firstView } from './first-view';
import { Grown } from './grown';
import { news } from './news';
import { Peers } from './peers/server';
import { launch } from './phone';
import { photo } from './photo';
import { saved } from './saved';
import { start } from './start';
import { unsteady } from './steady';
import { print, type Row } from './table';
import { worklist } from './worklist';

const [server, ...only] = process.argv.slice(2);
if (!server) throw new Error("the server's address is missing: run `cargo xtask bench sync`");

const browser = await chromium.launch(launch);
const peers = await Peers.start();
const rows: Row[] = [];
let county: Grown | undefined;
/** Made once, for those who ask. */
const grown = async () => (county ??= await Grown.start(browser));
try {
  const measures = {
    P5: () => firstView(browser, server),
    P6: () => start(server),
    P7: () => saved(browser, server, peers),
    P8: async () => worklist(await grown()),
    P9: async () => news(browser, await grown()),
    P14: async () => [...(await photo(browser, server)), ...(await cuts(browser, server, peers))],
  };
  for (const [name, measure] of Object.entries(measures)) {
    if (only.length && !only.includes(name)) continue;
    console.error(`   ${name}`);
    rows.push(...(await measure()));
  }
} finally {
  await county?.stop();
  await browser.close();
  peers.stop();
}
print(rows);
console.log(`${unsteady.dropped} runs dropped and ${unsteady.kept} kept in which the machine's own speed moved`);
process.exit(rows.some((row) => row.held === false) ? 1 : 0);
