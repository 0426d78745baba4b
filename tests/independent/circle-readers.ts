// How the second decoder reads the vectors of recovery circles: parts, boxes, seals, letters.
import type { Input, Json, Readers } from "@/tests/vectors/format.ts";
import { annotate, hex, unhex } from "@/tests/vectors/format.ts";
import { allZero, enc, refuse, same, takeFields } from "./bytes.ts";
import { decode } from "./cbor.ts";
import { H, openBox, openSeal } from "./primitives.ts";
import { bytes, bytesUpTo, exactly, int, list, map, oneOf, orNull, string } from "./shape.ts";

const helper = map({ user: bytes(16), hash: bytes(32), name: string(120) });
const account = map({
  ws: bytes(32),
  user: bytes(16),
  rik: bytes(32),
  n: int(),
  head: bytes(32),
  workspace: string(120),
  person: string(120),
  threshold: int(),
  helpers: list(helper, 7, 2),
});
const LETTERS = [
  map({ v: exactly(1), kem: bytes(1216), r: bytes(32) }),
  map({ v: exactly(1), by: bytes(16), waits: int(), account }),
  map({
    v: exactly(1),
    part: orNull(map({ seal: bytes(1168), boxes: bytesUpTo(2520) })),
    why: oneOf("given", "helper", "owner"),
  }),
];

type Circle = { ws: Uint8Array; user: Uint8Array; threshold: number; helpers: [Uint8Array, Uint8Array][] };

function circleOf(input: Input): Circle {
  const pairs = input.json("helpers") as readonly (readonly [string, string])[];
  const helpers = pairs.map(([who, hash]): [Uint8Array, Uint8Array] => [unhex(who), unhex(hash)]);
  return { ws: input.bytes("ws"), user: input.bytes("user"), threshold: input.int("threshold"), helpers };
}

const idOf = ({ ws, user, threshold, helpers }: Circle) =>
  H("circle-id", ws, user, threshold, ...helpers.flat()).slice(0, 16);

function accept(circle: Circle, who: Uint8Array, share: Uint8Array): Json {
  const named = circle.helpers.find(([user]) => same(user, who))?.[1];
  const made = H("circle-share", circle.ws, circle.user, who, share);
  if (named === undefined || share.length !== 32 || !same(made, named)) refuse("commitment");
  return hex(share);
}

/** Counts up through all sets of places and keeps those of the right size, in lexicographic order of their places. */
function sets(of: number, size: number): number[][] {
  const all: number[][] = [];
  for (let mask = 0; mask < 2 ** of; mask += 1) {
    const places = Array.from({ length: of }, (_, i) => i).filter((i) => (mask >> i) % 2 === 1);
    if (places.length === size) all.push(places);
  }
  return all.sort((a, b) => (a.join("") < b.join("") ? -1 : 1));
}

function readBoxes(input: Input): Json {
  const circle = circleOf(input);
  const shares = input.json("shares") as readonly (readonly [string, string])[];
  const found = new Set<string>();
  for (const [at, places] of sets(circle.helpers.length, circle.threshold).entries()) {
    const parts = places.flatMap((place) => {
      const who = hex(circle.helpers[place]?.[0] ?? new Uint8Array());
      return shares.filter(([user]) => user === who).map(([, share]) => unhex(share));
    });
    if (parts.length < circle.threshold) continue;
    const mask = places.reduce((sum, place) => sum + 2 ** place, 0);
    const ad = enc("box/circle", circle.ws, circle.user, idOf(circle), mask);
    try {
      const key = H("circle-box", circle.ws, circle.user, ...parts);
      found.add(hex(openBox(key, ad, input.bytes("boxes").slice(at * 72, at * 72 + 72))));
    } catch {
      // not this one
    }
  }
  return [...found];
}

function readLetter(input: Input): Json {
  const slot = input.int("slot");
  const id = H("mailbox-id", "circle", input.bytes("code")).slice(0, 16);
  if (input.bytes("ct").length !== (slot === 0 ? 2048 : 8192)) refuse("length");
  const padded = openBox(
    H("mailbox-key", "circle", input.bytes("code")),
    enc("box/letter", id, slot),
    input.bytes("ct"),
  );
  const { fields, rest } = takeFields(padded, 1);
  if (!allZero(rest)) refuse("padding");
  const value = decode(fields[0] as Uint8Array);
  (LETTERS[slot] as (typeof LETTERS)[0])(value, "");
  return annotate(value);
}

export const circleReaders: Readers = {
  "circle/code": (input) => hex(H("circle", input.bytes("kem"), input.bytes("r")).slice(0, 15)),
  "circle/share": (input) =>
    hex(H("circle-share", input.bytes("ws"), input.bytes("user"), input.bytes("helper"), input.bytes("share"))),
  "circle/id": (input) => {
    const id = idOf(circleOf(input));
    return { id: hex(id), number: Number.parseInt(hex(id.slice(0, 6)), 16) };
  },
  "circle/boxes": readBoxes,
  "circle/seal": (input) => {
    const circle = circleOf(input);
    const who = input.bytes("helper");
    const context = enc("seal/circle", circle.ws, circle.user, idOf(circle), "user", who, input.int("gen"));
    return accept(circle, who, openSeal(input.bytes("seed"), context, input.bytes("ct")));
  },
  "circle/part": (input) => {
    const circle = circleOf(input);
    const who = input.bytes("helper");
    const context = enc("seal/circle-part", circle.ws, circle.user, idOf(circle), who, input.bytes("mailbox"));
    return accept(circle, who, openSeal(input.bytes("seed"), context, input.bytes("ct")));
  },
  "circle/letter": readLetter,
};
