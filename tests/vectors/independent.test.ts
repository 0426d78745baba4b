// The frozen vectors, read by a second decoder that shares no code with the product (invariant 15).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Refused } from "@/tests/independent/bytes.ts";
import { circleReaders } from "@/tests/independent/circle-readers.ts";
import { linkingReaders } from "@/tests/independent/linking-readers.ts";
import { lockReaders } from "@/tests/independent/lock-readers.ts";
import { publicReaders } from "@/tests/independent/readers.ts";
import { secretReaders } from "@/tests/independent/secret-readers.ts";
import type { Json, Reader, Readers, Vector, VectorFile } from "./format.ts";
import { Input } from "./format.ts";

const readers: Readers = { ...publicReaders, ...secretReaders, ...linkingReaders, ...circleReaders, ...lockReaders };
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".json"));

/** What the second decoder makes of a vector; it refuses without codes. */
function read(reader: Reader, vector: Vector): { out: Json } | { refused: true } {
  try {
    return { out: reader(new Input(vector.in)) };
  } catch (thrown) {
    if (thrown instanceof Refused) return { refused: true };
    throw thrown;
  }
}

describe.each(files)("invariant 15 second decoder, %s", (name) => {
  const file = name.replace(/\.json$/, "");
  const { groups } = JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8")) as VectorFile;
  for (const [group, vectors] of Object.entries(groups)) {
    test(`invariant 15 ${file}/${group}: ${vectors.length} vectors agree`, () => {
      const reader = readers[`${file}/${group}`];
      if (reader === undefined) throw new RangeError(`no reader for ${file}/${group}`);
      for (const vector of vectors) {
        const frozen = vector.refused === undefined ? { out: vector.out } : { refused: true };
        expect(read(reader, vector), vector.name).toEqual(frozen);
      }
    });
  }
});

test("invariant 15 the second decoder imports nothing of the product", () => {
  const folder = join(import.meta.dirname, "../independent");
  const sources = [
    ...readdirSync(folder).map((name) => join(folder, name)),
    join(import.meta.dirname, "format.ts"),
  ].map((path) => readFileSync(path, "utf8"));
  const imported = sources.flatMap((source) =>
    [...source.matchAll(/(?:\bfrom |\bimport |\bimport\()"([^"]+)"/g)].map((match) => match[1]),
  );
  expect(imported.length).toBeGreaterThan(15);
  const foreign = imported.filter((from) => !/^(\.\/|@noble\/|@\/tests\/vectors\/format\.ts$)/.test(String(from)));
  expect(foreign).toEqual(["@scure/bip39/wordlists/english.js"]);
});
