// A passkey's secret for the app lock, by the PRF extension of WebAuthn; nothing of it goes to any server.
import { Fault } from "@/lib/base/errors.ts";

export type PasskeySecret = { readonly id: Uint8Array; readonly salt: Uint8Array; readonly prf: Uint8Array };

const USER_BYTES = 16;
const SALT_BYTES = 32;
const PATIENCE_MS = 120_000;

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const bytesOf = (value: BufferSource | undefined): Uint8Array | null => {
  if (value === undefined) return null;
  return value instanceof ArrayBuffer
    ? new Uint8Array(value)
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
};

/** Whether this browser could ask a passkey at all; whether one gives a secret shows only when it is made. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === "function" && window.isSecureContext;
}

/** What the browser says, in our words: a person who declines, and a browser or key that cannot. */
function refused(cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  const declined = cause instanceof DOMException && (cause.name === "NotAllowedError" || cause.name === "AbortError");
  return new Fault(declined ? "lock/passkey-declined" : "lock/no-passkey", { cause });
}

async function ask(id: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  const found = (await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id: id as BufferSource }],
      userVerification: "required",
      timeout: PATIENCE_MS,
      extensions: { prf: { eval: { first: salt as BufferSource } } },
    },
  })) as PublicKeyCredential | null;
  const prf = bytesOf(found?.getClientExtensionResults().prf?.results?.first);
  if (prf === null) throw new Fault("lock/no-passkey");
  return prf;
}

/** Makes a passkey for this browser's lock. Throws lock/no-passkey where none gives a secret, lock/passkey-declined. */
export async function makePasskey(name: string): Promise<PasskeySecret> {
  const salt = random(SALT_BYTES);
  try {
    const made = (await navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name },
        user: { id: random(USER_BYTES), name, displayName: name },
        pubKeyCredParams: [
          { type: "public-key", alg: -8 },
          { type: "public-key", alg: -7 },
          { type: "public-key", alg: -257 },
        ],
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        attestation: "none",
        timeout: PATIENCE_MS,
        extensions: { prf: { eval: { first: salt as BufferSource } } },
      },
    })) as PublicKeyCredential | null;
    const { prf } = made?.getClientExtensionResults() ?? {};
    if (made === null || prf?.enabled !== true) throw new Fault("lock/no-passkey");
    const id = new Uint8Array(made.rawId);
    // Some give the secret as they are made, others only when asked.
    return { id, salt, prf: bytesOf(prf.results?.first) ?? (await ask(id, salt)) };
  } catch (cause) {
    throw refused(cause);
  }
}

/** Asks the passkey of this browser's lock. */
export async function askPasskey(way: { readonly id: Uint8Array; readonly salt: Uint8Array }): Promise<PasskeySecret> {
  try {
    return { id: way.id, salt: way.salt, prf: await ask(way.id, way.salt) };
  } catch (cause) {
    throw refused(cause);
  }
}
