// The local store, sealed at rest: every value is boxed under one key that the platform's keystore guards (PROTOCOL A5).
import { enc } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { box, openBox } from "@/lib/crypto/seal.ts";
import { type Cbor, encodeCbor, parseCbor } from "@/lib/protocol/cbor.ts";
import type { Keystore, Storage, StorageOp } from "./ports.ts";

export type VaultOp =
  | { readonly op: "put"; readonly table: string; readonly key: string; readonly value: Cbor }
  | { readonly op: "delete"; readonly table: string; readonly key: string };
export type VaultRange = { prefix?: string; after?: string; before?: string; limit: number; reverse?: boolean };
export type VaultPlace = { readonly table: string; readonly key: string };
export type VaultRow<T> = { readonly key: string; readonly value: T };

const MOST_DAMAGED = 1000;
/** Rows that are sealed anew in one write. */
const RESEALED = 200;

/** What all parts of one vault share. The first key seals; the others open what is not sealed anew yet. */
type Core = {
  readonly storage: Storage;
  keys: readonly Uint8Array[];
  readonly writes: Set<Promise<void>>;
  /** while rows are sealed anew nothing else is written */
  pause: Promise<void> | null;
};

/** Keys that sort like the numbers they stand for, up to 10^12. */
export function sortable(value: number): string {
  return value.toString().padStart(12, "0");
}

/** A place's value is bound to its place, so that rows swapped by whoever holds the disk do not open. */
function placeAd(table: string, key: string): Uint8Array {
  return enc("vault", table, key);
}

/** Typed, sealed rows over a Storage. A row that does not open counts as absent and is named in `damaged`. */
export class Vault {
  readonly #core: Core;
  readonly #prefix: string;
  /** rows that were there but did not open, until they are taken; at most MOST_DAMAGED of them */
  #damaged: VaultPlace[] = [];

  private constructor(core: Core, prefix: string) {
    this.#core = core;
    this.#prefix = prefix;
  }

  /** Over keys that are at hand; the first one seals. */
  static over(storage: Storage, keys: readonly Uint8Array[]): Vault {
    return new Vault({ storage, keys, writes: new Set(), pause: null }, "");
  }

  /** Opens the vault of this profile, or makes one. Throws store/vault-gone when a key was there and is lost (A5). */
  static async open(storage: Storage, keystore: Keystore): Promise<Vault> {
    const known = await keystore.load();
    if (known !== undefined) return Vault.over(storage, [known]);
    // Rows without their key: the browser evicted one and not the other. Never start afresh over them in silence.
    const orphan = await storage.scan("account", { limit: 1 });
    if (orphan.length > 0) throw new Fault("store/vault-gone");
    const fresh = randomBytes(32);
    await keystore.save(fresh);
    return Vault.over(storage, [fresh]);
  }

  /** The part of the vault whose keys start with `name/`. */
  part(name: string): Vault {
    return new Vault(this.#core, `${this.#prefix}${name}/`);
  }

  /** Its keys, for the lock that wraps them. */
  get keys(): readonly Uint8Array[] {
    return this.#core.keys;
  }

  /** Overwrites the keys: from now on nothing is read or written by whoever still holds a part of it. */
  close(): void {
    for (const key of this.#core.keys) key.fill(0);
    this.#core.keys = [];
  }

  /** From now on rows are sealed under `fresh`; what lies there opens under the old keys still. */
  take(fresh: Uint8Array): void {
    this.#sealing();
    this.#core.keys = [fresh, ...this.#core.keys];
  }

  /** Seals every row anew that is not under the first key; then the others are forgotten. */
  async reseal(): Promise<void> {
    for (const table of await this.#core.storage.tables()) {
      let after: string | undefined;
      do after = await this.#resealSome(table, after);
      while (after !== undefined);
    }
    this.#sealing();
    for (const old of this.#core.keys.slice(1)) old.fill(0);
    this.#core.keys = this.#core.keys.slice(0, 1);
  }

  get damaged(): readonly VaultPlace[] {
    return this.#damaged;
  }

  /** What was found damaged since the last time. */
  takeDamaged(): readonly VaultPlace[] {
    const taken = this.#damaged;
    this.#damaged = [];
    return taken;
  }

  async get<T extends Cbor>(table: string, key: string): Promise<T | undefined> {
    this.#sealing();
    const full = this.#prefix + key;
    const sealed = await this.#core.storage.get(table, full);
    return sealed === undefined ? undefined : this.#open<T>(table, full, sealed);
  }

  /** Rows in key order; keys come back without this part's prefix. */
  async scan<T extends Cbor>(table: string, range: VaultRange): Promise<VaultRow<T>[]> {
    this.#sealing();
    const rows = await this.#core.storage.scan(table, {
      limit: range.limit,
      prefix: this.#prefix + (range.prefix ?? ""),
      ...(range.reverse === undefined ? {} : { reverse: range.reverse }),
      ...(range.after === undefined ? {} : { after: this.#prefix + range.after }),
      ...(range.before === undefined ? {} : { before: this.#prefix + range.before }),
    });
    const opened: VaultRow<T>[] = [];
    for (const row of rows) {
      const value = this.#open<T>(table, row.key, row.value);
      if (value !== undefined) opened.push({ key: row.key.slice(this.#prefix.length), value });
    }
    return opened;
  }

  /** All or nothing, durable once resolved. */
  async write(ops: readonly VaultOp[]): Promise<void> {
    if (ops.length === 0) return;
    while (this.#core.pause !== null) await this.#core.pause;
    const { storage, writes } = this.#core;
    const write = storage.write(ops.map((op) => this.#sealOp(op)));
    writes.add(write);
    await write.finally(() => writes.delete(write));
  }

  async put(table: string, key: string, value: Cbor): Promise<void> {
    await this.write([{ op: "put", table, key, value }]);
  }

  /** One batch: no write may come between reading rows and writing them back. Returns where the next one starts. */
  async #resealSome(table: string, after: string | undefined): Promise<string | undefined> {
    const core = this.#core;
    let resume = () => {};
    core.pause = new Promise((resolve) => {
      resume = resolve;
    });
    try {
      await Promise.allSettled([...core.writes]);
      const range = after === undefined ? {} : { after };
      const rows = await core.storage.scan(table, { limit: RESEALED, ...range });
      const key = this.#sealing();
      const ops = rows.flatMap((row): StorageOp[] => {
        const ad = placeAd(table, row.key);
        if (openBox(key, ad, row.value) !== null) return [];
        const bytes = this.#unseal(ad, row.value);
        return bytes === null ? [] : [{ op: "put", table, key: row.key, value: box(key, ad, bytes) }];
      });
      if (ops.length > 0) await core.storage.write(ops);
      return rows.length < RESEALED ? undefined : rows.at(-1)?.key;
    } finally {
      core.pause = null;
      resume();
    }
  }

  #sealing(): Uint8Array {
    const [key] = this.#core.keys;
    if (key === undefined) throw new Fault("store/vault-locked");
    return key;
  }

  #unseal(ad: Uint8Array, sealed: Uint8Array): Uint8Array | null {
    for (const key of this.#core.keys) {
      const bytes = openBox(key, ad, sealed);
      if (bytes !== null) return bytes;
    }
    return null;
  }

  #sealOp(op: VaultOp): StorageOp {
    const key = this.#prefix + op.key;
    if (op.op === "delete") return { op: "delete", table: op.table, key };
    return {
      op: "put",
      table: op.table,
      key,
      value: box(this.#sealing(), placeAd(op.table, key), encodeCbor(op.value)),
    };
  }

  #open<T extends Cbor>(table: string, key: string, sealed: Uint8Array): T | undefined {
    const bytes = this.#unseal(placeAd(table, key), sealed);
    if (bytes === null) {
      const place = { table, key: key.slice(this.#prefix.length) };
      const known = this.#damaged.some((one) => one.table === table && one.key === place.key);
      if (!known && this.#damaged.length < MOST_DAMAGED) this.#damaged.push(place);
      return undefined;
    }
    return parseCbor(bytes) as T;
  }
}
