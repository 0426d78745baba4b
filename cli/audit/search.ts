// Searches everything a server holds or was sent for canaries, also inside whatever was compressed.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { constants, inflateRawSync } from "node:zlib";
import { type Canary, type Encoding, formsOf } from "./canaries.ts";

export type Sink = { readonly name: string; readonly bytes: Buffer };
export type Hit = { readonly sink: string; readonly field: string; readonly encoding: Encoding | "compressed" };

/** A file or every file below a folder; nothing when it is not there. */
export function readSinks(name: string, path: string): Sink[] {
  try {
    if (statSync(path).isFile()) return [{ name, bytes: readFileSync(path) }];
  } catch {
    return [];
  }
  return readdirSync(path).flatMap((entry) => readSinks(`${name}/${entry}`, join(path, entry)));
}

const INFLATED_MAX = 64 * 1024 * 1024;

/** Where the deflate stream of a gzip member begins; past the optional file name that some writers put in (RFC 1952). */
function gzipBody(bytes: Buffer, at: number): number {
  const named = ((bytes[at + 3] ?? 0) & 8) !== 0;
  return named ? bytes.indexOf(0, at + 10) + 1 : at + 10;
}

/** Everything that unpacks from some place of these bytes as gzip or zlib, whatever stands behind it. */
function unpacked(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const tryAt = (at: number) => {
    try {
      found.push(
        inflateRawSync(bytes.subarray(at), { maxOutputLength: INFLATED_MAX, finishFlush: constants.Z_SYNC_FLUSH }),
      );
    } catch {
      // Not a stream: almost every place where the mark occurs by chance.
    }
  };
  const each = (mark: string, body: (at: number) => number) => {
    for (let at = bytes.indexOf(mark, 0, "hex"); at >= 0; at = bytes.indexOf(mark, at + 1, "hex")) tryAt(body(at));
  };
  each("1f8b08", (at) => gzipBody(bytes, at));
  for (const mark of ["789c", "78da", "7801", "785e"]) each(mark, (at) => at + 2);
  tryAt(0);
  return found;
}

/** Every place where a canary lies in any form. */
export function search(sinks: readonly Sink[], canaries: readonly Canary[]): Hit[] {
  const forms = canaries.flatMap((canary) => formsOf(canary.word).map((form) => ({ ...form, field: canary.field })));
  const hits: Hit[] = [];
  for (const sink of sinks) {
    const inner = unpacked(sink.bytes);
    for (const { field, encoding, bytes } of forms) {
      if (sink.bytes.includes(bytes)) hits.push({ sink: sink.name, field, encoding });
      if (inner.some((one) => one.includes(bytes))) hits.push({ sink: sink.name, field, encoding: "compressed" });
    }
  }
  return hits;
}
