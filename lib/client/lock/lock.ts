// The app lock: the vault's keys wrapped by a passphrase, and by a passkey where one was added; nothing unwrapped is kept (PROTOCOL A5).
import { Fault } from "@/lib/base/errors.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import type { Keystore, Storage } from "@/lib/client/ports.ts";
import { Vault } from "@/lib/client/vault.ts";
import type { Secret } from "@/lib/crypto/keys.ts";
import { checkPassphrase, passphraseKey, preparePassphrase } from "@/lib/crypto/lock/passphrase.ts";
import {
  openByPasskey,
  openByPassphrase,
  passkeyPublic,
  passkeySeed,
  type VaultKeys,
  wrapByPasskey,
  wrapByPassphrase,
} from "@/lib/crypto/lock/wrap.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { VERSION } from "@/lib/protocol/limits.ts";
import {
  LOCK_COSTS,
  type LockRecord,
  lockStructure,
  type PasskeyWay,
  type PassphraseWay,
} from "@/lib/protocol/lock/record.ts";
import { lockRecord } from "./record.ts";

const TABLE = "lock";
const IDLE = "idle";
const IDLE_MINUTES = 15;
const MOST_MINUTES = 24 * 60;

/** What a passkey's PRF gave, asked with this salt. */
export type PasskeyAnswer = { readonly id: Uint8Array; readonly salt: Uint8Array; readonly prf: Uint8Array };
/** While it is open: by what the passphrase opens it, so that new keys can be wrapped without asking again. */
type Held = { readonly key: Secret<"lock">; readonly way: Omit<PassphraseWay, "box"> };

async function freshWay(passphrase: string): Promise<Held> {
  const way = { salt: randomBytes(16), ops: LOCK_COSTS.ops, memory: LOCK_COSTS.memory };
  return { way, key: await passphraseKey(passphrase, way) };
}

/** The lock of one profile, and through it its vault. */
export class AppLock {
  readonly #storage: Storage;
  readonly #keystore: Keystore;
  /** one change at a time: two that cross would leave a record that fits neither */
  readonly #line = new Mutex();
  #record: LockRecord | null = null;
  #vault: Vault | null = null;
  #idle: number | null = IDLE_MINUTES;

  private constructor(storage: Storage, keystore: Keystore) {
    this.#storage = storage;
    this.#keystore = keystore;
  }

  /** Reads what is there; a profile without a lock is open at once. Throws store/vault-gone (A5). */
  static async open(storage: Storage, keystore: Keystore): Promise<AppLock> {
    const lock = new AppLock(storage, keystore);
    await lock.#read();
    return lock;
  }

  async #read(): Promise<void> {
    const secret = await this.#keystore.load();
    this.#record = secret === undefined ? null : lockRecord(secret);
    if (this.#record !== null) preparePassphrase();
    else await this.#enter(await Vault.open(this.#storage, this.#keystore));
  }

  async #enter(vault: Vault): Promise<void> {
    const kept = await vault.get<number>(TABLE, IDLE);
    this.#idle = kept === undefined ? IDLE_MINUTES : kept === 0 ? null : kept;
    this.#vault = vault;
  }

  /** Minutes without a touch after which the tabs lock; null: never. */
  get idle(): number | null {
    return this.#idle;
  }

  async setIdle(minutes: number | null): Promise<void> {
    const whole = minutes === null ? 0 : Math.round(Math.min(Math.max(minutes, 1), MOST_MINUTES));
    await this.#open.put(TABLE, IDLE, whole);
    this.#idle = whole === 0 ? null : whole;
  }

  get on(): boolean {
    return this.#record !== null;
  }

  /** null while it is locked */
  get vault(): Vault | null {
    return this.#vault;
  }

  /** What a passkey is to be asked with; null: none was added. */
  get passkey(): Pick<PasskeyWay, "id" | "salt"> | null {
    const way = this.#record?.passkey ?? null;
    return way === null ? null : { id: way.id, salt: way.salt };
  }

  /** Forgets the keys. What still holds a part of the vault reads and writes nothing from now on. Throws lock/off. */
  close(): void {
    if (this.#record === null) throw new Fault("lock/off");
    this.#vault?.close();
    this.#vault = null;
  }

  /** Throws lock/wrong; nothing is counted, nothing is lost. */
  async unlock(passphrase: string): Promise<void> {
    await this.#line.run(async () => {
      if (this.#vault !== null) return;
      const held = await this.#tryPassphrase(passphrase);
      await this.#enter(Vault.over(this.#storage, held.keys));
      // Rows were being sealed anew when this device last stopped: now to the end.
      if (held.keys.length > 1) await this.#finish(held, this.#record?.passkey ?? null);
    });
  }

  /** Throws lock/wrong-passkey. */
  async unlockByPasskey(answer: PasskeyAnswer): Promise<void> {
    await this.#line.run(async () => {
      if (this.#vault !== null) return;
      const way = this.#record?.passkey ?? null;
      const keys = way === null ? null : openByPasskey(passkeySeed(answer.prf, way), way);
      if (keys === null) throw new Fault("lock/wrong-passkey");
      await this.#enter(Vault.over(this.#storage, keys));
    });
  }

  /**
   * Locks from now on: a new key that never lay here bare, under which every row is sealed anew. Throws lock/short,
   * and lock/wrong where there is a lock already.
   */
  async turnOn(passphrase: string): Promise<void> {
    checkPassphrase(passphrase);
    await this.#line.run(async () => {
      if (this.#record !== null) throw new Fault("lock/wrong");
      await this.#rekey(await freshWay(passphrase), null);
    });
  }

  /** Another passphrase: what the old one opened, from a copy of this profile say, is not what is kept from now on. */
  async change(passphrase: string, next: string): Promise<void> {
    checkPassphrase(next);
    await this.#line.run(async () => {
      await this.#tryPassphrase(passphrase);
      await this.#rekey(await freshWay(next), this.#record?.passkey ?? null);
    });
  }

  /** The key lies bare in the keystore again. */
  async turnOff(passphrase: string): Promise<void> {
    await this.#line.run(async () => {
      await this.#tryPassphrase(passphrase);
      const [key] = this.#open.keys;
      if (key === undefined) throw new Fault("store/vault-locked");
      await this.#keystore.save(key);
      this.#record = null;
    });
  }

  /** A passkey opens it too; the passphrase stays. */
  async addPasskey(passphrase: string, { id, salt, prf }: PasskeyAnswer): Promise<void> {
    await this.#line.run(async () => {
      const { keys } = this.#open;
      await this.#tryPassphrase(passphrase);
      const pk = passkeyPublic(passkeySeed(prf, { id, salt }));
      await this.#savePasskey(wrapByPasskey({ id, salt, pk }, keys));
    });
  }

  async dropPasskey(): Promise<void> {
    await this.#line.run(() => this.#savePasskey(null));
  }

  async #savePasskey(passkey: PasskeyWay | null): Promise<void> {
    if (this.#record === null) throw new Fault("lock/off");
    await this.#save({ ...this.#record, passkey });
  }

  get #open(): Vault {
    if (this.#vault === null) throw new Fault("store/vault-locked");
    return this.#vault;
  }

  async #tryPassphrase(passphrase: string): Promise<Held & { readonly keys: VaultKeys }> {
    if (this.#record === null) throw new Fault("lock/off");
    const way = this.#record.passphrase;
    const key = await passphraseKey(passphrase, way);
    const keys = openByPassphrase(key, way);
    if (keys === null) throw new Fault("lock/wrong");
    return { key, way, keys };
  }

  /** Both keys are in the record before the first row changes, so that a crash at any moment leaves all rows readable. */
  async #rekey(held: Held, passkey: PasskeyWay | null): Promise<void> {
    const vault = this.#open;
    if (vault.keys.length > 1) await vault.reseal();
    const fresh = randomBytes(32);
    await this.#wrap(held, passkey, [fresh, ...vault.keys]);
    vault.take(fresh);
    await this.#finish(held, passkey);
  }

  async #finish(held: Held, passkey: PasskeyWay | null): Promise<void> {
    const vault = this.#open;
    await vault.reseal();
    await this.#wrap(held, passkey, vault.keys);
  }

  async #wrap({ key, way }: Held, passkey: PasskeyWay | null, keys: VaultKeys): Promise<void> {
    // A vault that was closed meanwhile has none: better no new record than one that opens nothing.
    if (keys.length === 0) throw new Fault("store/vault-locked");
    const { id, salt, pk } = passkey ?? {};
    await this.#save({
      v: VERSION,
      passphrase: wrapByPassphrase(key, way, keys),
      passkey: id && salt && pk ? wrapByPasskey({ id, salt, pk }, keys) : null,
    });
  }

  async #save(record: LockRecord): Promise<void> {
    await this.#keystore.save(lockStructure.encode(record));
    this.#record = record;
  }
}
