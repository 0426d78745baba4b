// What lies in the keystore of a locked device: how its keys come out of a passphrase, or of a passkey (PROTOCOL A5).
import { z } from "zod";
import { bytesOf, bytesUpTo, count, kemKey, structure } from "@/lib/protocol/fields.ts";
import { VERSION } from "@/lib/protocol/limits.ts";

/** Argon2id's costs: passes, and bytes of memory. Weaker ones are refused, and such as no device could bear. */
export const LOCK_COSTS = { ops: 3, memory: 64 * 1024 * 1024, mostOps: 24, mostMemory: 1024 * 1024 * 1024 } as const;
const SALT_BYTES = 16;
/** nonce, tag, and two keys: the new one and, while rows are sealed anew, the old one */
const BOX_BYTES = 24 + 16 + 64;
const CREDENTIAL_BYTES = 1024;

const passphraseWay = z.strictObject({
  salt: bytesOf(SALT_BYTES),
  ops: count,
  memory: count,
  box: bytesUpTo(BOX_BYTES),
});

/** The passkey's secret makes an X-Wing pair: keys are sealed to its public half without the passkey being asked. */
const passkeyWay = z.strictObject({
  id: bytesUpTo(CREDENTIAL_BYTES),
  salt: bytesOf(32),
  pk: kemKey,
  sealed: bytesUpTo(1120 + 16 + 64),
});

const lockSchema = z.strictObject({
  v: z.literal(VERSION),
  passphrase: passphraseWay,
  passkey: passkeyWay.nullable(),
});
export type PassphraseWay = z.output<typeof passphraseWay>;
export type PasskeyWay = z.output<typeof passkeyWay>;
export type LockRecord = z.output<typeof lockSchema>;
export const lockStructure = structure(lockSchema);
