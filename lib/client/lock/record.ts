// What the keystore gave: a bare key, or the record of a lock (PROTOCOL A5).
import { Fault } from "@/lib/base/errors.ts";
import { LOCK_COSTS, type LockRecord, lockStructure } from "@/lib/protocol/lock/record.ts";

const BARE_BYTES = 32;

/** null: a bare key. Throws store/vault-gone for a record that is none, or whose costs nobody would have chosen. */
export function lockRecord(secret: Uint8Array): LockRecord | null {
  if (secret.length === BARE_BYTES) return null;
  let record: LockRecord;
  try {
    record = lockStructure.parse(secret);
  } catch (cause) {
    throw new Fault("store/vault-gone", { cause });
  }
  const { ops, memory } = record.passphrase;
  const weak = ops < LOCK_COSTS.ops || memory < LOCK_COSTS.memory;
  if (weak || ops > LOCK_COSTS.mostOps || memory > LOCK_COSTS.mostMemory) throw new Fault("store/vault-gone");
  return record;
}
