// Ed25519 by the platform's WebCrypto, for the engine's port: quicker than wasm, and off the thread that calls it.
import type { Verifier } from "@/lib/client/ports.ts";

/** Imported keys are kept: a few hundred devices write most of what is read. */
const KEYS_KEPT = 2000;

/** The verifier of browsers and Node. Where WebCrypto lacks Ed25519 every answer is false. */
export function webCryptoVerifier(): Verifier {
  const keys = new Map<string, Promise<CryptoKey>>();
  let able = true;
  const keyOf = (pk: Uint8Array): Promise<CryptoKey> => {
    const name = String.fromCharCode(...pk);
    const known = keys.get(name);
    if (known !== undefined) return known;
    if (keys.size >= KEYS_KEPT) keys.clear();
    const key = crypto.subtle.importKey("raw", own(pk), "Ed25519", false, ["verify"]);
    keys.set(name, key);
    return key;
  };
  return {
    async verify(jobs) {
      if (!able) return jobs.map(() => false);
      return await Promise.all(
        jobs.map(async ({ pk, message, sig }) => {
          try {
            return await crypto.subtle.verify("Ed25519", await keyOf(pk), own(sig), own(message));
          } catch (thrown) {
            if (thrown instanceof Error && thrown.name === "NotSupportedError") able = false;
            return false;
          }
        }),
      );
    },
  };
}

/** Typed as bytes of a plain buffer, which is what all of these are. */
const own = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;
