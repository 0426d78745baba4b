// What a vector file looks like, and how its fields are read; imports nothing, so that both decoders can use it.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One case: what goes in, and either what comes out or the code of the fault that refuses it. */
export type Vector = {
  readonly name: string;
  readonly in: { readonly [key: string]: Json };
  readonly out?: Json;
  readonly refused?: string;
};

export type VectorFile = { readonly about: string; readonly groups: { readonly [group: string]: readonly Vector[] } };

/** Reads the input of one vector; throws what `refuse` makes. */
export type Reader = (input: Input) => Json;
/** A reader for each "file/group". */
export type Readers = { readonly [fileAndGroup: string]: Reader };

/** Lower-case hex. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes of lower-case hex. */
export function unhex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new RangeError("not hex");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

type CborLike =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CborLike[]
  | { readonly [key: string]: CborLike };

/** A CBOR value as JSON: byte strings become {"$": hex}; no key of the protocol is "$". */
export function annotate(value: CborLike): Json {
  if (value instanceof Uint8Array) return { $: hex(value) };
  if (Array.isArray(value)) return value.map(annotate);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, annotate(item)]));
  return value;
}

/** The named fields of a vector's input, each with the type that its reader expects. */
export class Input {
  readonly #fields: { readonly [key: string]: Json };

  constructor(fields: Json) {
    if (fields === null || typeof fields !== "object" || Array.isArray(fields)) throw new RangeError("not an object");
    this.#fields = fields as { readonly [key: string]: Json };
  }

  json(name: string): Json {
    const value = this.#fields[name];
    if (value === undefined) throw new RangeError(`no field ${name}`);
    return value;
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  text(name: string): string {
    const value = this.json(name);
    if (typeof value !== "string") throw new RangeError(`${name} is no text`);
    return value;
  }

  bytes(name: string): Uint8Array {
    return unhex(this.text(name));
  }

  maybe(name: string): Uint8Array | null {
    return this.json(name) === null ? null : this.bytes(name);
  }

  int(name: string): number {
    const value = this.json(name);
    if (typeof value !== "number") throw new RangeError(`${name} is no number`);
    return value;
  }

  list(name: string): readonly Json[] {
    const value = this.json(name);
    if (!Array.isArray(value)) throw new RangeError(`${name} is no list`);
    return value;
  }

  inputs(name: string): Input[] {
    return this.list(name).map((item) => new Input(item));
  }

  bytesList(name: string): Uint8Array[] {
    return this.list(name).map((item) => unhex(String(item)));
  }
}
