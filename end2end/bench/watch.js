// Runs in a page before its own scripts, and notes when things happen by the page's own clock: what a test runner hears
// of a page is late by however long the wire and the machine take.
const SAVED = '已保存在本机';
const seen = { begun: performance.timeOrigin, tapped: 0, chosen: 0, saved: 0, ready: 0, tasks: [], writes: [] };
globalThis.watched = seen;

addEventListener('click', (event) => (seen.tapped = event.timeStamp), true);
addEventListener('change', (event) => (seen.chosen = event.timeStamp), true);

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ from: startTime, ms: duration });
}).observe({ type: 'longtask' });

// The first message after a frame was begun comes when that frame is painted.
const painted = (what) =>
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (seen[what] = performance.now());
    port2.postMessage(0);
  });

const found = new Set();
const look = () => {
  const heading = document.querySelector('h1')?.textContent;
  const first = (what, holds) => {
    if (!holds || found.has(what)) return;
    found.add(what);
    painted(what);
  };
  first('saved', heading === SAVED);
  first('ready', heading && document.documentElement.hasAttribute('data-ready'));
};
new MutationObserver(look).observe(document, {
  subtree: true, childList: true, characterData: true, attributeFilter: ['data-ready'],
});

// A record is sealed before its transaction is begun, and what is sealed last is stored next.
let sealing;
const { encrypt } = SubtleCrypto.prototype;
SubtleCrypto.prototype.encrypt = function (way, key, plain) {
  sealing = { from: performance.now(), bytes: plain.byteLength };
  return encrypt.call(this, way, key, plain);
};
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  const begun = transaction.call(this, stores, mode, options);
  if (begun.mode !== 'readwrite' || begun.durability !== 'strict') return begun;
  const { from, bytes } = sealing ?? { from: performance.now(), bytes: 0 };
  sealing = undefined;
  begun.addEventListener('complete', () => {
    seen.writes.push({ stores: [...begun.objectStoreNames], bytes, from, to: performance.now() });
  });
  return begun;
};
