// The server's own key toward push services, and the word it signs to each (RFC 8292).
import { createECDH, createPrivateKey, type KeyObject, sign } from "node:crypto";
import { parseBase64url, toBase64url } from "@/lib/base/encoding.ts";
import type { Random } from "@/server/random.ts";
import type { SetupStore } from "@/server/store/port.ts";

/** How long a signed word serves; a day is the most that services take. */
const HOURS = 12;

export type VapidKey = { readonly sign: KeyObject; readonly public: Uint8Array };

function keyOf(secret: Uint8Array): VapidKey {
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(secret);
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => toBase64url(half));
  const jwk = { kty: "EC", crv: "P-256", d: toBase64url(secret), x: x ?? "", y: y ?? "" };
  return { sign: createPrivateKey({ key: jwk, format: "jwk" }), public: new Uint8Array(point) };
}

/** The key of this server, made at its first start and kept with its data: subscriptions are bound to it. */
export async function loadVapidKey(store: SetupStore, random: Random): Promise<VapidKey> {
  const kept = await store.readMeta("pushKey");
  if (kept !== undefined) return keyOf(parseBase64url(kept) ?? new Uint8Array(0));
  const secret = random(32);
  await store.writeMeta("pushKey", toBase64url(secret));
  return keyOf(secret);
}

/** The Authorization header for one push service. `contact`: whom its operator may turn to; the server's own address. */
export function vapidHeader(key: VapidKey, audience: string, contact: string, now: number): string {
  const part = (value: unknown) => toBase64url(Buffer.from(JSON.stringify(value)));
  const expires = Math.floor(now / 1000) + HOURS * 3600;
  const said = `${part({ typ: "JWT", alg: "ES256" })}.${part({ aud: audience, exp: expires, sub: contact })}`;
  const signature = sign("sha256", Buffer.from(said), { key: key.sign, dsaEncoding: "ieee-p1363" });
  return `vapid t=${said}.${toBase64url(signature)}, k=${toBase64url(key.public)}`;
}
