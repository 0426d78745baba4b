// Between engine and lock: what opens and shuts the whole profile, and what that does to all that runs (PROTOCOL A5).
import { Fault, isFault } from "@/lib/base/errors.ts";
import type { LockView } from "@/lib/client/api/lock.ts";
import type { Ports } from "@/lib/client/ports.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { AppLock } from "./lock.ts";

/** What the engine does when it opens and shuts. */
export type GuardHost = {
  readonly ports: Ports;
  /** the vault is open: everything in it comes to life */
  readonly opened: (vault: Vault) => Promise<void>;
  /** ends everything that lives on the vault */
  readonly shut: () => void;
  readonly changed: () => void;
};

/** The profile's door. */
export class Guard {
  readonly #host: GuardHost;
  #lock: AppLock | null = null;

  constructor(host: GuardHost) {
    this.#host = host;
  }

  /** null: locked, lost, or not read yet */
  get vault(): Vault | null {
    return this.#lock?.vault ?? null;
  }

  get locked(): boolean {
    return this.#lock !== null && this.#lock.vault === null;
  }

  view(): LockView {
    const { on, idle, passkey } = this.#lock ?? { on: false, idle: null, passkey: null };
    return { on, locked: this.locked, idleMinutes: on && !this.locked ? idle : null, passkey };
  }

  /** Reads the profile; one that has no lock is open then. Throws store/vault-gone (A5). */
  async open(): Promise<void> {
    this.#lock = null;
    const { storage, keystore } = this.#host.ports;
    this.#lock = await AppLock.open(storage, keystore);
  }

  /** Wipes the profile and begins a new one, without a lock. */
  async renew(): Promise<void> {
    const { storage, keystore } = this.#host.ports;
    await storage.wipe();
    await keystore.wipe();
    await this.open();
  }

  /** The keys are lost: there is nothing to lock. */
  lose(): void {
    this.#lock = null;
  }

  async unlock(work: (lock: AppLock) => Promise<void>): Promise<void> {
    const lock = this.#known;
    if (lock.vault !== null) return;
    await work(lock);
    if (lock.vault === null) return;
    try {
      await this.#host.opened(lock.vault);
    } catch (thrown) {
      // Shut again while it opened.
      if (!isFault(thrown, "store/vault-locked")) throw thrown;
    }
  }

  /** Locks; where it is locked already nothing happens. Throws lock/off. */
  shut(): void {
    if (this.locked) return;
    this.#known.close();
    this.#host.shut();
  }

  async change(work: (lock: AppLock) => Promise<void>): Promise<void> {
    try {
      await work(this.#known);
    } finally {
      this.#host.changed();
    }
  }

  get #known(): AppLock {
    if (this.#lock === null) throw new Fault("store/vault-gone");
    return this.#lock;
  }
}
