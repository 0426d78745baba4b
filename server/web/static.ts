// The built client: an exact list of files, read once at start; what is not on the list does not exist.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gzip } from "node:zlib";
import { Fault } from "@/lib/base/errors.ts";
import type { Headers } from "./headers.ts";
import { ASK_AGAIN, ASSET, FOREVER, pageHeaders, SCRIPT } from "./headers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};
const PACKED = new Set([".woff2", ".png", ".webp"]);
/** Screens that a link may open directly; all of them are the one page. */
const PAGES = ["/", "/join", "/setup"];
const SMALL = 256;

type Encoding = "br" | "gzip" | "identity";
export type Asset = {
  readonly body: Buffer;
  /** where the build may have laid the same, packed */
  readonly beside: string;
  readonly hash: string;
  readonly headers: Headers;
  readonly packed: boolean;
  readonly encoded: Map<Encoding, Promise<Buffer>>;
};
export type Assets = ReadonlyMap<string, Asset>;

/** Reads the export; start/not-built when it is not there. Source maps, sources of workers and unknown types stay out. */
export function readAssets(folder: string): Assets {
  const assets = new Map<string, Asset>();
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const extension = extname(entry.name);
      if (TYPES[extension] === undefined) continue;
      assets.set(`/${relative(folder, path).split(sep).join("/")}`, readAsset(path, extension));
    }
  } catch (cause) {
    throw new Fault("start/not-built", { cause });
  }
  const index = assets.get("/index.html");
  if (index === undefined) throw new Fault("start/not-built");
  for (const page of PAGES) assets.set(page, index);
  return assets;
}

function readAsset(path: string, extension: string): Asset {
  const body = readFileSync(path);
  const forever = path.includes(`${sep}_next${sep}static${sep}`);
  const kind = extension === ".html" ? pageHeaders(inlineHashes(body)) : extension === ".js" ? SCRIPT : ASSET;
  const cache = extension === ".html" ? {} : forever ? FOREVER : ASK_AGAIN;
  return {
    body,
    beside: `${path}.br`,
    hash: createHash("sha256").update(body).digest("base64url").slice(0, 22),
    headers: { ...kind, ...cache, "content-type": TYPES[extension] ?? "application/octet-stream" },
    packed: PACKED.has(extension) || body.length < SMALL,
    encoded: new Map(),
  };
}

/** Hashes of the scripts that stand in a page itself. */
export function inlineHashes(html: Buffer): string[] {
  const hashes = new Set<string>();
  for (const [, attributes = "", text = ""] of html.toString("utf8").matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g))
    if (!/\ssrc\s*=/.test(attributes) && text !== "")
      hashes.add(`sha256-${createHash("sha256").update(text).digest("base64")}`);
  return [...hashes];
}

const brotli = promisify(brotliCompress);
const unpack = promisify(brotliDecompress);
const zip = promisify(gzip);

/** Each encoding is made once, when it is first asked for. */
function encode(asset: Asset, encoding: Encoding): Promise<Buffer> {
  let made = asset.encoded.get(encoding);
  if (made === undefined) {
    made = encodeNow(asset, encoding);
    asset.encoded.set(encoding, made);
  }
  return made;
}

/** What the build packed, if it is this very file; nothing else that may lie there is handed out. */
async function packedBeside({ body, beside }: Asset): Promise<Buffer | undefined> {
  try {
    const packed = await readFile(beside);
    return (await unpack(packed, { maxOutputLength: body.length })).equals(body) ? packed : undefined;
  } catch {
    return undefined; // not built here, or something else lies there: packed anew
  }
}

async function encodeNow(asset: Asset, encoding: Encoding): Promise<Buffer> {
  const { body } = asset;
  const beside = encoding === "br" ? await packedBeside(asset) : undefined;
  if (beside !== undefined) return beside;
  if (encoding === "br")
    return brotli(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    });
  return encoding === "gzip" ? zip(body, { level: 9 }) : body;
}

function chooseEncoding(asset: Asset, accepted: string): Encoding {
  if (asset.packed) return "identity";
  const names = accepted.split(",").map((one) => one.trim().toLowerCase());
  const takes = (name: string): boolean =>
    names.some((one) => one === name || (one.startsWith(`${name};`) && !/q=0(\.0*)?$/.test(one)));
  return takes("br") ? "br" : takes("gzip") ? "gzip" : "identity";
}

/** Answers GET and HEAD for a path on the list; false when it is not on it. */
export async function serveAsset(
  assets: Assets,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  more: Headers,
): Promise<boolean> {
  const asset = assets.get(path);
  if (asset === undefined) return false;
  const encoding = chooseEncoding(asset, String(request.headers["accept-encoding"] ?? ""));
  const etag = `"${asset.hash}-${encoding}"`;
  const headers: Record<string, string> = { ...asset.headers, ...more, etag, vary: "accept-encoding" };
  if (request.headers["if-none-match"]?.split(/,\s*/).includes(etag)) {
    response.writeHead(304, headers).end();
    return true;
  }
  const body = await encode(asset, encoding);
  if (encoding !== "identity") headers["content-encoding"] = encoding;
  headers["content-length"] = String(body.length);
  response.writeHead(200, headers);
  response.end(request.method === "HEAD" ? undefined : body);
  return true;
}
