// Headers of pictures read and metadata taken out, on bytes built by hand: F1, MS-22, MS-26.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isShowable, readPicture } from "@/app/_engine/picture-size.ts";
import { stripPicture } from "@/app/_engine/picture-strip.ts";
import { concat, utf8 } from "@/lib/base/bytes.ts";

const raw = (...values: number[]) => new Uint8Array(values);
const u16 = (value: number) => raw(value >> 8, value & 255);
const u32 = (value: number) => concat(u16(value >>> 16), u16(value & 0xffff));
const le32 = (value: number) => u32(value).reverse();
const SECRET = "GPS 52.5200N 13.4050E";
const has = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text);

const segment = (marker: number, body: Uint8Array) => concat(raw(0xff, marker), u16(body.length + 2), body);
const exif = (orientation: number) =>
  segment(
    0xe1,
    concat(
      utf8("Exif\0\0MM\0*"),
      u32(8),
      u16(1),
      u16(0x0112),
      u16(3),
      u32(1),
      u16(orientation),
      u16(0),
      u32(0),
      utf8(SECRET),
    ),
  );
const frame = (width: number, height: number) =>
  segment(0xc0, concat(raw(8), u16(height), u16(width), raw(1, 1, 0x11, 0)));
const scan = concat(segment(0xda, raw(1, 1, 0, 0, 63, 0)), raw(1, 2, 0xff, 0, 3, 0xff, 0xd0, 4));
const jfif = segment(0xe0, utf8("JFIF\0\u0001\u0002\0\0\u0001\0\u0001\0\0"));
const icc = segment(0xe2, utf8("ICC_PROFILE\0 colours"));
const jpeg = (orientation: number, width = 640, height = 480) =>
  concat(
    raw(0xff, 0xd8),
    jfif,
    exif(orientation),
    segment(0xe1, utf8(`http://ns.adobe.com/xap/1.0/\0<x>${SECRET}</x>`)),
    icc,
    segment(0xe2, utf8(`MPF\0${SECRET}`)),
    segment(0xed, utf8(`Photoshop 3.0\0${SECRET}`)),
    segment(0xfe, utf8(SECRET)),
    segment(0xdb, raw(0, 1, 2)),
    frame(width, height),
    scan,
    raw(0xff, 0xd9),
    utf8(`second picture ${SECRET}`),
  );

const chunk = (kind: string, body: Uint8Array) => concat(u32(body.length), utf8(kind), body, u32(0));
const png = (width = 30, height = 20) =>
  concat(
    raw(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    chunk("IHDR", concat(u32(width), u32(height), raw(8, 2, 0, 0, 0))),
    chunk("tEXt", utf8(SECRET)),
    chunk("eXIf", utf8(SECRET)),
    chunk("iTXt", utf8(SECRET)),
    chunk("tIME", raw(7, 230, 1, 1, 1, 1, 1)),
    chunk("IDAT", raw(1, 2, 3)),
    chunk("IEND", raw()),
    utf8(SECRET),
  );

const riff = (kind: string, body: Uint8Array) =>
  concat(utf8(kind), le32(body.length), body, raw(...(body.length % 2 === 1 ? [0] : [])));
const webp = () => {
  const body = concat(
    utf8("WEBP"),
    riff("VP8X", raw(0x0c | 0x20, 0, 0, 0, 99, 0, 0, 49, 0, 0)),
    riff("ICCP", raw(1)),
    riff("VP8L", raw(0x2f, 1, 2, 3)),
    riff("EXIF", utf8(SECRET)),
    riff("XMP ", utf8(SECRET)),
  );
  return concat(utf8("RIFF"), le32(body.length), body, utf8(SECRET));
};

const blocks = (...parts: Uint8Array[]) => concat(...parts.flatMap((part) => [raw(part.length), part]), raw(0));
const gif = () =>
  concat(
    utf8("GIF89a"),
    raw(10, 0, 5, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6),
    raw(0x21, 0xff),
    blocks(utf8("NETSCAPE2.0"), raw(1, 0, 0)),
    raw(0x21, 0xff),
    blocks(utf8("XMP DataXMP"), utf8(SECRET)),
    raw(0x21, 0xfe),
    blocks(utf8(SECRET)),
    raw(0x21, 0xf9),
    blocks(raw(0, 1, 0, 0)),
    raw(0x2c, 0, 0, 0, 0, 10, 0, 5, 0, 0, 2),
    blocks(raw(1, 2, 3)),
    raw(0x3b),
    utf8(SECRET),
  );
const avif = (...sizes: [number, number][]) =>
  concat(
    u32(20),
    utf8("ftypavif\0\0\0\0mif1"),
    ...sizes.map(([width, height]) => concat(u32(20), utf8("ispe"), u32(0), u32(width), u32(height))),
  );

const samples = { "image/jpeg": jpeg(1), "image/png": png(), "image/webp": webp(), "image/gif": gif() };

describe("kind and size come from the bytes", () => {
  test.each([
    [jpeg(1), { type: "image/jpeg", width: 640, height: 480 }],
    [png(), { type: "image/png", width: 30, height: 20 }],
    [webp(), { type: "image/webp", width: 100, height: 50 }],
    [gif(), { type: "image/gif", width: 10, height: 5 }],
    [avif([32, 16], [4000, 3000], [8, 8]), { type: "image/avif", width: 4000, height: 3000 }],
  ])("%#", (bytes, facts) => {
    expect(readPicture(bytes)).toEqual(facts);
  });

  test.each([
    "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>                  ",
    "<!doctype html><script>alert(1)</script>                        ",
    "%PDF-1.7                                         ",
    "",
    "GIF89a",
  ])("MS-26 %j is no picture", (text) => {
    expect(readPicture(utf8(text))).toBeUndefined();
  });

  test("MS-22 a small picture that lies about its kind, or unpacks to a large one, is not shown", () => {
    expect(isShowable({ type: "image/png", bytes: png() })).toBe(true);
    expect(isShowable({ type: "image/jpeg", bytes: png() })).toBe(false);
    expect(isShowable({ type: "image/png", bytes: png(50_000, 50_000) })).toBe(false);
    expect(isShowable({ type: "image/svg+xml", bytes: utf8("<svg/>") })).toBe(false);
  });
});

describe("F1 metadata is taken out", () => {
  test.each(Object.entries(samples))("%s", (type, bytes) => {
    expect(has(bytes, SECRET)).toBe(true);
    const stripped = stripPicture(type, bytes)!;
    expect(has(stripped, SECRET)).toBe(false);
    expect(readPicture(stripped)).toEqual(readPicture(bytes));
    expect(stripPicture(type, stripped)).toEqual(stripped);
  });

  test("what is needed to draw stays: tables, colour profile, scans, repeats, delays", () => {
    const plain = stripPicture("image/jpeg", jpeg(1))!;
    expect(Buffer.from(plain)).toEqual(
      Buffer.from(
        concat(raw(0xff, 0xd8), jfif, icc, segment(0xdb, raw(0, 1, 2)), frame(640, 480), scan, raw(0xff, 0xd9)),
      ),
    );
    expect(has(stripPicture("image/gif", gif())!, "NETSCAPE2.0")).toBe(true);
    expect(has(stripPicture("image/webp", webp())!, "ICCP")).toBe(true);
    expect(stripPicture("image/webp", webp())![20]).toBe(0x20);
  });

  test("a picture that lies on its side still does", () => {
    const turned = stripPicture("image/jpeg", jpeg(6))!;
    expect(has(turned, "Exif")).toBe(true);
    expect(has(turned, SECRET)).toBe(false);
    expect(stripPicture("image/jpeg", turned)).toEqual(turned);
    for (const odd of [0, 1, 9, 65_535]) expect(has(stripPicture("image/jpeg", jpeg(odd))!, "Exif")).toBe(false);
  });

  test("bytes that are not built as they say are refused, and nothing throws", () => {
    expect(stripPicture("image/avif", avif([1, 1]))).toBeUndefined();
    expect(stripPicture("constructor", png())).toBeUndefined();
    expect(stripPicture("image/png", png().slice(0, 60))).toBeUndefined();
    const spoilt = fc.record({
      type: fc.constantFrom("image/jpeg", "image/png", "image/webp", "image/gif") as fc.Arbitrary<keyof typeof samples>,
      at: fc.nat(400),
      value: fc.nat(255),
      cut: fc.nat(400),
    });
    fc.assert(
      fc.property(spoilt, ({ type, at, value, cut }) => {
        const bytes = samples[type].slice(0, Math.max(12, samples[type].length - cut));
        bytes[at % bytes.length] = value;
        stripPicture(type, bytes);
        readPicture(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
