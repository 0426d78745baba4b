// After the export: every script gets its hash, whatever loads it; what no browser asks for is left out.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Sources of workers, maps, and lists for another router: published by the bundler, wanted by no page. */
const unwanted = /\.(?:ts|tsx|mts|map)$|^\/_next\/static\/tacit\//;

function filesUnder(folder, path = "") {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .flatMap((entry) => {
      const child = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(folder, child) : [child];
    })
    .sort();
}

/** Every page carries the hash of every script, and hashes do not pack: SHA-256, the shortest that browsers take. */
const hashOf = (body) => `sha256-${createHash("sha256").update(body).digest("base64")}`;

/**
 * Runs first in every page: a script element made by other scripts gets its integrity as it gets its address,
 * and an address that is not of this build gets one that nothing can match. Workers are out of its reach: no browser
 * takes a hash for `new Worker` or for what a worker imports.
 */
function wrapper(hashes) {
  const code = (known) => {
    const element = HTMLScriptElement.prototype;
    const source = Object.getOwnPropertyDescriptor(element, "src");
    const set = element.setAttribute;
    const pin = (script, value) => {
      const url = new URL(String(value), document.baseURI);
      const hash =
        url.origin === location.origin && Object.hasOwn(known, url.pathname) ? known[url.pathname] : undefined;
      script.integrity = `sha256-${hash ?? "A".repeat(43)}=`;
      script.crossOrigin = "anonymous";
    };
    Object.defineProperty(element, "src", {
      ...source,
      set(value) {
        pin(this, value);
        source.set.call(this, value);
      },
    });
    element.setAttribute = function (name, value) {
      if (String(name).toLowerCase() === "src") pin(this, value);
      set.call(this, name, value);
    };
  };
  const short = Object.fromEntries(
    Object.entries(hashes).map(([path, hash]) => [path, hash.slice("sha256-".length, -1)]),
  );
  const body = code.toString().replace(/\s*\n\s*/g, " ");
  return `<script>(${body})(${JSON.stringify(short)})</script>`;
}

/**
 * Adds `integrity` to every tag of `html` that loads or preloads a script, and `crossorigin`, without which the header
 * Integrity-Policy refuses it all the same. Throws on a script that is not of this build.
 */
export function sealPage(html, hashes) {
  const pin = (tag, url) => {
    const hash = hashes[url];
    if (hash === undefined) throw new Error(`A page loads ${url}, which is not in the export.`);
    const bare = tag.replace(/\scrossorigin(?:="[^"]*")?/i, "");
    return bare.replace(/\s*\/?>$/, (end) => ` integrity="${hash}" crossorigin=""${end}`);
  };
  const sealed = html.replace(/<script\b[^>]*\ssrc="([^"]+)"[^>]*>/g, pin).replace(/<link\b[^>]*>/g, (tag) => {
    const script = /\srel="(?:preload|modulepreload)"/.test(tag) && /\sas="script"/.test(tag);
    return script ? pin(tag, /\shref="([^"]+)"/.exec(tag)?.[1] ?? "") : tag;
  });
  const head = /<head[^>]*>(?:<meta charSet="utf-8"\/?>)?/i.exec(sealed)?.[0];
  if (head === undefined) throw new Error("A page has no head.");
  // Scripts with `async` may run as soon as they are met, so that the page's own first script goes before them; and it
  // goes before the wrapper, since React takes the first inline script that it finds in the head for that one.
  const first = /<script>.*?<\/script>/s.exec(sealed.slice(0, sealed.indexOf("</head>")))?.[0] ?? "";
  return sealed.replace(first, () => "").replace(head, () => head + first + wrapper(hashes));
}

/** Seals the export in `out`; returns how many files are left. */
export function sealExport(out) {
  for (const path of filesUnder(out)) if (unwanted.test(path)) rmSync(join(out, path));
  const files = filesUnder(out);
  const scripts = files.filter((path) => path.endsWith(".js"));
  const hashes = Object.fromEntries(scripts.map((path) => [path, hashOf(readFileSync(join(out, path)))]));
  for (const path of files.filter((one) => one.endsWith(".html"))) {
    writeFileSync(join(out, path), sealPage(readFileSync(join(out, path), "utf8"), hashes));
  }
  return files.length;
}
