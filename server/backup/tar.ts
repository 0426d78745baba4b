// The container of a backup: plain tar (ustar), so that any system can list what is in it.
import type { FileHandle } from "node:fs/promises";
import { Fault } from "@/lib/base/errors.ts";

const BLOCK = 512;
const SIZE_AT = 124;
const SUM_AT = 148;
const MAX_OCTAL = 8 ** 11 - 1;

export type TarEntry = { readonly name: string; readonly size: number; readonly at: number };

/** The header block of one file. Names have at most 100 ASCII characters. */
export function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100, "ascii");
  header.write("0000600\0", 100, "ascii");
  header.write("0000000\0", 108, "ascii");
  header.write("0000000\0", 116, "ascii");
  if (size <= MAX_OCTAL) header.write(`${size.toString(8).padStart(11, "0")}\0`, SIZE_AT, "ascii");
  else {
    // base-256, as GNU and POSIX tars read sizes from 8 GiB on
    header.writeBigUInt64BE(BigInt(size), SIZE_AT + 4);
    header[SIZE_AT] = 0x80;
  }
  header.write("00000000000\0", 136, "ascii");
  header.write("0", 156, "ascii");
  header.write("ustar\x0000", 257, "latin1");
  header.write(`${checksum(header).toString(8).padStart(6, "0")}\0 `, SUM_AT, "ascii");
  return header;
}

/** Zeros that fill the last block of a file of this size. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK);

/** Sum of all bytes, with the field of the sum itself as spaces. */
function checksum(header: Buffer): number {
  let sum = 0;
  for (let i = 0; i < BLOCK; i += 1) sum += i >= SUM_AT && i < SUM_AT + 8 ? 32 : (header[i] ?? 0);
  return sum;
}

/** The files of a container in order. Throws store/bad-backup for anything but plain files that end where they say. */
export async function readTar(file: FileHandle): Promise<TarEntry[]> {
  const { size: total } = await file.stat();
  const entries: TarEntry[] = [];
  let at = 0;
  for (;;) {
    const header = Buffer.alloc(BLOCK);
    const { bytesRead } = await file.read(header, 0, BLOCK, at);
    if (bytesRead !== BLOCK) throw new Fault("store/bad-backup", { detail: "it ends too early" });
    if (header.every((byte) => byte === 0)) {
      await assertZeros(file, at, total);
      return entries;
    }
    const entry = readHeader(header, at + BLOCK);
    const end = entry.at + entry.size;
    at += BLOCK + Math.ceil(entry.size / BLOCK) * BLOCK;
    if (at > total) throw new Fault("store/bad-backup", { detail: "it ends too early" });
    await assertZeros(file, end, at);
    entries.push(entry);
  }
}

/** What fills blocks, and what ends a container, is zero, so that no byte of a backup goes unchecked. */
async function assertZeros(file: FileHandle, from: number, to: number): Promise<void> {
  const bytes = Buffer.alloc(Math.min(to - from, 4 * BLOCK));
  await file.read(bytes, 0, bytes.length, from);
  const clean = bytes.every((byte) => byte === 0) && to - from <= bytes.length;
  if (!clean) throw new Fault("store/bad-backup", { detail: "there is something where nothing should be" });
}

function readHeader(header: Buffer, at: number): TarEntry {
  const sum = Number.parseInt(header.toString("ascii", SUM_AT, SUM_AT + 6), 8);
  const type = header[156];
  if (sum !== checksum(header) || type !== 0x30)
    throw new Fault("store/bad-backup", { detail: "not a backup of Tacit" });
  const name = header.toString("ascii", 0, 100).replace(/\0.*$/s, "");
  const size =
    header[SIZE_AT] === 0x80
      ? Number(header.readBigUInt64BE(SIZE_AT + 4))
      : Number.parseInt(header.toString("ascii", SIZE_AT, SIZE_AT + 11), 8);
  if (!Number.isSafeInteger(size) || size < 0) throw new Fault("store/bad-backup");
  return { name, size, at };
}
