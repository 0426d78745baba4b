// The frozen vectors, read by the project's own code and made again by it to the byte (invariant 15).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import type { VectorFile } from "./format.ts";
import { FILE_NAMES, formatFile, makeAll } from "./make/all.ts";
import { readers, readVector } from "./make/maker.ts";

beforeAll(cryptoReady);

const text = (file: string) => readFileSync(join(import.meta.dirname, `${file}.json`), "utf8");

describe.each([...FILE_NAMES])("invariant 15 %s", (file) => {
  const { groups } = JSON.parse(text(file)) as VectorFile;
  for (const [group, vectors] of Object.entries(groups)) {
    test(`invariant 15 ${file}/${group}: ${vectors.length} vectors read as frozen`, () => {
      for (const vector of vectors) {
        const result = readVector(readers, `${file}/${group}`, vector.in);
        const frozen = vector.refused === undefined ? { out: vector.out } : { refused: vector.refused };
        expect(result, vector.name).toEqual(frozen);
      }
    });
  }
});

describe("invariant 15 the set", () => {
  test("invariant 15 every frozen file has a maker, every reader a group, and the counts only grow", () => {
    const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".json"));
    expect(files.toSorted()).toEqual(FILE_NAMES.map((name) => `${name}.json`).toSorted());
    const parsed = FILE_NAMES.map((file) => [file, JSON.parse(text(file)) as VectorFile] as const);
    const groups = parsed.flatMap(([file, { groups: all }]) => Object.keys(all).map((group) => `${file}/${group}`));
    expect(groups.toSorted()).toEqual(Object.keys(readers).toSorted());
    const all = parsed.flatMap(([, file]) => Object.values(file.groups).flat());
    expect(all.length).toBeGreaterThanOrEqual(474);
    expect(all.filter((vector) => vector.refused !== undefined).length).toBeGreaterThanOrEqual(200);
  });

  test("invariant 15 sealing, signing and minting from the frozen seeds gives the frozen bytes", () => {
    for (const { file, content } of makeAll()) expect(formatFile(content) === text(file), file).toBe(true);
  });
});
