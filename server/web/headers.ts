// Headers of every answer: what a browser may do with it, and with nothing else (HOSTILE C).

export type Headers = Readonly<Record<string, string>>;

/** For every answer, whatever it is. */
export const BASE: Headers = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
};

export const HSTS: Headers = { "strict-transport-security": "max-age=63072000" };

/** Answers of procedures and blobs: data that no browser shows, runs or keeps. */
export const DATA: Headers = {
  ...BASE,
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
};

const OFF = [
  "accelerometer",
  "autoplay",
  "bluetooth",
  "browsing-topics",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];
// the camera reads codes, and only when a person opens the scanner; the microphone hears voice messages while one is recorded; a passkey may open the app lock, in the browser alone
const OWN = [
  "camera",
  "clipboard-read",
  "clipboard-write",
  "microphone",
  "publickey-credentials-create",
  "publickey-credentials-get",
];
const permissions = [...OFF.map((name) => `${name}=()`), ...OWN.map((name) => `${name}=(self)`)].join(", ");

/** HTML: only scripts of this origin, and inline ones by their hash. `hashes` as 'sha256-…' without quotes. */
export function pageHeaders(hashes: readonly string[]): Headers {
  const scripts = ["'self'", "'wasm-unsafe-eval'", ...hashes.map((hash) => `'${hash}'`)].join(" ");
  return {
    ...BASE,
    "content-security-policy": [
      "default-src 'none'",
      `script-src ${scripts}`,
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self' blob: data:",
      "media-src 'self' blob:",
      "font-src 'self'",
      "worker-src 'self'",
      "manifest-src 'self'",
      "frame-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types default",
    ].join("; "),
    "integrity-policy": "blocked-destinations=(script)",
    "permissions-policy": permissions,
    "cache-control": "no-cache",
  };
}

/** Scripts and workers; Trusted Types would break how a worker starts. */
export const SCRIPT: Headers = {
  ...BASE,
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'",
};

/** Styles, fonts, pictures, the manifest. */
export const ASSET: Headers = {
  ...BASE,
  "content-security-policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; sandbox",
};

export const FOREVER: Headers = { "cache-control": "public, max-age=31536000, immutable" };
export const ASK_AGAIN: Headers = { "cache-control": "no-cache" };
