// Signatures toward the server and toward key holders: login and key request (PROTOCOL A1, E7).
import type { KeyPlea, LoginClaim } from "@/lib/protocol/signed.ts";
import { loginBytes, requestBytes } from "@/lib/protocol/signed.ts";
import type { Secret } from "./keys.ts";
import { sign } from "./sign.ts";

/** Who may log in: a device, an invite's holder, a recovery code's holder. Never the RIK. */
export type LoginSeed = Secret<"device-sign" | "invite-sign" | "recovery-auth">;

/** Signature of a login (context `auth`) by the device, the invite key or the recovery login key that `claim.as` names. */
export function signLogin(claim: LoginClaim, key: LoginSeed): Uint8Array {
  return sign("auth", key, loginBytes(claim));
}

/** Signature of a plea for an epoch key (context `request`). */
export function signKeyRequest(plea: KeyPlea, device: Secret<"device-sign">): Uint8Array {
  return sign("request", device, requestBytes(plea));
}
