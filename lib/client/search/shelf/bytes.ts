// Numbers as few bytes as they need: the writing and reading that all parts of an index segment share.
import { utf8 } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";

const HALF = 0x8000_0000;

/** Bytes that grow as they are written. */
export class Writer {
  #bytes = new Uint8Array(1 << 12);
  #at = 0;

  get length(): number {
    return this.#at;
  }

  byte(value: number): void {
    if (this.#at === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#at] = value;
    this.#at += 1;
  }

  /** A whole number from 0 to 2^53 − 1, seven bits a byte, lowest first. */
  number(value: number): void {
    let rest = value;
    while (rest >= HALF) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** A whole number of either sign. */
  signed(value: number): void {
    this.number(value < 0 ? -value * 2 - 1 : value * 2);
  }

  bytes(part: Uint8Array): void {
    if (this.#at + part.length > this.#bytes.length) this.#grow(part.length);
    this.#bytes.set(part, this.#at);
    this.#at += part.length;
  }

  text(value: string): void {
    const bytes = utf8(value);
    this.number(bytes.length);
    this.bytes(bytes);
  }

  /** What was written, in an array of its own. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  #grow(by: number): void {
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + by));
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}

const decoder = new TextDecoder();

/** Reads what a Writer wrote. Throws store/corrupt past the end. */
export class Reader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  get ended(): boolean {
    return this.at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.at];
    if (value === undefined) throw new Fault("store/corrupt", { detail: "search" });
    this.at += 1;
    return value;
  }

  number(): number {
    // Almost all fit into one byte.
    const first = this.#bytes[this.at];
    if (first !== undefined && first < 128) {
      this.at += 1;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  skip(length: number): void {
    this.at += length;
  }

  bytes(length: number): Uint8Array {
    const part = this.#bytes.subarray(this.at, this.at + length);
    if (part.length !== length) throw new Fault("store/corrupt", { detail: "search" });
    this.at += length;
    return part;
  }

  text(): string {
    return decoder.decode(this.bytes(this.number()));
  }
}
