// What kind of picture some bytes are and how large it would unpack, read from its header before anything decodes it.

/** The raster kinds that are ever decoded or shown (MS-26). */
export type RasterType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif";
export type PictureFacts = { readonly type: RasterType; readonly width: number; readonly height: number };

/** Bytes from the start of a file that hold its size: cameras put thumbnails and profiles before it. */
export const HEAD_BYTES = 1024 * 1024;

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

function jpegSize(view: DataView): Omit<PictureFacts, "type"> | undefined {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function webpSize(view: DataView, bytes: Uint8Array): Omit<PictureFacts, "type"> | undefined {
  const kind = ascii(bytes, 12, 16);
  if (view.byteLength < 30) return undefined;
  if (kind === "VP8X") {
    const read = (at: number) => 1 + view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
    return { width: read(24), height: read(27) };
  }
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (kind === "VP8 ") return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return undefined;
}

/** AVIF says a size for each of its images (box `ispe`); the largest counts. */
function avifSize(view: DataView, bytes: Uint8Array): Omit<PictureFacts, "type"> | undefined {
  let largest: Omit<PictureFacts, "type"> | undefined;
  for (let at = 4; at + 16 <= view.byteLength && at < 65_536; at += 1) {
    if (bytes[at] !== 0x69 || ascii(bytes, at, at + 4) !== "ispe") continue;
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === undefined || found.width * found.height > largest.width * largest.height) largest = found;
  }
  return largest;
}

function factsOf(bytes: Uint8Array): PictureFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const as = (type: RasterType, size: Omit<PictureFacts, "type"> | undefined): PictureFacts | undefined =>
    size === undefined || size.width === 0 || size.height === 0 ? undefined : { type, ...size };
  if (bytes.length < 24) return undefined;
  if (ascii(bytes, 0, 8) === "\u0089PNG\r\n\u001a\n" && ascii(bytes, 12, 16) === "IHDR") {
    return as("image/png", { width: view.getUint32(16), height: view.getUint32(20) });
  }
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) {
    return as("image/gif", { width: view.getUint16(6, true), height: view.getUint16(8, true) });
  }
  if (view.getUint16(0) === 0xffd8) return as("image/jpeg", jpegSize(view));
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return as("image/webp", webpSize(view, bytes));
  if (/^ftypavi[fs]$/.test(ascii(bytes, 4, 12))) return as("image/avif", avifSize(view, bytes));
  return undefined;
}

/** Kind and size by the bytes themselves, never by name or claim; undefined for anything that is no raster picture. */
export function readPicture(bytes: Uint8Array): PictureFacts | undefined {
  try {
    return factsOf(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a small picture from someone else is what it says and costs little to show (MS-22). */
export function isShowable(picture: { readonly type: string; readonly bytes: Uint8Array }): boolean {
  const facts = readPicture(picture.bytes);
  return facts !== undefined && facts.type === picture.type && facts.width <= 4096 && facts.height <= 4096;
}
