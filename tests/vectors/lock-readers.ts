// How the project's own code reads the vectors of the app lock: records, and the vault's keys out of them (A5).
import { Fault } from "@/lib/base/errors.ts";
import { lockRecord } from "@/lib/client/lock/record.ts";
import { secretFrom } from "@/lib/crypto/keys.ts";
import { openByPasskey, openByPassphrase, passkeySeed, type VaultKeys } from "@/lib/crypto/lock/wrap.ts";
import { parseCbor } from "@/lib/protocol/cbor.ts";
import type { LockRecord } from "@/lib/protocol/lock/record.ts";
import type { Input, Json, Readers } from "./format.ts";
import { annotate, hex } from "./format.ts";

function recordOf(input: Input): LockRecord {
  const record = lockRecord(input.bytes("record"));
  if (record === null) throw new Fault("lock/off");
  return record;
}

function told(keys: VaultKeys | null): Json {
  if (keys === null) throw new Fault("lock/wrong");
  return keys.map(hex);
}

export const lockReaders: Readers = {
  "lock/record": (input) => {
    recordOf(input);
    return annotate(parseCbor(input.bytes("record")));
  },
  "lock/passphrase": (input) =>
    told(openByPassphrase(secretFrom("lock", input.bytes("key")), recordOf(input).passphrase)),
  "lock/passkey": (input) => {
    const way = recordOf(input).passkey;
    return told(way === null ? null : openByPasskey(passkeySeed(input.bytes("prf"), way), way));
  },
};
