// After the seal: the service worker, which knows every file of the build by its hash and keeps no other.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The bundler that tsx brings along, at the version of the lockfile; the framework's own knows no service workers. Looked
 * for when it is needed: on a fresh machine this file is loaded before any package is there.
 */
const bundler = () => createRequire(createRequire(import.meta.url).resolve("tsx/package.json"))("esbuild");

/** What a page of the app asks for; the framework's own error pages are shown by a server alone. */
const wanted = /\.(?:html|js|css|svg|png|woff2|wasm|webmanifest)$|^\/emoji\/[a-z]+\.json$/;
const unwanted = /^\/(?:404|_not-found)(?:\.html$|\/)|^\/sw(?:-peek)?\.js$/;

function filesUnder(folder, path = "") {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .flatMap((entry) => {
      const child = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(folder, child) : [child];
    })
    .filter((path) => wanted.test(path) && !unwanted.test(path))
    .sort();
}

/** Bundles the worker of `folder` into its export in `out`. Run when every other file there is final. */
export async function writeService(folder, out) {
  const files = filesUnder(out).map((path) => ({
    path,
    hash: createHash("sha256")
      .update(readFileSync(join(out, path)))
      .digest("base64"),
  }));
  const name = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 32);
  const parts = { "sw.js": "main.ts", "sw-peek.js": "peek.ts" };
  for (const [file, entry] of Object.entries(parts))
    await bundle(folder, `lib/platform/browser/service/${entry}`, join(out, file), { build: name, files });
}

async function bundle(folder, entry, outfile, shell) {
  await bundler().build({
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    define: { TACIT_SHELL: JSON.stringify(shell) },
  });
}
