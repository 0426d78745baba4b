// The keystore in memory, for tests; `lose` makes it forget as a browser may.
import { Fault } from "@/lib/base/errors.ts";
import type { Keystore } from "@/lib/client/ports.ts";

/** Keeps the secret as long as the object lives. After `lose`, load rejects with store/vault-gone (A5). */
export function memoryKeystore(): Keystore & { lose(): void } {
  let held: Uint8Array | undefined;
  let lost = false;
  return {
    async load() {
      if (lost) throw new Fault("store/vault-gone");
      return held?.slice();
    },
    async save(secret) {
      held = secret.slice();
      lost = false;
    },
    async wipe() {
      held = undefined;
      lost = false;
    },
    lose() {
      lost = held !== undefined;
      held = undefined;
    },
  };
}
