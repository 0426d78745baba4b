// What this device remembers of indexes that were left for other devices: its own, the one it took over, and what must go.
import type { BlobId } from "@/lib/base/ids.ts";
import type { Vault } from "@/lib/client/vault.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";

const TABLE = "finding";
const KEY = "left";

export type Note = {
  /** the last one that was left from here, and the channels that were kept out of it */
  readonly own: BlobId | null;
  readonly bare: readonly string[];
  /** words that left this index since lie in the newest one that was left */
  readonly foul: boolean;
  /** the last one that was looked at here, and whether anything was taken of it */
  readonly seen: BlobId | null;
  readonly took: boolean;
  /** what others took the place of, and may still lie on the server */
  readonly over: readonly { readonly blob: BlobId; readonly pos: number }[];
};

const NONE: Note = { own: null, bare: [], foul: false, seen: null, took: false, over: [] };

export class NoteBook {
  readonly #vault: Vault;
  now: Note = NONE;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async load(): Promise<void> {
    this.now = ((await this.#vault.get<Cbor>(TABLE, KEY)) as Note | undefined) ?? NONE;
  }

  async keep(change: Partial<Note>): Promise<void> {
    this.now = { ...this.now, ...change };
    await this.#vault.put(TABLE, KEY, this.now as unknown as Cbor);
  }
}
