// The one trusted-types policy of the site. HTML is that of the wasm, which is ours; the only script a
// page may start beside itself is the service worker.
const rules = {
  createHTML: (html) => html,
  createScriptURL: (url) => {
    if (url !== "/sw.js") throw new TypeError("not a script of this site");
    return url;
  },
};
export const huiyin = globalThis.trustedTypes ? trustedTypes.createPolicy("huiyin", rules) : rules;
