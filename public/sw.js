// Answers when the network cannot: the packaged files of one build, and the app shell in place of a page.
// Of what pages ask it touches nothing but GET. What people send is stored by the page and sent by the page; where
// none is open, from the same storage, at the end of this file.
//
// A pack is all there or not at all. What a cut install has fetched stays in the browser's own cache, for
// the addresses carry the build and never change, so the next try goes on from there.

// Written by the packaging: [address, hash of its contents] for each file.
const MANIFEST = { build: "none", citizen: [], office: [] };

const SHELL = "/app-shell";
const SHARE = "/share";
// A page of ours says which build made it. A captive portal's, a proxy's or a stranger's does not.
const MARK = "huiyin-build";
const PATIENCE_MS = 3000;
const OFFICE_MS = 60_000;
const PREFIX = "huiyin-pack-";
const packName = (pack) => `${PREFIX}${pack}-${MANIFEST.build}`;
const buildOf = (name) => name.split("-").pop();
const isOffice = (name) => name.startsWith(`${PREFIX}office-`);
// In the pack of a build that was active.
const TAKEN = "/taken";
// Besides this one.
const MOST_BUILDS = 2;
const rootFiles = new Set(MANIFEST.citizen.map(([path]) => path).filter((path) => !path.startsWith("/pkg/")));

const fill = async (pack) => {
  const name = packName(pack);
  if (await isWhole(pack)) return;
  const cache = await caches.open(name);
  const files = MANIFEST[pack].map(([path, integrity]) => new Request(path, { integrity }));
  await cache.addAll(files);
  // The shell comes last: a pack that has it is whole.
  const shell = await fetch(SHELL, { cache: "reload" });
  if (!shell.ok || shell.headers.get(MARK) !== MANIFEST.build) throw new Error("the shell is of another build");
  await cache.put(SHELL, shell);
};

const isWhole = async (pack) =>
  (await caches.has(packName(pack))) && !!(await (await caches.open(packName(pack))).match(SHELL));

const ourShell = async () => (await caches.open(packName("citizen"))).match(SHELL);

addEventListener("install", (event) => event.waitUntil(install()));

addEventListener("activate", (event) => event.waitUntil(activate()));

const install = async () => {
  await fill("citizen");
  // An update does not depend on it.
  await inTime(keepOffice(), OFFICE_MS).catch(() => {});
};

// Where the officials' pack is, or was begun, it is this build's as well. What failed is tried again with each page.
const keepOffice = async () => {
  if ((await caches.keys()).some(isOffice)) await fill("office");
};

const activate = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  // One that is newer is just being installed.
  const older = [...new Set(names.map(buildOf))];
  older.splice(older.indexOf(MANIFEST.build));
  const used = await stillUsed(older);
  const gone = older.filter((build) => !used.includes(build));
  await Promise.all(names.filter((name) => gone.includes(buildOf(name))).map((name) => caches.delete(name)));
  await clients.claim();
  // A full phone has room now, if ever.
  await (await caches.open(packName("citizen"))).put(TAKEN, new Response());
  if (names.some(isOffice)) await caches.open(packName("office"));
};

// A tab of a build before may still be open and want a part of it. The one in which the update was accepted starts
// anew, and of what nobody accepted there is none.
const stillUsed = async (older) => {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.length < 2) return [];
  const marks = older.map((build) => caches.match(TAKEN, { cacheName: `${PREFIX}citizen-${build}` }));
  const marked = await Promise.all(marks);
  const taken = older.filter((_, at) => marked[at]);
  // The first worker that leaves a mark follows one that left none.
  return (taken.length > 0 ? taken : older).slice(-MOST_BUILDS);
};

addEventListener("message", (event) => {
  const { data, ports, waitUntil } = event;
  if (data === "build") {
    ports[0]?.postMessage(MANIFEST.build);
    waitUntil.call(event, keepOffice().catch(() => {}));
  }
  // Only the person lets a new version take over.
  if (data === "update") skipWaiting();
  if (data === "office") waitUntil.call(event, fill("office").catch(() => {}));
  // The shell carries the size of the text.
  if (data === "shell") waitUntil.call(event, renewShell().catch(() => {}));
});

const renewShell = async () => {
  const shell = await fetch(SHELL, { cache: "reload" });
  if (shell.ok && shell.headers.get(MARK) === MANIFEST.build) {
    await (await caches.open(packName("citizen"))).put(SHELL, shell);
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    // A file is not waited for three seconds and then answered with a page.
    if (!isFile(url.pathname)) event.respondWith(page(request));
  } else if (url.pathname.startsWith("/pkg/") || rootFiles.has(url.pathname)) {
    event.respondWith(packaged(request));
  }
});

const isFile = (path) => /\/(api|attachments)\/|^\/(healthz|readyz|metrics)$|\.[^/]*$/.test(path);

const packaged = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

// The network's page if it is ours and comes in time; else the shell, which shows what the device has.
const page = async (request) => {
  const shell = await ourShell();
  if (!shell) return fetch(request);
  // What is shared with the app stays on the device until its person sends it.
  if (new URL(request.url).pathname === SHARE) return shell;
  const ended = new AbortController();
  try {
    return await fromNetwork(request, ended.signal);
  } catch {
    ended.abort();
    return shell;
  }
};

const fromNetwork = async (request, signal) => {
  const headers = { accept: "text/html" };
  const asked = fetch(request.url, { headers, signal, credentials: "same-origin", cache: request.cache });
  const answer = await inTime(asked, PATIENCE_MS);
  // Whatever a person is shown of ours is a page, of a failure too; a proxy's 502 may be a text, or nothing.
  if (!answer.headers.get(MARK)) throw new Error("not a page of ours");
  return answer.redirected ? Response.redirect(answer.url, 302) : whole(answer);
};

// A page that is cut after its head, or stalls, could not be taken back: until it is whole the one before stays.
const whole = async (answer) => {
  const pieces = [];
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await inTime(reader.read(), PATIENCE_MS);
    if (done) return new Response(new Blob(pieces), answer);
    pieces.push(value);
  }
};

const inTime = (promise, ms) =>
  Promise.race([promise, new Promise((_, late) => setTimeout(late, ms, new Error("too late")))]);

// Background Sync, where a browser has it: what waits goes when the network is back, though no page is open. A
// bonus only. Text, and only of what is new: what is about one's own matter needs its code opened first, which a
// page does. Answers are left to the page as well: it asks again under the same ids and is told the same.
const OUTBOX = "outbox";
const SENT_AT_ONCE = 20;
const A_PAGE_TRIES_MS = 20_000;

addEventListener("sync", (event) => {
  if (event.tag === OUTBOX) event.waitUntil(sendWaiting());
});

const sendWaiting = async () => {
  const pages = await clients.matchAll({ type: "window" });
  if (pages.some((page) => page.visibilityState === "visible")) {
    // It sends by itself. Should its person leave before it could, the browser asks again.
    await new Promise((over) => setTimeout(over, A_PAGE_TRIES_MS));
    if (await somethingWaits()) throw new Error("not sent yet");
    return;
  }
  // The lock of the pages' outbox: one sends at a time.
  await navigator.locks.request("huiyin-outbox", { ifAvailable: true }, async (lock) => {
    if (lock) return post();
    // It may be a page that sleeps.
    if (await somethingWaits()) throw new Error("another sends");
  });
};

// A letter that was delivered waits for its person only.
const waits = (record) => {
  const { phase, space, letter } = headOf(record);
  return ["kept", "tried"].includes(phase) && (!space || letter === "waits");
};

// One that is damaged is in nobody's way; a page says so.
const headOf = ({ head }) => {
  try {
    return JSON.parse(head);
  } catch {
    return {};
  }
};

const somethingWaits = async () => {
  const database = await opened();
  try {
    return (await done(of(database, "items").getAll())).some(waits);
  } finally {
    database.close();
  }
};

const post = async () => {
  const database = await opened();
  try {
    const vault = await vaultOf(database);
    const envelopes = [];
    for (const record of (await done(of(database, "items").getAll())).filter(waits)) {
      // Nor is one that does not open.
      const envelope = await leaving(database, vault, record).catch(() => undefined);
      if (envelope) envelopes.push(envelope);
      if (envelopes.length === SENT_AT_ONCE) await sent(envelopes.splice(0));
    }
    if (envelopes.length > 0) await sent(envelopes);
  } finally {
    database.close();
  }
};

const sent = async (envelopes) => {
  const address = `/api/v1/${JSON.parse(envelopes[0]).county}/commands`;
  const headers = { "content-type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, redirect: "manual", body: `[${envelopes}]` });
  // A failure lets the browser try again; a portal's page is one.
  if (!answer.ok || !Array.isArray(await answer.json())) throw new Error("not received");
};

// An item's envelope, once it is noted that it leaves: from then on it may be at the server.
const leaving = async (database, vault, { head, sealed }) => {
  const { id, phase, space } = JSON.parse(head);
  if (space) return closed(database, id, phase, head);
  const item = JSON.parse(await vault.unseal(`items/${id}`, sealed));
  if (item.about !== null) return undefined;
  const content = await done(of(database, "contents").get(id));
  if (!content) return undefined;
  const envelope = await vault.unseal(`contents/${id}`, content.sealed);
  if (phase === "tried") return envelope;
  const tried = await vault.seal(`items/${id}`, JSON.stringify({ ...item, standing: { standing: "tried" } }));
  return (await noted(database, id, head, tried)) ? envelope : undefined;
};

// What is in a space goes as a letter that only the server opens: it lies beside the envelope, ready.
const closed = async (database, id, phase, head) => {
  const letter = await done(of(database, "contents").get(`letter/${id}`));
  if (!letter || (phase !== "tried" && !(await noted(database, id, head)))) return undefined;
  return letter.head;
};

// False where a page has discarded it, sent it, or moved it into a space meanwhile.
const noted = async (database, id, head, sealed) => {
  const transaction = database.transaction("items", "readwrite", { durability: "strict" });
  const items = transaction.objectStore("items");
  const known = await done(items.get(id));
  if (known?.head !== head) return false;
  items.put({ head: JSON.stringify({ ...JSON.parse(head), phase: "tried" }), sealed: sealed ?? known.sealed }, id);
  // What was put is not on the disk yet.
  await committed(transaction);
  return true;
};

const committed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });

const opened = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("huiyin");
    // There is none: it is not for the worker to make.
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const of = (database, store) => database.transaction(store).objectStore(store);

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// As crates/device/src/vault.rs: a nonce of twelve bytes in front, the record's place authenticated.
const vaultOf = async (database) => {
  const key = await done(of(database, "keys").get("device"));
  const bound = (place, iv) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) });
  return {
    unseal: async (place, whole) => {
      const plain = await crypto.subtle.decrypt(bound(place, whole.slice(0, 12)), key, whole.slice(12));
      return new TextDecoder().decode(plain);
    },
    seal: async (place, text) => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(bound(place, iv), key, new TextEncoder().encode(text)));
      const whole = new Uint8Array(12 + sealed.length);
      whole.set(iv);
      whole.set(sealed, 12);
      return whole;
    },
  };
};
