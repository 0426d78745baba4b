// The bytes of a wake-up: always as many, of nothing but a version, sealed to the browser that asked for it (RFC 8291, 8188).
import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { Fault } from "@/lib/base/errors.ts";
import { PUSH } from "@/lib/protocol/setting/push.ts";

const RECORD_BYTES = 4096;
const SALT_BYTES = 16;
const KEY_BYTES = 65;
/** The last record, without more padding than the plaintext itself is (RFC 8188 2). */
const LAST = Buffer.from([2]);

/** A browser's keys for its subscription: a P-256 point, uncompressed, and 16 random bytes. */
export type PushKeys = { readonly p256dh: Uint8Array; readonly auth: Uint8Array };

function derive(secret: Uint8Array, salt: Uint8Array, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, length));
}

/** Seals `plain` in one record. Throws may/bad-endpoint where the browser's key is no point of the curve. */
export function sealPush(
  plain: Uint8Array,
  keys: PushKeys,
  salt: Uint8Array = randomBytes(SALT_BYTES),
  own?: Uint8Array,
): Buffer {
  const pair = createECDH("prime256v1");
  if (own === undefined) pair.generateKeys();
  else pair.setPrivateKey(own);
  let shared: Buffer;
  try {
    shared = pair.computeSecret(keys.p256dh);
  } catch (cause) {
    throw new Fault("may/bad-endpoint", { cause });
  }
  const mine = pair.getPublicKey();
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), keys.p256dh, mine]);
  const input = derive(shared, keys.auth, info, 32);
  const key = derive(input, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derive(input, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  const sealed = [cipher.update(plain), cipher.update(LAST), cipher.final(), cipher.getAuthTag()];
  const head = Buffer.alloc(SALT_BYTES + 5);
  head.set(salt);
  head.writeUInt32BE(RECORD_BYTES, SALT_BYTES);
  head[SALT_BYTES + 4] = KEY_BYTES;
  return Buffer.concat([head, mine, ...sealed]);
}

/** What every wake-up says: the version, and zeros. No id, no count, no time, nothing of any message (S2). */
export function wakePlain(): Buffer {
  const plain = Buffer.alloc(PUSH.plainBytes);
  plain[0] = PUSH.version;
  return plain;
}
