// Places at the server whose files will not come: given back, over lost lines and crashes, until the server says so.
import { asFault } from "@/lib/base/errors.ts";
import type { Vault } from "@/lib/client/vault.ts";
import type { Session } from "@/lib/client/wire/session.ts";
import { UPLOADS, type UploadEntry, uploadOp } from "./entry.ts";

export class GivingBack {
  readonly #parts: { readonly session: Session; readonly vault: Vault };
  readonly #entries = new Map<string, UploadEntry>();
  #going = false;

  constructor(parts: { readonly session: Session; readonly vault: Vault }) {
    this.#parts = parts;
  }

  /** As it lies in the vault until it is done: its name alone, for nothing of it is read again. */
  static kept(entry: UploadEntry): UploadEntry {
    return { ...entry, state: "gone", spool: null };
  }

  /** An entry that lies in the vault as `kept` says. */
  add(entry: UploadEntry): void {
    this.#entries.set(entry.id, entry);
  }

  /** A place that came for an upload which had been ended already. */
  async late(entry: UploadEntry): Promise<void> {
    const gone = GivingBack.kept(entry);
    await this.#parts.vault.write([uploadOp(gone)]);
    this.add(gone);
    await this.sweep();
  }

  /** Tries all; what meets a lost line stays for the next time. */
  async sweep(): Promise<void> {
    if (this.#going) return;
    this.#going = true;
    try {
      for (const [id, { place }] of this.#entries) {
        const done = place === null || (await this.#drop(place.blob));
        if (!done) return;
        await this.#parts.vault.write([{ op: "delete", table: UPLOADS, key: id }]);
        this.#entries.delete(id);
      }
    } finally {
      this.#going = false;
    }
  }

  /** True once there is nothing left to give back, be it that the server knows of none. */
  async #drop(blob: string): Promise<boolean> {
    try {
      await this.#parts.session.call("files.drop", { blob });
      return true;
    } catch (thrown) {
      return asFault(thrown).entry.policy !== "retry";
    }
  }
}
