// A vault in memory for what is not certain yet, and its way into the real one once it is (PROTOCOL A5, D2).
import type { Storage } from "@/lib/client/ports.ts";
import { Vault } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";

const ALL = { limit: Number.MAX_SAFE_INTEGER } as const;

class MemoryStorage implements Storage {
  readonly #tables = new Map<string, Map<string, Uint8Array>>();

  async tables(): Promise<readonly string[]> {
    return [...this.#tables.keys()];
  }

  async get(table: string, key: string): Promise<Uint8Array | undefined> {
    return this.#tables.get(table)?.get(key);
  }

  /** No reader of a staging vault asks for less than a whole table in order. */
  async scan(table: string, { prefix = "" }: Parameters<Storage["scan"]>[1]) {
    const rows = [...(this.#tables.get(table) ?? [])].filter(([key]) => key.startsWith(prefix));
    return rows.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value }));
  }

  async write(ops: Parameters<Storage["write"]>[0]): Promise<void> {
    for (const op of ops) {
      const table = this.#tables.get(op.table) ?? new Map<string, Uint8Array>();
      this.#tables.set(op.table, table);
      if (op.op === "put") table.set(op.key, op.value);
      else table.delete(op.key);
    }
  }

  async wipe(): Promise<void> {
    this.#tables.clear();
  }
}

/** A vault that ends with the page. Nothing of it touches the disk until `moveTo`. */
export class Staging {
  readonly vault: Vault;
  readonly #storage: MemoryStorage;

  private constructor(vault: Vault, storage: MemoryStorage) {
    this.vault = vault;
    this.#storage = storage;
  }

  static async open(): Promise<Staging> {
    const storage = new MemoryStorage();
    const keystore = { load: async () => undefined, save: async () => undefined, wipe: async () => undefined };
    return new Staging(await Vault.open(storage, keystore), storage);
  }

  /** Writes all of it into a vault, at once. */
  async moveTo(vault: Vault): Promise<void> {
    const ops = [];
    for (const table of await this.#storage.tables())
      for (const { key, value } of await this.vault.scan<Cbor>(table, ALL))
        ops.push({ op: "put", table, key, value } as const);
    await vault.write(ops);
  }
}
