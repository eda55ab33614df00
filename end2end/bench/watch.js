// Runs in a page before its own scripts, and notes when things happen by the page's own clock: what a test runner hears
// of a page is late by however long the wire and the machine take.
const SAVED = '已保存在本机';
/** A tablet that has its worklist. */
const HELD = / · 共 [1-9]/;
const seen = { begun: performance.timeOrigin, tapped: 0, chosen: 0, saved: 0, ready: 0, held: 0, tasks: [], writes: [] };
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
  first('held', HELD.test(document.querySelector('.card .number')?.textContent));
};
new MutationObserver(look).observe(document, {
  subtree: true, childList: true, characterData: true, attributeFilter: ['data-ready'],
});

// A record is sealed before its transaction is begun. What is sealed beside it has another length.
const NONCE_AND_TAG = 28;
const sealedFrom = new Map();
const { encrypt } = SubtleCrypto.prototype;
SubtleCrypto.prototype.encrypt = function (way, key, plain) {
  sealedFrom.set(plain.byteLength, performance.now());
  return encrypt.call(this, way, key, plain);
};
const writing = new WeakMap();
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  const begun = transaction.call(this, stores, mode, options);
  if (begun.mode !== 'readwrite' || begun.durability !== 'strict') return begun;
  const write = { stores: [...begun.objectStoreNames], bytes: 0, from: performance.now(), to: 0 };
  writing.set(begun, write);
  begun.addEventListener('complete', () => {
    write.to = performance.now();
    seen.writes.push(write);
  });
  return begun;
};
const { put } = IDBObjectStore.prototype;
IDBObjectStore.prototype.put = function (...record) {
  const write = writing.get(this.transaction);
  const bytes = (record[0]?.sealed?.byteLength ?? 0) - NONCE_AND_TAG;
  if (write && bytes > 0) {
    write.bytes += bytes;
    write.from = Math.min(write.from, sealedFrom.get(bytes) ?? write.from);
  }
  return put.apply(this, record);
};
