// Starts the wasm once the page is at rest. Everything works without it, and on a cheap phone its start
// holds the processor for a second: a page that is only read waits for the first tap, and for a while
// otherwise; a slow line or a person who saves data waits for the tap. Addresses are relative to this
// file: one build, one folder.
const REST_MS = 6000;

const begin = async () => {
  const { default: load, hydrate } = await import("./huiyin.js");
  await load({ module_or_path: new URL("./huiyin.wasm", import.meta.url) });
  hydrate();
};
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
const atRest = () => {
  if (works && !spare) return whenIdle();
  whenTouched();
  if (!spare) setTimeout(whenIdle, REST_MS);
};
// The app shell has nothing to show before the wasm runs.
const empty = document.documentElement.hasAttribute("data-app-shell");
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

// Sharing, printing and keeping a picture need no wasm, and their script only when they are wanted.
addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-device]");
  if (!button) return;
  event.preventDefault();
  (await import("./device.js")).act(button);
});
