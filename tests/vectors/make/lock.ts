// Vectors of the app lock: the record in the keystore, and the vault's keys by passphrase and passkey (A5).
import { secretFrom } from "@/lib/crypto/keys.ts";
import { passkeyPublic, passkeySeed, wrapByPasskey, wrapByPassphrase } from "@/lib/crypto/lock/wrap.ts";
import { LOCK_COSTS, type LockRecord, lockStructure } from "@/lib/protocol/lock/record.ts";
import { hex } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

export function makeLock(maker: Maker): void {
  const key = some(32);
  const prf = some(32);
  const keys = [some(32), some(32)];
  const { ops, memory } = LOCK_COSTS;
  const way = { salt: some(16), ops, memory };
  const named = { id: some(20), salt: some(32) };
  const { sealed, ...passkey } = wrapByPasskey({ ...named, pk: passkeyPublic(passkeySeed(prf, named)) }, keys);
  const record = (one: readonly Uint8Array[], both: boolean): LockRecord => ({
    v: 1,
    passphrase: wrapByPassphrase(secretFrom("lock", key), way, one),
    passkey: both ? { ...passkey, sealed } : null,
  });
  const both = record(keys, true);
  const bytes = lockStructure.encode(both);
  const changed = (change: Partial<LockRecord["passphrase"]>) =>
    lockStructure.encode({ ...both, passphrase: { ...both.passphrase, ...change } });
  maker.add("record", "by passphrase alone", { record: lockStructure.encode(record(keys.slice(0, 1), false)) });
  maker.add("record", "by passkey too, rows being sealed anew", { record: bytes });
  maker.refuse("record", "too few passes", { record: changed({ ops: 2 }) }, "store/vault-gone");
  maker.refuse("record", "too little memory", { record: changed({ memory: memory - 1 }) }, "store/vault-gone");
  maker.refuse("record", "too many passes", { record: changed({ ops: 25 }) }, "store/vault-gone");
  maker.refuse("record", "too much memory", { record: changed({ memory: 2 ** 30 + 1 }) }, "store/vault-gone");
  maker.refuse("record", "a byte behind it", { record: new Uint8Array([...bytes, 0]) }, "store/vault-gone");
  maker.refuse("record", "a bare key", { record: some(32) }, "lock/off");
  const all = keys.map(hex);
  maker.add("passphrase", "two keys, the one that seals first", { key, record: bytes }, all);
  maker.add("passphrase", "one key", { key, record: lockStructure.encode(record(keys.slice(0, 1), false)) }, [
    all[0] ?? "",
  ]);
  maker.refuse("passphrase", "another passphrase", { key: flip(key, 3), record: bytes }, "lock/wrong");
  maker.refuse("passphrase", "other costs", { key, record: changed({ ops: 4 }) }, "lock/wrong");
  maker.refuse("passphrase", "another salt", { key, record: changed({ salt: some(16) }) }, "lock/wrong");
  maker.add("passkey", "the one that was added", { prf, record: bytes }, all);
  maker.refuse("passkey", "another one", { prf: flip(prf, 0), record: bytes }, "lock/wrong");
  const moved = lockStructure.encode({ ...both, passkey: { ...passkey, sealed, id: some(20) } });
  maker.refuse("passkey", "under another name", { prf, record: moved }, "lock/wrong");
  const none = lockStructure.encode(record(keys, false));
  maker.refuse("passkey", "where none was added", { prf, record: none }, "lock/wrong");
}
