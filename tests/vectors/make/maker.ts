// Collects the vectors of one file: each is read by the project's code as it is made, so none is wrong from the start.
import { isDeepStrictEqual } from "node:util";
import { utf8 } from "@/lib/base/bytes.ts";
import { isFault } from "@/lib/base/errors.ts";
import { randomBytes, withSeed } from "@/lib/crypto/random.ts";
import { circleReaders } from "@/tests/vectors/circle-readers.ts";
import type { Json, Readers, Vector, VectorFile } from "@/tests/vectors/format.ts";
import { hex, Input } from "@/tests/vectors/format.ts";
import { linkingReaders } from "@/tests/vectors/linking-readers.ts";
import { lockReaders } from "@/tests/vectors/lock-readers.ts";
import { publicReaders } from "@/tests/vectors/readers.ts";
import { secretReaders } from "@/tests/vectors/secret-readers.ts";

export const readers: Readers = {
  ...publicReaders,
  ...secretReaders,
  ...linkingReaders,
  ...circleReaders,
  ...lockReaders,
};

/** What the project's code makes of a vector: its output, or the code it refuses with. */
export function readVector(table: Readers, key: string, input: Vector["in"]): { out: Json } | { refused: string } {
  const reader = table[key];
  if (reader === undefined) throw new RangeError(`no reader for ${key}`);
  try {
    return { out: reader(new Input(input)) };
  } catch (thrown) {
    if (isFault(thrown)) return { refused: thrown.code };
    throw thrown;
  }
}

type Fields = { readonly [key: string]: Json | Uint8Array };

/** Byte arrays as hex. */
export function plain(fields: Fields): Vector["in"] {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Uint8Array ? hex(value) : value]),
  );
}

export class Maker {
  readonly file: string;
  readonly #groups: { [group: string]: Vector[] } = {};

  constructor(file: string) {
    this.file = file;
  }

  /** A vector that is read; `expected`, where given, is what must come out. */
  add(group: string, name: string, fields: Fields, expected?: Json): Json {
    const input = plain(fields);
    const result = readVector(readers, `${this.file}/${group}`, input);
    if ("refused" in result) throw new RangeError(`${this.file}/${group} ${name}: refused ${result.refused}`);
    if (expected !== undefined && !isDeepStrictEqual(expected, result.out))
      throw new RangeError(`${this.file}/${group} ${name}: another output`);
    this.#push(group, { name, in: input, out: result.out });
    return result.out;
  }

  /** A vector that is refused with this code. */
  refuse(group: string, name: string, fields: Fields, code: string): void {
    const input = plain(fields);
    const result = readVector(readers, `${this.file}/${group}`, input);
    if (!("refused" in result) || result.refused !== code)
      throw new RangeError(`${this.file}/${group} ${name}: ${JSON.stringify(result).slice(0, 100)} instead of ${code}`);
    this.#push(group, { name, in: input, refused: code });
  }

  #push(group: string, vector: Vector): void {
    const list = this.#groups[group] ?? [];
    if (list.some((one) => one.name === vector.name)) throw new RangeError(`two vectors ${group} ${vector.name}`);
    list.push(vector);
    this.#groups[group] = list;
  }

  finish(about: string): VectorFile {
    return { about, groups: this.#groups };
  }
}

/** Runs one file's maker on the random stream that its name fixes. */
export function makeFile(file: string, about: string, fill: (maker: Maker) => void): VectorFile {
  return withSeed(utf8(`tacit vectors 1 ${file}`), () => {
    const maker = new Maker(file);
    fill(maker);
    return maker.finish(about);
  });
}

/** A copy with one bit flipped. */
export function flip(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

/** Bytes that are the same in every run, for values whose content does not matter. */
export const some = randomBytes;
