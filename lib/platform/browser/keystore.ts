// The keystore of browsers: the secret lies wrapped under an AES-GCM key that no script can export.
import { utf8 } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Keystore } from "@/lib/client/ports.ts";
import { readFrom, type TacitDatabase, type WithDatabase } from "./database.ts";

/** One record, so that key and wrapped secret can't part; `made` stands alone to tell a loss from a new start (A5). */
type Wrapped = { readonly key: CryptoKey; readonly iv: Uint8Array; readonly sealed: Uint8Array };
const AD = utf8("tacit/1/keystore");
const algorithm = (iv: Uint8Array) => ({
  name: "AES-GCM",
  iv: iv as Uint8Array<ArrayBuffer>,
  additionalData: AD as Uint8Array<ArrayBuffer>,
});

function isWrapped(value: unknown): value is Wrapped {
  if (value === null || typeof value !== "object") return false;
  const record = value as Partial<Record<keyof Wrapped, unknown>>;
  return record.key instanceof CryptoKey && record.iv instanceof Uint8Array && record.sealed instanceof Uint8Array;
}

async function load(db: TacitDatabase): Promise<Uint8Array | undefined> {
  const [made, held, row] = await Promise.all([
    readFrom(db, "keys").get("made"),
    readFrom(db, "keys").get("wrapped"),
    readFrom(db, "rows").getKey(IDBKeyRange.lowerBound([]) as never),
  ]);
  if (held === undefined && made === undefined && row === undefined) return undefined;
  if (!isWrapped(held)) throw new Fault("store/vault-gone");
  try {
    const opened = await crypto.subtle.decrypt(algorithm(held.iv), held.key, held.sealed as Uint8Array<ArrayBuffer>);
    return new Uint8Array(opened);
  } catch (cause) {
    throw new Fault("store/vault-gone", { cause });
  }
}

async function save(db: TacitDatabase, secret: Uint8Array): Promise<void> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm(iv), key, secret as Uint8Array<ArrayBuffer>));
  const tx = db.transaction("keys", "readwrite", { durability: "strict" });
  try {
    await Promise.all([
      tx.store.put({ key, iv, sealed } satisfies Wrapped, "wrapped"),
      tx.store.put(true, "made"),
      tx.done,
    ]);
  } catch (cause) {
    // some private windows can't keep a key that can't be exported
    if (cause instanceof DOMException && cause.name === "DataCloneError")
      throw new Fault("store/unavailable", { cause });
    throw cause;
  }
}

/**
 * Rows of the store without a key that opens them count as a loss too, and so does an empty database where keys have
 * been held (`returning`). Sign-out wipes the store first, then this.
 */
export function idbKeystore(withDatabase: WithDatabase, returning: boolean = false): Keystore {
  let held = returning;
  return {
    load: async () => {
      const secret = await withDatabase(load);
      if (secret === undefined && held) throw new Fault("store/vault-gone");
      return secret;
    },
    save: (secret) => withDatabase((db) => save(db, secret)),
    wipe: async () => {
      await withDatabase(async (db) => {
        const tx = db.transaction("keys", "readwrite", { durability: "strict" });
        await Promise.all([tx.store.clear(), tx.done]);
      });
      held = false;
    },
  };
}
