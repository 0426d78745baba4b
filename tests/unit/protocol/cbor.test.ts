// C2 C3: the decoder takes exactly what the encoder writes; a library and a second encoding say the same of any bytes.
import { decode, encode } from "cborg";
import fc from "fast-check";
import { expect, test } from "vitest";
import { equal } from "@/lib/base/bytes.ts";
import { isFault } from "@/lib/base/errors.ts";
import { type Cbor, encodeCbor, parseCbor } from "@/lib/protocol/cbor.ts";

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
} as const;

/** What the bytes say by a library, or undefined: decoded, judged, and encoded again to the same bytes. */
function byLibrary(bytes: Uint8Array): { value: Cbor } | undefined {
  try {
    const value: Cbor = decode(bytes, STRICT);
    return equal(encodeCbor(value), bytes) && equal(encode(value), bytes) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

function byUs(bytes: Uint8Array): { value: Cbor } | undefined {
  try {
    return { value: parseCbor(bytes) };
  } catch (thrown) {
    if (!isFault(thrown, "wire/bad-cbor")) throw thrown;
    return undefined;
  }
}

const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,15}$/);
const leaf: fc.Arbitrary<Cbor> = fc.oneof(
  fc.constantFrom(null, true, false, 0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32),
  fc.maxSafeInteger().map((value) => value + 0),
  fc.string({ unit: "binary", maxLength: 40 }).filter((text) => text.isWellFormed()),
  fc.string({ minLength: 20, maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }),
);
const { value: anyValue } = fc.letrec<{ value: Cbor }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 6 }),
    fc.dictionary(key, tie("value"), { maxKeys: 6 }).map((map) => ({ ...map })),
  ),
}));

test("C2 every value comes back from its bytes", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(parseCbor(encodeCbor(value))).toEqual(value);
    }),
    { numRuns: 200 },
  );
});

test("C3 of altered encodings exactly those are taken that are the one encoding of something", () => {
  let taken = 0;
  fc.assert(
    fc.property(anyValue, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(3), (value, at, bits, kind) => {
      const good = encodeCbor(value);
      const place = at % good.length;
      const flipped = good.map((byte, i) => (i === place ? byte ^ bits : byte));
      const cut = good.subarray(0, place);
      const longer = Uint8Array.from([...good.subarray(0, place), bits, ...good.subarray(place)]);
      const bytes = [flipped, cut, longer, Uint8Array.from([...good, bits])][kind] ?? good;
      const [ours, theirs] = [byUs(bytes), byLibrary(bytes)];
      expect(ours).toEqual(theirs);
      if (ours !== undefined) taken += 1;
    }),
    { numRuns: 1500 },
  );
  // Some alterations spell another value: the comparison was not of refusals alone.
  expect(taken).toBeGreaterThan(40);
});

test("C3 of short bytes exactly the canonical ones are taken", () => {
  // Every first byte, and for the second all where something changes.
  const seconds = [0, 1, 22, 23, 24, 25, 31, 32, 64, 96, 97, 127, 128, 129, 160, 161, 192, 224, 244, 246, 247, 255];
  for (let first = 0; first < 256; first += 1) {
    for (const second of seconds) {
      for (const bytes of [[first], [first, second], [first, second, 0], [first, second, 24, 24]]) {
        const raw = Uint8Array.from(bytes);
        const [ours, theirs] = [byUs(raw), byLibrary(raw)];
        if ((ours === undefined) !== (theirs === undefined)) throw new RangeError(bytes.join(" "));
      }
    }
  }
});

test.each([
  ["a length of nine bytes where one does", [0x1b, 0, 0, 0, 0, 0, 0, 0, 1]],
  ["2^53", [0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0]],
  ["−2^53", [0x3b, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
  ["keys in the wrong order", [0xa2, 0x61, 0x62, 1, 0x61, 0x61, 1]],
  ["a longer key first", [0xa2, 0x62, 0x61, 0x61, 1, 0x61, 0x62, 1]],
  ["a key twice", [0xa2, 0x61, 0x61, 1, 0x61, 0x61, 2]],
  ["__proto__", [0xa1, 0x69, ...Buffer.from("__proto__"), 1]],
  ["a half float", [0xf9, 0, 0]],
  ["undefined", [0xf7]],
  ["a tag", [0xc1, 1]],
  ["an endless list", [0x9f, 0xff]],
  ["half of an emoji", [0x63, 0xed, 0xa0, 0xbd]],
  ["an overlong slash", [0x62, 0xc0, 0xaf]],
  ["four thousand million items", [0x9a, 0xff, 0xff, 0xff, 0xff]],
  ["four thousand million entries", [0xba, 0xff, 0xff, 0xff, 0xff]],
  ["thirteen levels", [...Array(13).fill(0x81), 0]],
])("C3 refused: %s", (_, bytes) => {
  expect(byUs(Uint8Array.from(bytes))).toBeUndefined();
});

test("C2 lists and maps of more than 23 and more than 255 come back", () => {
  for (const count of [24, 300]) {
    const list = Array.from({ length: count }, (_, i) => i);
    const map = Object.fromEntries(list.map((i) => [`k${i}`, i]));
    expect(parseCbor(encodeCbor([list, map]))).toEqual([list, map]);
  }
});

test("C2 twelve levels are taken", () => {
  expect(byUs(Uint8Array.from([...Array(12).fill(0x81), 0]))).toBeDefined();
});
