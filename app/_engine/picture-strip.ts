// Takes out of a picture what its camera and editor wrote beside the pixels: place, time, device, thumbnails (F1).
import { concat, utf8 } from "@/lib/base/bytes.ts";

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The orientation (2..8) that EXIF names; 1 for upright or none. */
function readOrientation(tiff: Uint8Array): number {
  if (tiff.length < 14) return 1;
  const view = viewOf(tiff);
  const little = ascii(tiff, 0, 2) === "II";
  const start = view.getUint32(4, little);
  if (start + 2 > tiff.length) return 1;
  const count = view.getUint16(start, little);
  for (let i = 0; i < count; i += 1) {
    const at = start + 2 + i * 12;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 2 && value <= 8 ? value : 1;
  }
  return 1;
}

/** An APP1 segment that says the orientation and nothing else: without it the picture would lie on its side. */
function orientationSegment(orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  return concat(new Uint8Array([0xff, 0xe1, 0, 2 + 6 + tiff.length]), utf8("Exif\0\0"), new Uint8Array(tiff));
}

/** JFIF, the colour profile and Adobe's colour marker are needed to draw; APP2 also carries other things (MPF). */
function keepsSegment(marker: number, body: Uint8Array): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  return marker === 0xe0 || marker === 0xee || (marker === 0xe2 && ascii(body, 0, 11) === "ICC_PROFILE");
}

/** Where the scans that begin at `at` end: at the next marker that is neither stuffing nor a restart. */
function scanEnd(bytes: Uint8Array, at: number): number {
  for (let i = at; i + 1 < bytes.length; i += 1) {
    const next = bytes[i + 1] as number;
    if (bytes[i] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return i;
  }
  return bytes.length;
}

function stripJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return undefined;
    const body = bytes.subarray(at + 4, end);
    if (marker === 0xe1 && ascii(body, 0, 6) === "Exif\0\0") orientation = readOrientation(body.subarray(6));
    const through = marker === 0xda ? scanEnd(bytes, end) : end;
    if (keepsSegment(marker, body)) kept.push(bytes.subarray(at, through));
    at = through;
  }
  const upright = orientation === 1 ? [] : [orientationSegment(orientation)];
  // Whatever lies behind the end marker (further pictures, films) goes too.
  return concat(bytes.subarray(0, 2), ...upright, ...kept, new Uint8Array([0xff, 0xd9]));
}

const PNG_DRAWS = /^(IHDR|PLTE|IDAT|IEND|tRNS|cHRM|gAMA|iCCP|sBIT|sRGB|cICP|mDCV|cLLI|bKGD|hIST|pHYs|acTL|fcTL|fdAT)$/;

function stripPng(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return undefined;
    const kind = ascii(bytes, at + 4, at + 8);
    if (PNG_DRAWS.test(kind)) kept.push(bytes.subarray(at, end));
    if (kind === "IEND") return concat(...kept);
    at = end;
  }
  return undefined;
}

const WEBP_DRAWS = /^(VP8 |VP8L|VP8X|ANIM|ANMF|ALPH|ICCP)$/;

function stripWebp(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes);
  const size = Math.min(bytes.length, 8 + view.getUint32(4, true));
  const kept: Uint8Array[] = [utf8("WEBP")];
  for (let at = 12; at + 8 <= size; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > size) return undefined;
    const kind = ascii(bytes, at, at + 4);
    if (WEBP_DRAWS.test(kind)) {
      const chunk = bytes.slice(at, Math.min(end, size));
      // The flags must not promise what is gone: EXIF is bit 3, XMP bit 2.
      if (kind === "VP8X") chunk[8] = (chunk[8] as number) & ~0x0c;
      kept.push(chunk);
    }
    at = end;
  }
  const body = concat(...kept);
  const head = new Uint8Array(8);
  head.set(utf8("RIFF"));
  viewOf(head).setUint32(4, body.length, true);
  return concat(head, body);
}

/** The end of a chain of GIF sub-blocks. */
function blocksEnd(bytes: Uint8Array, at: number): number {
  let here = at;
  while (here < bytes.length && bytes[here] !== 0) here += 1 + (bytes[here] as number);
  return here + 1;
}

const tableBytes = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

function stripGif(bytes: Uint8Array): Uint8Array | undefined {
  let at = 13 + tableBytes(bytes[10] as number);
  const kept = [bytes.subarray(0, at)];
  while (at < bytes.length) {
    const start = at;
    const kind = bytes[at];
    if (kind === 0x3b) return concat(...kept, new Uint8Array([0x3b]));
    if (kind === 0x2c) at = blocksEnd(bytes, at + 11 + tableBytes(bytes[at + 9] as number));
    else if (kind === 0x21) at = blocksEnd(bytes, at + 2);
    else return undefined;
    if (at > bytes.length) return undefined;
    const label = bytes[start + 1];
    const repeats = label === 0xff && /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(ascii(bytes, start + 3, start + 14));
    if (kind === 0x2c || label === 0xf9 || repeats) kept.push(bytes.subarray(start, at));
  }
  return undefined;
}

const STRIPPERS: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array | undefined> = new Map([
  ["image/jpeg", stripJpeg],
  ["image/png", stripPng],
  ["image/webp", stripWebp],
  ["image/gif", stripGif],
]);

/**
 * The same picture, pixel for pixel, without its metadata; undefined when the bytes are not built as their kind says,
 * or the kind has no such way (AVIF): then it is to be drawn anew.
 */
export function stripPicture(type: string, bytes: Uint8Array): Uint8Array | undefined {
  try {
    return STRIPPERS.get(type)?.(bytes);
  } catch {
    return undefined;
  }
}
