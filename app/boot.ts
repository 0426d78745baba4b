// The one inline script: the look before the first paint, and the Trusted Types policy before any other script.

/** Where the look is kept on this device, and what a value may be; `app/_ui/hooks/use-appearance.ts` writes these. */
export const LOOK_KEYS = {
  theme: "tacit-theme",
  density: "tacit-density",
  motion: "tacit-motion",
  text: "tacit-text",
} as const;

/** The colour of the browser's own frame, by theme: the rail's lining. */
export const FRAME = { light: "#dfe9e4", dark: "#0c1f1c" } as const;

/**
 * Plain script text, served inline and allowed by its hash. It reads only the keys above and takes only known values.
 * The `default` policy lets scripts and workers come from this origin alone; markup and code from strings throw.
 */
export const BOOT = [
  "(function(){",
  "var r=document.documentElement,d=r.dataset;",
  "function k(n){try{return localStorage.getItem(n)}catch(e){return null}}",
  `var t=k("${LOOK_KEYS.theme}");`,
  'd.theme=t==="light"||t==="dark"?t:matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";',
  `if(k("${LOOK_KEYS.density}")==="compact")d.density="compact";`,
  `if(k("${LOOK_KEYS.motion}")==="still")d.motion="still";`,
  `var s=k("${LOOK_KEYS.text}");if(s&&/^(13|14|16|17|18|20)$/.test(s))d.text=s;`,
  "var p=window.trustedTypes;",
  'function no(){throw new TypeError("not allowed here")}',
  'if(p&&p.createPolicy)p.createPolicy("default",{',
  "createHTML:no,createScript:no,",
  "createScriptURL:function(u){var a=new URL(u,document.baseURI);",
  "if(a.origin!==location.origin||!/^https?:$/.test(a.protocol))no();return u}",
  "})",
  "})()",
].join("");
