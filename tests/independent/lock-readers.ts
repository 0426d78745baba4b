// How the second decoder reads the vectors of the app lock: records, and the vault's keys out of them.
import type { Input, Json, Readers } from "@/tests/vectors/format.ts";
import { annotate, hex } from "@/tests/vectors/format.ts";
import { enc, refuse } from "./bytes.ts";
import { decode } from "./cbor.ts";
import { KDF, openBox, openSeal } from "./primitives.ts";
import { bytes, bytesUpTo, exactly, int, map, orNull } from "./shape.ts";

const record = map({
  v: exactly(1),
  passphrase: map({ salt: bytes(16), ops: int(), memory: int(), box: bytesUpTo(104) }),
  passkey: orNull(map({ id: bytesUpTo(1024), salt: bytes(32), pk: bytes(1216), sealed: bytesUpTo(1200) })),
});
type Passphrase = { salt: Uint8Array; ops: number; memory: number; box: Uint8Array };
type Passkey = { id: Uint8Array; salt: Uint8Array; pk: Uint8Array; sealed: Uint8Array };
type Lock = { v: 1; passphrase: Passphrase; passkey: Passkey | null };

function read(input: Input): Lock {
  const raw = input.bytes("record");
  if (raw.length === 32) refuse("a bare key");
  const value = decode(raw);
  record(value, "lock");
  const lock = value as Lock;
  const { ops, memory } = lock.passphrase;
  if (ops < 3 || ops > 24 || memory < 64 * 2 ** 20 || memory > 2 ** 30) refuse("costs");
  return lock;
}

function keys(all: Uint8Array): Json {
  if (all.length === 0 || all.length % 32 !== 0) refuse("keys");
  return Array.from({ length: all.length / 32 }, (_, i) => hex(all.slice(i * 32, i * 32 + 32)));
}

export const lockReaders: Readers = {
  "lock/record": (input) => {
    read(input);
    return annotate(decode(input.bytes("record")));
  },
  "lock/passphrase": (input) => {
    const { salt, ops, memory, box } = read(input).passphrase;
    return keys(openBox(input.bytes("key"), enc("box/lock", salt, ops, memory), box));
  },
  "lock/passkey": (input) => {
    const way = read(input).passkey ?? refuse("no passkey");
    const seed = KDF(input.bytes("prf"), "lock/passkey", way.id, way.salt);
    return keys(openSeal(seed, enc("seal/lock", way.id, way.salt), way.sealed));
  },
};
