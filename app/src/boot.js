// Starts the wasm once the page is at rest. Everything works without it, and on a cheap phone its start
// holds the processor for a second: a page that is only read waits for the first tap, and for a while
// otherwise; a slow line or a person who saves data waits for the tap. Addresses are relative to this
// file: one build, one folder.
const REST_MS = 6000;

// Written by the packaging: the wasm of the screen that an installed app opens with.
const AHEAD = [];

const ours = new URL(import.meta.url).pathname.split("/")[2];
const workers = navigator.serviceWorker;
const begin = async () => {
  // The app shell is nothing without the wasm, and comes from the worker: only it fetches before it has asked.
  const early = empty && parts();
  if (empty && atHome()) compileAhead();
  // A page newer than the worker that would answer for it offline stays plain until the person updates:
  // two builds' files never work together.
  if (await isOfAnotherBuild()) return offerUpdate();
  const [{ default: load, hydrate }, module_or_path] = await (early || parts());
  await load({ module_or_path });
  await parsed();
  hydrate();
  register();
};

// Compiled while the glue is read.
const parts = () => Promise.all([import("./huiyin.js"), compiled("huiyin.wasm")]);
const compiled = (file) => WebAssembly.compileStreaming(fetch(new URL(file, import.meta.url)));

// The loader of the chunks takes them from here; what fails it tries again.
const compileAhead = () => {
  globalThis.huiyinAhead = new Map(AHEAD.map((file) => [file, compiled(file)]));
  for (const module of huiyinAhead.values()) module.catch(() => {});
};

const parsed = () =>
  document.readyState === "loading" && new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));

const isOfAnotherBuild = async () => {
  if (!workers?.controller) return false;
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((done) => {
    port1.onmessage = ({ data }) => done(data);
    // A worker that does not answer is no reason to stay plain.
    setTimeout(done, 1000, ours);
  });
  workers.controller.postMessage("build", [port2]);
  return (await told) !== ours;
};

// Not before the page works: the worker fetches everything a citizen may need, and the page comes first.
const register = async () => {
  if (!workers) return;
  try {
    const { huiyin } = await import("./policy.js");
    const registration = await workers.register(huiyin.createScriptURL("/sw.js"), { updateViaCache: "none" });
    // The text size may have changed since the shell was kept.
    const { site } = html.dataset;
    if (sessionStorage.getItem("site") !== site) registration.active?.postMessage("shell");
    sessionStorage.setItem("site", site);
    // The first time a worker is only being installed.
    if (works) workers.ready.then(({ active }) => active.postMessage("office"));
    watchFor(registration);
  } catch {
    // Private mode, or a setting: everything works online.
  }
};

const watchFor = (registration) => {
  const look = () => registration.waiting && workers.controller && offerUpdate();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  look();
};

// The bar is in every page, hidden; a mark on the document shows it, whatever the app renders anew.
const offerUpdate = () => html.setAttribute("data-update", "1");

// Only the tab in which it was accepted starts anew: another may hold words that are not sent yet.
let accepted = false;
const update = async () => {
  accepted = true;
  html.setAttribute("data-update", "2");
  const registration = await workers.getRegistration();
  await registration?.update().catch(() => {});
  const fresh = registration?.waiting ?? registration?.installing;
  if (!fresh) return anew();
  const takeOver = () => {
    if (fresh.state === "installed") fresh.postMessage("update");
    // It could not be fetched whole: as it was before.
    if (fresh.state === "redundant") offerUpdate();
  };
  fresh.addEventListener("statechange", takeOver);
  takeOver();
};
if (workers) {
  const before = workers.controller;
  // The first worker takes over a page of its own build: nothing to load anew.
  workers.addEventListener("controllerchange", () => {
    if (accepted) anew();
    else if (before) offerUpdate();
  });
}

// 长辈版 is chosen once for the whole site: the server keeps it in a cookie. Where it cannot be told at once, the
// choice is kept here, and holds for what the device shows until it was told.
const SIZE = "text_size";
const TOLD_WITHIN_MS = 3000;
const html = document.documentElement;
// A browser inside another app prints nothing, and drops what is saved.
if (/MicroMessenger/.test(navigator.userAgent)) html.dataset.inApp = "";
const siteOf = () => JSON.parse(html.dataset.site);
const chosen = (size) => {
  try {
    if (size) localStorage.setItem(SIZE, size);
    if (size === null) localStorage.removeItem(SIZE);
    return localStorage.getItem(SIZE);
  } catch {
    return null;
  }
};
// Whether it knows now: it answers with the way back, which is not followed. Of a portal that answers the same
// way the next page shows that nothing was chosen.
const tell = async (size) => {
  const body = new URLSearchParams({ [SIZE]: size });
  const ended = new AbortController();
  setTimeout(() => ended.abort(), TOLD_WITHIN_MS);
  const posted = { method: "POST", body, redirect: "manual", signal: ended.signal };
  const answer = await fetch(`/${siteOf().county}/settings`, posted).catch(() => null);
  const told = answer?.type === "opaqueredirect";
  // The shell is made in the size that is known: fetched anew while there is a network.
  if (told) workers?.controller?.postMessage("shell");
  return told;
};
const choose = async (size) => {
  chosen((await tell(size)) ? null : size);
  anew();
};
const tellLater = async () => {
  const size = chosen();
  if (!size || !(await tell(size))) return;
  if (chosen() === size) chosen(null);
  if (siteOf().text_size !== size) anew();
};
const showChosen = () => {
  const size = chosen();
  if (!size) return;
  html.dataset.site = JSON.stringify({ ...siteOf(), [SIZE]: size });
  html.removeAttribute("data-elder");
  if (size !== "standard") html.dataset.elder = size === "large" ? "large" : "larger";
};
addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (!/^\/[^/]+\/settings$/.test(target.getAttribute("action") ?? "")) return;
  event.preventDefault();
  choose(submitter?.value || new FormData(target).get(SIZE));
});

// What stands in the page's forms goes along, in this tab alone, and leaves its storage as it is put back. Secrets
// are typed again.
const UNSENT = "unsent";
const SECRET = "[type=password], [name=pin], [name=code]";
const TYPED = `:is(input:not([type=hidden], [type=file], ${SECRET}), textarea, select)[name]`;
const fields = () => {
  const seen = {};
  return [...document.querySelectorAll("main form[method=post]")].flatMap((form) =>
    [...form.querySelectorAll(TYPED)].map((field) => {
      const name = `${form.getAttribute("action")} ${field.name}`;
      seen[name] = (seen[name] ?? 0) + 1;
      return [`${name} ${seen[name]}`, field, ["checkbox", "radio"].includes(field.type) ? "checked" : "value"];
    }),
  );
};
const anew = () => {
  const typed = Object.fromEntries(fields().map(([name, field, part]) => [name, field[part]]));
  try {
    sessionStorage.setItem(UNSENT, JSON.stringify({ path: location.pathname + location.search, typed }));
  } catch {
    // No storage: the browser's own memory of forms has to do.
  }
  location.reload();
};
// What found no field is left.
const putBack = ({ path, typed }) => {
  const left = path === location.pathname + location.search ? { ...typed } : {};
  for (const [name, field, part] of fields()) {
    if (!(name in left)) continue;
    delete left[name];
    if (field[part] === typed[name]) continue;
    field[part] = typed[name];
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  return { path, typed: left };
};
// A form that the device has, and not the server, comes a moment after the page is ready; it is not waited for long.
const FORM_WITHIN_MS = 10_000;
const putBackLater = (left) => {
  const come = new MutationObserver(() => {
    // Each once: what the person has typed since is theirs.
    left = putBack(left);
    if (!Object.keys(left.typed).length) come.disconnect();
  });
  come.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => come.disconnect(), FORM_WITHIN_MS);
};
const takeUnsent = () => {
  try {
    const unsent = sessionStorage.getItem(UNSENT);
    sessionStorage.removeItem(UNSENT);
    return JSON.parse(unsent);
  } catch {
    return null;
  }
};
const unsent = takeUnsent();
if (unsent) {
  putBack(unsent);
  // The wasm shows what the page was made with: what stood there goes back once more, as it is by then.
  const look = () => fields().forEach(([name, field, part]) => (unsent.typed[name] = field[part]));
  addEventListener("input", look, true);
  const ready = new MutationObserver(() => {
    removeEventListener("input", look, true);
    ready.disconnect();
    putBackLater(putBack(unsent));
  });
  ready.observe(html, { attributeFilter: ["data-ready"] });
}

let started;
const start = () => (started ??= begin());

const whenIdle = () =>
  "requestIdleCallback" in window ? requestIdleCallback(start, { timeout: 2000 }) : setTimeout(start, 200);

// A finger that scrolls lifts nothing: its pointer is cancelled. A mouse moves before it clicks.
const whenTouched = () => {
  const kinds = ["pointerup", "pointermove", "keydown", "focusin"];
  const once = (event) => {
    if (event.type === "pointermove" && event.pointerType !== "mouse") return;
    for (const kind of kinds) removeEventListener(kind, once, true);
    start();
  };
  for (const kind of kinds) addEventListener(kind, once, { capture: true, passive: true });
};

const line = navigator.connection;
const spare = line && (line.saveData || ["slow-2g", "2g"].includes(line.effectiveType));
const works = location.pathname.split("/").includes("office");
// Something waits here to be sent: it does not wait for a tap, however weak the line.
const waits = () => {
  try {
    return localStorage.getItem("waits");
  } catch {
    return null;
  }
};
// Another phone's code leads here with what it gives (`routes/citizen/carry.rs`).
const brings = location.pathname.endsWith("/carry") && location.hash;
// A registration may lie on the device further than the server knows it.
const fills = location.pathname.includes("/register/") && (!spare || workers?.controller);
const atRest = () => {
  if ((works && !spare) || brings || fills || waits()) return whenIdle();
  whenTouched();
  if (!spare) setTimeout(whenIdle, REST_MS);
};
// The app shell has nothing to show before the wasm runs.
const empty = html.hasAttribute("data-app-shell");
const county = () => siteOf().county;
const atHome = () => location.pathname === `/${county()}`;
const leadTo = (path) => history.replaceState(null, "", path);
if (empty && location.pathname === "/") {
  // An installed app starts here; the county is the shell's to know.
  leadTo(`/${county()}`);
} else if (empty && location.pathname === "/share") {
  // Shared from another app: it is put into what the person begins next (`repository/draft.rs`).
  const parts = ["title", "text", "url"].map((part) => new URLSearchParams(location.search).get(part));
  sessionStorage.setItem("shared", parts.filter(Boolean).join("\n"));
  leadTo(`/${county()}/register`);
}
if (empty) showChosen();
tellLater();
addEventListener("online", tellLater);
if (empty) start();
else if (document.readyState === "complete") atRest();
else addEventListener("load", atRest, { once: true });

// A private QR leads here with its secret in the fragment: out of the address at once, then sent as
// if it had been typed.
const secret = /^#([0-9A-Z]{26})$/.exec(location.hash)?.[1];
if (secret && location.pathname.endsWith("/follow")) {
  history.replaceState(null, "", location.pathname);
  const form = document.querySelector('main form[action$="/follow"]');
  if (form) {
    form.elements.code.value = secret;
    form.submit();
  }
}

// Browsers whose style sheets cannot unfold an answer for the printer.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll(".answer details")) folded.open = true;
});

// What the wasm asks for when somebody wants to take a photo or record a voice.
globalThis.huiyinMedia = () => import("./media.js");

// Sharing, printing and keeping a picture need no wasm, and their script only when they are wanted.
addEventListener("click", async (event) => {
  if (event.target.closest?.("[data-update-now]")) return update();
  const button = event.target.closest?.("[data-device]");
  if (!button) return;
  event.preventDefault();
  (await import("./device.js")).act(button);
});
