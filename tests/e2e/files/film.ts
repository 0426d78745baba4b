// A film made by hand, of any size: WebM of key frames, each a picture of noise, and a table to wind by.
import { Buffer } from "node:buffer";
import { closeSync, openSync, writeSync } from "node:fs";

/** EBML: an id, a length in 8 bytes, what is in it. */
function element(id: string, body: Buffer | readonly Buffer[]): Buffer {
  const inside = Buffer.isBuffer(body) ? body : Buffer.concat([...body]);
  return Buffer.concat([Buffer.from(id, "hex"), lengthOf(inside.length), inside]);
}

function lengthOf(length: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(length) | (1n << 56n));
  return out;
}

function number(id: string, value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(value));
  return element(id, out);
}

function float(id: string, value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeDoubleBE(value);
  return element(id, out);
}

const text = (id: string, value: string) => element(id, Buffer.from(value));

/** The VP8 frame inside a lossy WebP picture. */
export function frameOf(webp: Buffer): Buffer {
  const at = webp.indexOf("VP8 ");
  if (at < 0) throw new TypeError("not a lossy picture");
  return webp.subarray(at + 8, at + 8 + webp.readUInt32LE(at + 4));
}

export type Film = {
  readonly width: number;
  readonly height: number;
  readonly frame: Buffer;
  readonly seconds: number;
  /** pictures a second */
  readonly rate: number;
};

function headOf({ width, height, seconds }: Film): Buffer {
  const info = element("1549a966", [
    number("2ad7b1", 1_000_000),
    float("4489", seconds * 1000),
    text("4d80", "tests"),
    text("5741", "tests"),
  ]);
  const track = element("ae", [
    number("d7", 1),
    number("73c5", 1),
    number("83", 1),
    number("9c", 0),
    text("86", "V_VP8"),
    element("e0", [number("b0", width), number("ba", height)]),
  ]);
  return Buffer.concat([info, element("1654ae6b", track)]);
}

/** One second of it. */
function clusterAt(second: number, { frame, rate }: Film): Buffer {
  const blocks = Array.from({ length: rate }, (_, i) => {
    // track 1, the time within its cluster, a key frame
    const head = Buffer.from([0x81, 0, 0, 0x80]);
    head.writeInt16BE(Math.round((i * 1000) / rate), 1);
    return element("a3", Buffer.concat([head, frame]));
  });
  return element("1f43b675", [number("e7", second * 1000), ...blocks]);
}

/** Where each second begins, from the start of the segment's body. */
function cuesOf(seconds: number, first: number, size: number): Buffer {
  return element(
    "1c53bb6b",
    Array.from({ length: seconds }, (_, second) =>
      element("bb", [
        number("b3", second * 1000),
        element("b7", [number("f7", 1), number("f1", first + second * size)]),
      ]),
    ),
  );
}

/** Writes it cluster by cluster; its bytes. */
export function writeFilm(path: string, film: Film): number {
  const ebml = element("1a45dfa3", [
    number("4286", 1),
    number("42f7", 1),
    number("42f2", 4),
    number("42f3", 8),
    text("4282", "webm"),
    number("4287", 2),
    number("4285", 2),
  ]);
  const head = headOf(film);
  const size = clusterAt(0, film).length;
  const first = head.length + cuesOf(film.seconds, 0, size).length;
  const cues = cuesOf(film.seconds, first, size);
  const body = first + film.seconds * size;
  const file = openSync(path, "w");
  let written = 0;
  const put = (bytes: Buffer) => {
    written += writeSync(file, bytes);
  };
  put(ebml);
  put(Buffer.concat([Buffer.from("18538067", "hex"), lengthOf(body)]));
  put(head);
  put(cues);
  for (let second = 0; second < film.seconds; second += 1) put(clusterAt(second, film));
  closeSync(file);
  return written;
}
