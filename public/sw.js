// Answers when the network cannot: the packaged files of one build, and the app shell in place of a page.
// It touches nothing but GET: what people send is stored and sent by the page itself.
//
// A pack is all there or not at all. What a cut install has fetched stays in the browser's own cache, for
// the addresses carry the build and never change, so the next try goes on from there.

// Written by the packaging: [address, hash of its contents] for each file.
const MANIFEST = { build: "none", citizen: [], office: [] };

const SHELL = "/app-shell";
// A page of ours says which build made it. A captive portal's, a proxy's or a stranger's does not.
const MARK = "huiyin-build";
const PATIENCE_MS = 3000;
const PREFIX = "huiyin-pack-";
const packName = (pack) => `${PREFIX}${pack}-${MANIFEST.build}`;
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

addEventListener("install", (event) => event.waitUntil(fill("citizen")));

addEventListener("activate", (event) => event.waitUntil(activate()));

// A tab of the build before may still be open and want a part of it: the newest other build stays.
const activate = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const others = [...new Set(names.map((name) => name.split("-").pop()))].filter((build) => build !== MANIFEST.build);
  const gone = others.slice(0, -1);
  await Promise.all(names.filter((name) => gone.includes(name.split("-").pop())).map((name) => caches.delete(name)));
  await clients.claim();
};

addEventListener("message", (event) => {
  const { data, ports, waitUntil } = event;
  if (data === "build") ports[0]?.postMessage(MANIFEST.build);
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

const isFile = (path) => /\/(api|attachments)\//.test(path) || path.split("/").pop().includes(".");

const packaged = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

// The network's page if it is ours and comes in time; else the shell, which shows what the device has.
const page = async (request) => {
  const shell = await ourShell();
  if (!shell) return fetch(request);
  const ended = new AbortController();
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
  const network = fromNetwork(request, ended.signal);
  const first = await Promise.race([network.catch(() => undefined), late]);
  if (!first) ended.abort();
  return first ?? shell;
};

const fromNetwork = async (request, signal) => {
  const headers = { accept: "text/html" };
  const answer = await fetch(request.url, { headers, signal, credentials: "same-origin", cache: request.cache });
  // Pictures and texts pass as they are: what stands in front of a network speaks HTML.
  const isPage = answer.headers.get("content-type")?.startsWith("text/html");
  if (isPage && !answer.headers.get(MARK)) throw new Error("not a page of ours");
  return answer.redirected ? Response.redirect(answer.url, 302) : answer;
};
