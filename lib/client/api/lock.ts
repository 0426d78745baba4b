// What screens see of the app lock: whether it is on and shut, when it shuts by itself, what opens it (PROTOCOL A5).

export type LockView = {
  readonly on: boolean;
  readonly locked: boolean;
  /** minutes without a touch in any tab after which it locks; null: never, or not known while it is locked */
  readonly idleMinutes: number | null;
  /** what a passkey is asked with, where one opens it too */
  readonly passkey: { readonly id: Uint8Array; readonly salt: Uint8Array } | null;
};

/** `prf`: what the passkey gave for `salt` */
type Passkey = { readonly id: Uint8Array; readonly salt: Uint8Array; readonly prf: Uint8Array };

/** No command here names an account: the lock is on the whole browser profile. */
export interface LockCommands {
  /** throws lock/wrong, as often as one likes */
  unlock(input: { passphrase: string }): Promise<void>;
  unlockByPasskey(input: Passkey): Promise<void>;
  /** forgets the keys until somebody unlocks; does nothing where it is locked already */
  lockNow(input: Record<string, never>): Promise<void>;
  /** seals all that is stored under a new key that only the passphrase opens; throws lock/short, and app/no-way-back
   *  while a recovery code is unconfirmed */
  turnOnLock(input: { passphrase: string }): Promise<void>;
  changeLock(input: { passphrase: string; next: string }): Promise<void>;
  turnOffLock(input: { passphrase: string }): Promise<void>;
  setLockIdle(input: { minutes: number | null }): Promise<void>;
  addLockPasskey(input: Passkey & { passphrase: string }): Promise<void>;
  dropLockPasskey(input: Record<string, never>): Promise<void>;
}
