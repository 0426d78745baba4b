// Vectors of the encodings: enc, integers, base64url, deterministic CBOR, padded sizes.
import { enc, toBase64url } from "@/lib/base/encoding.ts";
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import type { Json } from "@/tests/vectors/format.ts";
import { annotate, hex, unhex } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";

const field = {
  hex: (bytes: string): Json => ({ hex: bytes }),
  text: (text: string): Json => ({ text }),
  int: (int: string): Json => ({ int }),
};

function makeEnc(maker: Maker): void {
  const lists: [string, Json[], string][] = [
    ["no fields", [], ""],
    ["one empty field", [field.hex("")], "00000000"],
    ["bytes", [field.hex("0102")], "000000020102"],
    ["text is UTF-8", [field.text("né")], "000000036ec3a9"],
    ["integers are 8 bytes", [field.int("258")], "000000080000000000000102"],
    ["the largest integer", [field.int("18446744073709551615")], "00000008ffffffffffffffff"],
    ["borders count: ab, c", [field.text("ab"), field.text("c")], "00000002616200000001" + "63"],
    ["borders count: a, bc", [field.text("a"), field.text("bc")], "00000001610000000262" + "63"],
  ];
  for (const [name, fields, out] of lists) maker.add("enc", name, { fields }, out);
  const two = hex(enc("ab", new Uint8Array([7])));
  maker.add("parseEnc", "two fields and a rest", { bytes: `${two}00`, count: 2 });
  maker.add("parseEnc", "one of two fields", { bytes: two, count: 1 });
  maker.refuse("parseEnc", "a length beyond the end", { bytes: "00000002ff", count: 1 }, "wire/bad-shape");
  maker.refuse("parseEnc", "half a length", { bytes: "000000", count: 1 }, "wire/bad-shape");
  maker.refuse("parseEnc", "fewer fields than asked for", { bytes: two, count: 3 }, "wire/bad-shape");
  maker.add("u64", "a time", { bytes: "0000018bcfe56800" }, 1_700_000_000_000);
  maker.add("u64", "2^53 − 1", { bytes: "001fffffffffffff" }, Number.MAX_SAFE_INTEGER);
  maker.refuse("u64", "2^53", { bytes: "0020000000000000" }, "wire/bad-shape");
  maker.refuse("u64", "seven bytes", { bytes: "00000000000001" }, "wire/bad-shape");
  for (const bytes of [
    "",
    "00",
    "ff",
    "fbff",
    "00108310518720928b30d38f41149351559761969b71d79f8218a39259a7a29aabb2dbafc31cb3",
  ])
    maker.add("base64url", `bytes ${bytes}`, { text: toBase64url(unhex(bytes)) }, bytes);
  for (const text of ["A", "AA==", "AB", "AAB", "A+/A", "AA A", "ÅA"])
    maker.refuse("base64url", `text ${text}`, { text }, "wire/bad-shape");
}

function makeCbor(maker: Maker): void {
  const values = {
    null: null,
    booleans: [true, false],
    integers: [0, 23, 24, 255, 256, 65535, 65536, 4294967295, 4294967296, Number.MAX_SAFE_INTEGER],
    negatives: [-1, -24, -25, -256, -257, -4294967297, Number.MIN_SAFE_INTEGER],
    text: ["", "Tacit", "\u{1F511} né", "\u0000"],
    bytes: [new Uint8Array(), unhex("00ff"), new Uint8Array(300)],
    "keys by length, then by bytes": { b: 1, a: 2, aa: 3, B: 4, c1: { z: [], y: {} } },
  };
  for (const [name, value] of Object.entries(values))
    maker.add("cbor", name, { bytes: encodeCbor(value) }, annotate(value));
  const refused: [string, string][] = [
    ["empty", ""],
    ["bytes after the value", "0000"],
    ["cut text", "6361"],
    ["cut map", "a16161"],
    ["integer longer than needed", "1817"],
    ["length longer than needed", "780161"],
    ["integer above 2^53 − 1", "1b0020000000000000"],
    ["indefinite array", "9fff"],
    ["indefinite text", "7f6161ff"],
    ["float 1.5", "f93e00"],
    ["float that is an integer", "f93c00"],
    ["double", "fb3ff0000000000000"],
    ["infinity", "f97c00"],
    ["NaN", "f97e00"],
    ["undefined", "f7"],
    ["simple value", "f0"],
    ["tag", "c100"],
    ["big number", "c2420100"],
    ["keys out of order", "a2616201616102"],
    ["longer key first", "a262616101616202"],
    ["a key twice", "a2616101616102"],
    ["integer as key", "a10001"],
    ["bytes as key", "a1416101"],
    ["__proto__ as key", "a1695f5f70726f746f5f5f00"],
    ["empty key", "a16000"],
    ["key with a foreign sign", "a1622d6100"],
    ["text that is not UTF-8", "61ff"],
    ["text with an overlong form", "62c080"],
    ["text with a surrogate", "63eda080"],
    ["13 levels", `${"81".repeat(13)}00`],
  ];
  maker.add("cbor", "12 levels", { bytes: `${"81".repeat(12)}00` });
  for (const [name, bytes] of refused) maker.refuse("cbor", name, { bytes }, "wire/bad-cbor");
}

export function makeEncoding(maker: Maker): void {
  makeEnc(maker);
  makeCbor(maker);
  const lengths = [
    0, 1, 2, 9, 511, 512, 513, 768, 769, 1024, 1025, 3000, 49152, 49153, 65536, 65537, 99_999, 1_000_000,
  ];
  for (const length of [...lengths, 8 * 2 ** 20, 2 ** 32]) maker.add("padding", `${length} bytes`, { length });
}
