// Lighthouse as a phone sees the site (budget Q1): the four pages a citizen meets first.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const must = { performance: 95, accessibility: 100, 'best-practices': 100 };
const county = process.argv[2];
if (!county) throw new Error('the address of the county is missing: run `cargo xtask bench lighthouse`');

const asJson = async (path) => (await fetch(`${new URL(county).origin}/api/v1${new URL(county).pathname}/${path}`)).json();
const [notices, matters] = [await asJson('notices'), await asJson('matters')];
const pages = [
  '',
  `/notices/${notices.upcoming[0].visit}`,
  '/register',
  `/matters/${matters.rows[0].matter}`,
];

const chrome = await launch({
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let missed = false;
try {
  for (const page of pages) {
    const { lhr } = await lighthouse(county + page, {
      port: chrome.port,
      onlyCategories: Object.keys(must),
      logLevel: 'error',
    });
    const scores = Object.keys(must).map((name) => [name, Math.round(lhr.categories[name].score * 100)]);
    const shift = lhr.audits['cumulative-layout-shift'].numericValue;
    const paint = lhr.audits['largest-contentful-paint'].displayValue;
    console.log(
      `Q1  ${page || '/'}: ${scores.map(([name, score]) => `${name} ${score}`).join(', ')}, ` +
        `layout shift ${shift.toFixed(3)}, largest paint ${paint}`,
    );
    for (const [name, score] of scores) {
      if (score >= must[name] && shift === 0) continue;
      missed = true;
      for (const { id } of lhr.categories[name].auditRefs) {
        const audit = lhr.audits[id];
        if (audit.score === null || audit.score >= 0.9) continue;
        console.log(`      ${name}: ${audit.title} ${audit.displayValue ?? ''}`);
        for (const item of (audit.details?.items ?? []).slice(0, 5)) console.log(`        ${JSON.stringify(item).slice(0, 300)}`);
      }
    }
  }
} finally {
  await chrome.kill();
}
process.exit(missed ? 1 : 0);
