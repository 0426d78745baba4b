// SRV-21 to SRV-24: what comes out that should not: ids in logs, stack traces, source maps, files off the list.
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toHex } from "@/lib/base/encoding.ts";
import { idBytes } from "@/lib/base/ids.ts";
import { toEventJson } from "@/lib/protocol/sync.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { b64, call, ciphertext, ServerWorld } from "@/tests/server-kit.ts";

let world: ServerWorld;
let founder: Person;
const inline = "document.documentElement.dataset.theme='dark'";

const files = {
  "index.html": `<!doctype html><script>${inline}</script><script src="/_next/static/app.js"></script><p>${"x".repeat(900)}</p>`,
  "_next/static/app.js": `console.log(${JSON.stringify("y".repeat(900))})`,
  "_next/static/app.js.map": '{"sources":["secret.ts"]}',
  "_next/static/media/worker.abc.ts": "export const source = 1",
  "_next/static/style.css": "p{}",
  "manifest.webmanifest": "{}",
  ".env": "SECRET=1",
  "notes.md": "notes",
};

/** Packed in a way that the server itself never packs, so that one can tell. */
const loosely = (text: string): Buffer =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY } });

function build(): string {
  const out = mkdtempSync(join(tmpdir(), "tacit-out-"));
  mkdirSync(join(out, "_next", "static", "media"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text);
  // What a build lays beside a file, packed: of the page as it is, of the script as it was before somebody changed it.
  writeFileSync(join(out, "index.html.br"), loosely(files["index.html"]));
  writeFileSync(join(out, "_next/static/app.js.br"), loosely("console.log('of another build')"));
  symlinkSync("/etc/passwd", join(out, "passwd.json"));
  writeFileSync(join(out, "..", "outside.js"), "1");
  return out;
}

beforeAll(async () => {
  world = await ServerWorld.founded({ staticDir: build() });
  founder = world.book.founder;
});
afterAll(() => world.stop());

/** The path exactly as given; fetch would tidy it up. */
function rawGet(path: string, method: string = "GET"): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(world.server.port, "127.0.0.1", () =>
      socket.write(`${method} ${path} HTTP/1.1\r\nhost: localhost:${world.server.port}\r\nconnection: close\r\n\r\n`),
    );
    let heard = "";
    socket.on("data", (piece) => {
      heard += String(piece);
    });
    socket.on("close", () => resolve(heard));
  });
}

describe("SRV-21 logs", () => {
  test("SRV-21 lines hold no id, key, token, address, path or body of all that happened", async () => {
    const bob = await world.join("bob");
    const { channel, scope } = await world.room(founder, [bob]);
    const { id } = await world.write(founder, channel);
    const blob = await world.upload(founder, channel, ciphertext(50));
    const token = await world.login(founder);
    const ear = await world.listen(bob);
    await ear.send("{ broken");
    await ear.closed;
    await world.getSegment({ blob, segment: 0 }, token);
    await world.call("events.row", { channel, id: "nonsense-in-the-body" }, token);
    await fetch(`${world.url}/some/secret/path?with=query-canary`);
    const text = world.log.map((line) => JSON.stringify(line)).join("\n");
    expect(world.log.length).toBeGreaterThan(20);
    const ids = [world.ws, channel, scope, id, blob, founder.user, founder.device.id, bob.user, bob.device.id];
    for (const one of ids) {
      expect(text).not.toContain(one);
      expect(text).not.toContain(toHex(idBytes(one as never)));
    }
    for (const word of [
      token,
      "127.0.0.1",
      "nonsense-in-the-body",
      "query-canary",
      "some/secret",
      "Bearer",
      world.dataDir,
    ])
      expect(text).not.toContain(word);
    const known = ["what", "route", "status", "fault", "ms", "bytes", "count", "at"];
    for (const line of world.log) expect(known).toEqual(expect.arrayContaining(Object.keys(line)));
  });
});

describe("SRV-22 errors", () => {
  test("SRV-22 no answer carries a stack, a file name, a message of a library", async () => {
    const token = await world.login(founder);
    const answers: string[] = [];
    const ask = async (path: string, body: string) => {
      const response = await fetch(`${world.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body,
      });
      answers.push(await response.text());
    };
    await ask("/trpc/events.read", '{"channel":1}');
    await ask("/trpc/events.read", "{{{");
    await ask("/trpc/nothing.here", "{}");
    await ask(
      "/trpc/ledger.append",
      JSON.stringify({
        after: world.head(),
        batch: { links: [{ b: b64(50), s: b64(64), x: null }], seals: [], boxes: [] },
      }),
    );
    const channel = await world.channel();
    const header = { ...toEventJson(world.event(founder, channel)), h: b64(60) };
    await ask("/trpc/events.append", JSON.stringify({ channel, events: [header] }));
    answers.push(await rawGet("/blob/x/y/z"), await rawGet("/nothing"), await rawGet("/%ff%fe"), await rawGet("*"));
    for (const answer of answers) {
      expect(answer).not.toMatch(
        /\n\s+at |node_modules|\.ts\b|Error:|ZodError|SqliteError|expected .* received|Unexpected token/,
      );
      expect(answer).not.toMatch(/x-powered-by|server:/i);
    }
    const shape = await call(world.url, "events.append", { channel, events: [header] }, token);
    expect(shape.fault).toMatch(/^wire\//);
  });
});

describe("SRV-23 SRV-24 files", () => {
  test("SRV-23 no source map, no source of a worker", async () => {
    for (const path of ["/_next/static/app.js.map", "/_next/static/media/worker.abc.ts"])
      expect(await rawGet(path), path).toMatch(/^HTTP\/1\.1 404 /);
  });

  test("SRV-24 only what is on the list: no dots, no encodings, no hidden files, no links out of the folder", async () => {
    const paths = [
      "/.env",
      "/notes.md",
      "/index.html.br",
      "/passwd.json",
      "/../outside.js",
      "/..%2foutside.js",
      "/%2e%2e/outside.js",
      "/_next/../index.html",
      "//index.html",
      "/index.html/",
      "/index.html%00.js",
      "/INDEX.HTML",
      "/_next/static",
      "/_next/static/",
      "/tacit.db",
      "/data/tacit.db",
      "http://evil.example/index.html",
    ];
    for (const path of paths) expect(await rawGet(path), path).toMatch(/^HTTP\/1\.1 404 /);
    for (const method of ["POST", "PUT", "DELETE", "PATCH"])
      expect(await rawGet("/index.html", method), method).toMatch(/^HTTP\/1\.1 405 /);
  });

  test("SRV-24 what the build packed is handed out where it is the very file, and nothing else that lies beside it", async () => {
    const packed = { headers: { "accept-encoding": "br" } };
    const page = await fetch(`${world.url}/`, packed);
    expect([page.headers.get("content-length"), await page.text()]).toEqual([
      String(loosely(files["index.html"]).length),
      files["index.html"],
    ]);
    const script = await fetch(`${world.url}/_next/static/app.js`, packed);
    expect([script.headers.get("content-encoding"), await script.text()]).toEqual(["br", files["_next/static/app.js"]]);
  });

  test("SRV-24 pages, scripts and the rest carry the headers they should, and answer to their tag", async () => {
    const page = await fetch(`${world.url}/join`, { headers: { "accept-encoding": "br" } });
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(page.headers.get("content-encoding")).toBe("br");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-[^']+';/);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'[^;]*unsafe-eval|\*/);
    expect(page.headers.get("integrity-policy")).toBe("blocked-destinations=(script)");
    expect(page.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(await page.text()).toContain(inline);
    const script = await fetch(`${world.url}/_next/static/app.js`);
    expect(script.headers.get("content-security-policy")).not.toContain("trusted-types");
    expect(script.headers.get("cache-control")).toContain("immutable");
    const tag = page.headers.get("etag") ?? "";
    const again = await fetch(`${world.url}/join`, { headers: { "accept-encoding": "br", "if-none-match": tag } });
    expect(again.status).toBe(304);
    for (const path of ["/", "/setup", "/join", "/index.html"])
      expect((await fetch(`${world.url}${path}`)).status, path).toBe(200);
  });
});
