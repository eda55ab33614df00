const huiyin = globalThis.trustedTypes
  ? trustedTypes.createPolicy("huiyin", { createHTML: (html) => html })
  : { createHTML: (html) => html };
