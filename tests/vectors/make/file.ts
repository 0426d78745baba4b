// Vectors of files: how they are cut, small segments in full, large ones by their hashes.
import { concat } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { mintId } from "@/lib/base/ids.ts";
import { sealSegment, segmentHash } from "@/lib/crypto/file.ts";
import { exposeSecret, KDF, mintSecret } from "@/lib/crypto/keys.ts";
import { sodium } from "@/lib/crypto/sodium.ts";
import { padmeSize } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { hex } from "@/tests/vectors/format.ts";
import { fileContent } from "@/tests/vectors/secret-readers.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

const MIB = 2 ** 20;

/** One chunk in a segment of its own making: plaintext, additional data and tag as given. */
function sealOdd(key: Uint8Array, padded: Uint8Array, ad: Uint8Array, tag: number): Uint8Array {
  const header = some(24);
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(header, KDF(key, "seg", 0));
  return concat(header, sodium.crypto_secretstream_xchacha20poly1305_push(state, padded, ad, tag));
}

function makeSegments(maker: Maker): void {
  const key = mintSecret("file");
  const blob = some(16);
  const size = 100;
  const plaintext = fileContent(size);
  const { sealed, hash } = sealSegment({ key, blob: mintId(blob), size }, 0, plaintext);
  const raw = { key: exposeSecret(key), blob, size, index: 0, hashes: [hex(hash)], sealed };
  maker.add("segment", "100 bytes", raw, hex(plaintext));
  for (const bytes of [0, 1, 1000]) {
    const one = sealSegment({ key, blob: mintId(blob), size: bytes }, 0, fileContent(bytes));
    const input = { ...raw, size: bytes, hashes: [hex(one.hash)], sealed: one.sealed };
    maker.add("segment", `${bytes} bytes`, input, hex(fileContent(bytes)));
  }
  const bad = (name: string, change: Partial<typeof raw>, code: string) =>
    maker.refuse("segment", name, { ...raw, ...change }, code);
  /** Named by its own hash, so that the message's hash does not refuse it. */
  const rehashed = (bytes: Uint8Array) => ({ sealed: bytes, hashes: [hex(segmentHash(bytes))] });
  bad("a byte changed", { sealed: flip(sealed, 50) }, "crypto/file-altered");
  bad("a byte changed, hash and all", rehashed(flip(sealed, 50)), "crypto/file-altered");
  bad("the header changed, hash and all", rehashed(flip(sealed, 0)), "crypto/file-altered");
  bad("cut", { sealed: sealed.subarray(0, -1) }, "crypto/file-truncated");
  bad("cut, hash and all", rehashed(sealed.subarray(0, -1)), "crypto/file-truncated");
  bad("longer, hash and all", rehashed(concat(sealed, new Uint8Array(1))), "crypto/file-altered");
  bad("of another blob", { blob: some(16) }, "crypto/file-altered");
  bad("under another key", { key: some(32) }, "crypto/file-altered");
  bad("an index beyond the last", { index: 1 }, "crypto/file-size");
  bad("one hash too many", { hashes: [hex(hash), hex(hash)] }, "crypto/file-size");
  bad("said to be larger", { size: 2000 }, "crypto/file-truncated");
  bad("said to be smaller", { size: 10 }, "crypto/file-altered");
  bad("said to be one byte smaller", { size: 99 }, "crypto/file-size");
  const padded = concat(plaintext, new Uint8Array(padmeSize(size) - size));
  const ad = enc(blob, 0);
  const secret = exposeSecret(key);
  maker.add("segment", "made by hand", { ...raw, ...rehashed(sealOdd(secret, padded, ad, 3)) }, hex(plaintext));
  bad("no FINAL", rehashed(sealOdd(secret, padded, ad, 0)), "crypto/file-truncated");
  bad("PUSH instead of FINAL", rehashed(sealOdd(secret, padded, ad, 1)), "crypto/file-truncated");
  bad("additional data of segment 1", rehashed(sealOdd(secret, padded, enc(blob, 1), 3)), "crypto/file-altered");
  const dirty = padded.map((byte, at) => (at === padded.length - 1 ? 1 : byte));
  bad("a one in the padding", rehashed(sealOdd(secret, dirty, ad, 3)), "crypto/file-size");
}

export function makeFiles(maker: Maker): void {
  const sizes = [0, 1, 100, 65_536, 65_537, 4 * MIB - 1, 4 * MIB, 8 * MIB, 8 * MIB + 1, 20_000_000];
  for (const size of sizes) maker.add("cut", `${size} bytes`, { size });
  maker.refuse("cut", "above the limit", { size: LIMITS.fileBytes + 1 }, "wire/too-large");
  maker.refuse("cut", "half a byte", { size: 0.5 }, "wire/too-large");
  makeSegments(maker);
  const large: [string, number][] = [
    ["one chunk of 64 KiB and a byte", 65_537],
    ["chunks of 64 KiB", 300_000],
    ["chunks of 1 MiB", 5_000_000],
    ["two segments", 8 * MIB + 1],
  ];
  for (const [name, size] of large) maker.add("large", name, { key: some(32), blob: some(16), size, seed: some(32) });
}
