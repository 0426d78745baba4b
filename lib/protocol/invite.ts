// Invite and setup links: the secret in the fragment, and what the invite's box tells its holder (PROTOCOL section 7).
import { z } from "zod";
import { parseBase64url, toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { InviteId, UserId } from "@/lib/base/ids.ts";
import { parseId } from "@/lib/base/ids.ts";
import { signedCard } from "./device.ts";
import {
  bytesOf,
  count,
  hash,
  id,
  jsonBytes,
  jsonId,
  positive,
  signature,
  signKey,
  structure,
  text,
} from "./fields.ts";
import { LIMITS, VERSION } from "./limits.ts";

export type InviteLink = { readonly invite: InviteId; readonly secret: Uint8Array };

/** `#v1.<inviteId>.<secret>`: the fragment never reaches a server. */
export function formatInviteFragment(link: InviteLink): string {
  return `#v1.${link.invite}.${toBase64url(link.secret)}`;
}

/** Reads the fragment of an invite link. Throws wire/unknown-version or wire/bad-invite-link. */
export function parseInviteFragment(fragment: string): InviteLink {
  const [version, invite, secret, ...more] = fragment.trim().replace(/^#/, "").split(".");
  if (version !== undefined && /^v\d+$/.test(version) && version !== "v1") throw new Fault("wire/unknown-version");
  const parsed = parseId<"invite">(invite);
  const bytes = secret === undefined ? undefined : parseBase64url(secret);
  if (version !== "v1" || parsed === undefined || bytes?.length !== 32 || more.length > 0)
    throw new Fault("wire/bad-invite-link");
  return { invite: parsed, secret: bytes };
}

/** `#r1.<inviteId>.<secret>.<userId>`: an invite with approval for one who comes back, and as whom (D7). */
export function formatReturnFragment(link: InviteLink, user: UserId): string {
  return `#r1.${formatInviteFragment(link).slice("#v1.".length)}.${user}`;
}

/** The invite's own fragment, and who comes back by it; null for what is no return link. Throws wire/bad-invite-link. */
export function parseReturnFragment(fragment: string): { readonly fragment: string; readonly user: UserId } | null {
  const [version, invite, secret, user, ...more] = fragment.trim().replace(/^#/, "").split(".");
  if (version !== "r1") return null;
  const parsed = parseId<"user">(user);
  if (parsed === undefined || more.length > 0) throw new Fault("wire/bad-invite-link");
  return { fragment: formatInviteFragment(parseInviteFragment(`#v1.${invite}.${secret}`)), user: parsed };
}

/** `#s1.<32-byte token>`: a permission to create one workspace, nothing more. */
export function formatSetupFragment(token: Uint8Array): string {
  return `#s1.${toBase64url(token)}`;
}

/** Reads the fragment of a setup link. Throws wire/bad-setup-link. */
export function parseSetupFragment(fragment: string): Uint8Array {
  const [version, token, ...more] = fragment.trim().replace(/^#/, "").split(".");
  const bytes = token === undefined ? undefined : parseBase64url(token);
  if (version !== "s1" || bytes?.length !== 32 || more.length > 0) throw new Fault("wire/bad-setup-link");
  return bytes;
}

/** What the box of an invite tells its holder (I1). */
export const inviteBox = z.strictObject({
  workspace: text(LIMITS.nameChars),
  inviter: text(LIMITS.profileChars),
  inviterId: id<"user">(),
  inviterRik: signKey,
  ws: id<"workspace">(32),
  n: count,
  head: hash,
  fingerprint: bytesOf(32).nullable(),
});
export type InviteBox = z.output<typeof inviteBox>;
export const inviteBoxStructure = structure(inviteBox);

/** A newcomer's name before it is sealed: UTF-8 and zeros, so that all requests look alike. */
export const JOIN_NAME_BYTES = 384;
/** X-Wing ciphertext, padded name, tag. */
export const JOIN_NAME_SEAL = 1120 + JOIN_NAME_BYTES + 16;

/**
 * What one who has an `approval` invite asks the admins with (I4): the card that they put into `member_add`, the invite
 * key's signature over it, and his name sealed to the PUK of every admin. Signed by the invite key (context `request`).
 */
export const joinRequest = z.strictObject({
  v: z.literal(VERSION),
  ws: id<"workspace">(32),
  invite: id<"invite">(),
  card: signedCard,
  inviteSig: signature,
  names: z
    .array(z.strictObject({ to: id<"user">(), gen: positive, ct: bytesOf(JOIN_NAME_SEAL) }))
    .min(1)
    .max(LIMITS.joinDeciders),
});
export type JoinRequest = z.output<typeof joinRequest>;
export const joinRequestStructure = structure(joinRequest);
/** A card, and as many sealed names as there may be. */
export const JOIN_REQUEST_BYTES = 16 * 1024 + LIMITS.joinDeciders * (JOIN_NAME_SEAL + 64);

/** A request as it travels and lies in stores: exact bytes and the invite key's signature. */
export type SignedRequest = { readonly bytes: Uint8Array; readonly sig: Uint8Array };

export const joinRequestInput = z.strictObject({ b: jsonBytes(JOIN_REQUEST_BYTES, 1), s: jsonBytes(64, 64) });
export const joinWaitingInput = z.strictObject({ user: jsonId<"user">() });
export const joinDeclineInput = z.strictObject({ invite: jsonId<"invite">(), user: jsonId<"user">() });
/** `at`: when the server received it, ms since 1970. */
export const joinRow = joinRequestInput.extend({ invite: jsonId<"invite">(), user: jsonId<"user">(), at: count });
export type JoinRow = z.output<typeof joinRow>;
