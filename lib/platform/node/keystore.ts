// The keystore of Node: a file that this user alone may read.
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "@/lib/base/errors.ts";
import type { Keystore } from "@/lib/client/ports.ts";
import { writeFileWhole } from "./file.ts";

const OWNER_ONLY = 0o600;

/**
 * Keeps the secret in `folder`/key with mode 0600, and beside it a marker that says one was made. A marker without a
 * readable key, or a key that others may read, is store/vault-gone or store/vault-locked: never silently a new start (A5).
 */
export function fileKeystore(folder: string): Keystore {
  const key = join(folder, "key");
  const marker = join(folder, "key.made");
  return {
    async load() {
      if (!existsSync(key)) {
        if (existsSync(marker)) throw new Fault("store/vault-gone");
        return undefined;
      }
      const facts = lstatSync(key);
      if (!facts.isFile() || (process.platform !== "win32" && (facts.mode & 0o077) !== 0)) {
        throw new Fault("store/vault-locked", { detail: "the key file must be a plain file of mode 600" });
      }
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(readFileSync(key));
      } catch (cause) {
        throw new Fault("store/vault-gone", { cause });
      }
      if (bytes.length === 0) throw new Fault("store/vault-gone");
      return bytes;
    },
    async save(secret) {
      if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileWhole(marker, new Uint8Array(), OWNER_ONLY);
      writeFileWhole(key, secret, OWNER_ONLY);
    },
    async wipe() {
      rmSync(key, { force: true });
      rmSync(marker, { force: true });
    },
  };
}
