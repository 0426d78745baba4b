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
  readonly #storage: Storage;
  readonly #key: Uint8Array;
  readonly #prefix: string;
  /** rows that were there but did not open, until they are taken; at most MOST_DAMAGED of them */
  #damaged: VaultPlace[] = [];

  private constructor(storage: Storage, key: Uint8Array, prefix: string) {
    this.#storage = storage;
    this.#key = key;
    this.#prefix = prefix;
  }

  /** Opens the vault of this profile, or makes one. Throws store/vault-gone when a key was there and is lost (A5). */
  static async open(storage: Storage, keystore: Keystore): Promise<Vault> {
    const known = await keystore.load();
    if (known !== undefined) return new Vault(storage, known, "");
    // Rows without their key: the browser evicted one and not the other. Never start afresh over them in silence.
    const orphan = await storage.scan("account", { limit: 1 });
    if (orphan.length > 0) throw new Fault("store/vault-gone");
    const fresh = randomBytes(32);
    await keystore.save(fresh);
    return new Vault(storage, fresh, "");
  }

  /** The part of the vault whose keys start with `name/`. */
  part(name: string): Vault {
    return new Vault(this.#storage, this.#key, `${this.#prefix}${name}/`);
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
    const full = this.#prefix + key;
    const sealed = await this.#storage.get(table, full);
    return sealed === undefined ? undefined : this.#open<T>(table, full, sealed);
  }

  /** Rows in key order; keys come back without this part's prefix. */
  async scan<T extends Cbor>(table: string, range: VaultRange): Promise<VaultRow<T>[]> {
    const rows = await this.#storage.scan(table, {
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
    await this.#storage.write(ops.map((op) => this.#sealOp(op)));
  }

  async put(table: string, key: string, value: Cbor): Promise<void> {
    await this.write([{ op: "put", table, key, value }]);
  }

  #sealOp(op: VaultOp): StorageOp {
    const key = this.#prefix + op.key;
    if (op.op === "delete") return { op: "delete", table: op.table, key };
    return { op: "put", table: op.table, key, value: box(this.#key, placeAd(op.table, key), encodeCbor(op.value)) };
  }

  #open<T extends Cbor>(table: string, key: string, sealed: Uint8Array): T | undefined {
    const bytes = openBox(this.#key, placeAd(table, key), sealed);
    if (bytes === null) {
      const place = { table, key: key.slice(this.#prefix.length) };
      const known = this.#damaged.some((one) => one.table === table && one.key === place.key);
      if (!known && this.#damaged.length < MOST_DAMAGED) this.#damaged.push(place);
      return undefined;
    }
    return parseCbor(bytes) as T;
  }
}
