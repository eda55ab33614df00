// The one trusted-types policy of the site. HTML is that of the wasm, which is ours; the only scripts a
// page may start beside itself are the service worker and the one that makes photos small.
const scripts = ["/sw.js", new URL("./shrink.js", import.meta.url).href];
const rules = {
  createHTML: (html) => html,
  createScriptURL: (url) => {
    if (!scripts.includes(url)) throw new TypeError("not a script of this site");
    return url;
  },
};
export const huiyin = globalThis.trustedTypes ? trustedTypes.createPolicy("huiyin", rules) : rules;
