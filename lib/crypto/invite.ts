// Invites: all keys from the secret in the link, and the box that tells its holder where it leads (PROTOCOL section 7).
import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { FaultCode } from "@/lib/base/errors.ts";
import { asFault } from "@/lib/base/errors.ts";
import type { InviteId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { inviteBoxCommit, inviteId } from "@/lib/proof/hash.ts";
import type { SignedCard } from "@/lib/protocol/device.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { InviteBox, InviteLink, JoinRequest, SignedRequest } from "@/lib/protocol/invite.ts";
import { inviteBoxStructure, JOIN_NAME_BYTES, joinRequestStructure } from "@/lib/protocol/invite.ts";
import { VERSION } from "@/lib/protocol/limits.ts";
import type { BoxRow } from "@/lib/protocol/room.ts";
import type { InviteSecret, PukSeed, Secret } from "./keys.ts";
import { deriveSecret, exposeSecret, mintSecret, secretFrom } from "./keys.ts";
import { box, inviteBoxAd, joinNameCtx, kemPublic, openBox, openSeal, seal } from "./seal.ts";
import { sign, signJoinRequest, signPublic } from "./sign.ts";

/** What the secret in a link makes. `kem` serves instant invites alone. */
export type InviteKeys = {
  readonly sign: Secret<"invite-sign">;
  readonly kem: Secret<"invite-kem">;
  readonly box: Secret<"invite-box">;
};

/** Public half, as invite_create carries it: `box` is a commitment to the box key. */
export type InvitePublic = {
  readonly sign: Uint8Array;
  readonly box: Uint8Array;
  readonly kem: Uint8Array | null;
};

export type InviteMode = "instant" | "approval";
export type Invite = {
  readonly id: InviteId;
  readonly secret: InviteSecret;
  readonly keys: InviteKeys;
  readonly public: InvitePublic;
};

/** All keys of an invite. */
export function inviteKeys(secret: InviteSecret): InviteKeys {
  return {
    sign: deriveSecret("invite-sign", secret, "invite-sign"),
    kem: deriveSecret("invite-kem", secret, "invite-kem"),
    box: deriveSecret("invite-box", secret, "invite-box"),
  };
}

function publicOf(keys: InviteKeys, mode: InviteMode): InvitePublic {
  return {
    sign: signPublic(keys.sign),
    box: inviteBoxCommit(exposeSecret(keys.box)),
    kem: mode === "instant" ? kemPublic(keys.kem) : null,
  };
}

function idOf(ws: WorkspaceId, inviterRik: Uint8Array, keys: InvitePublic): InviteId {
  return inviteId(ws, inviterRik, keys.sign, keys.box, keys.kem);
}

/** A fresh invite of this inviter. */
export function mintInvite(ws: WorkspaceId, inviterRik: Uint8Array, mode: InviteMode): Invite {
  return inviteOf(mintSecret("invite"), ws, inviterRik, mode);
}

/** The invite that a kept secret makes: so that its maker's devices can show the link again. */
export function inviteOf(secret: InviteSecret, ws: WorkspaceId, inviterRik: Uint8Array, mode: InviteMode): Invite {
  const keys = inviteKeys(secret);
  const shown = publicOf(keys, mode);
  return { id: idOf(ws, inviterRik, shown), secret, keys, public: shown };
}

/** The fields of the link to hand out: formatInviteFragment() of lib/protocol takes them. */
export function inviteLink(invite: Invite): InviteLink {
  return { invite: invite.id, secret: exposeSecret(invite.secret) };
}

/** The box that lies beside invite_create. */
export function sealInviteBox(invite: Invite, content: InviteBox): BoxRow {
  const ct = box(exposeSecret(invite.keys.box), inviteBoxAd(invite.id), inviteBoxStructure.encode(content));
  return { purpose: "invite", scope: mintId<"scope">(idBytes(invite.id)), epoch: 0, ct: toBase64url(ct) };
}

/** An invite link that leads where its id says (I1). */
export type OpenedInvite = { readonly invite: Invite; readonly mode: InviteMode; readonly box: InviteBox };

/**
 * Opens the box of a link (`ct` as base64url) and recomputes the id from what it says: proof/invite-swapped when the box
 * leads to another inviter or workspace than the link's maker meant (I1); crypto/cannot-open when it was altered.
 */
export function openInvite(link: InviteLink, ct: string): OpenedInvite | FaultCode {
  const secret = secretFrom("invite", link.secret);
  const bytes = openBox(exposeSecret(inviteKeys(secret).box), inviteBoxAd(link.invite), fromJson(ct));
  if (bytes === null) return "crypto/cannot-open";
  try {
    const content = inviteBoxStructure.parse(bytes);
    for (const mode of ["instant", "approval"] as const) {
      const invite = inviteOf(secret, content.ws, content.inviterRik, mode);
      if (equal(idBytes(invite.id), idBytes(link.invite))) return { invite, mode, box: content };
    }
  } catch (thrown) {
    return asFault(thrown).code;
  }
  return "proof/invite-swapped";
}

/** Who asks, and who may decide. */
export type Asking = {
  readonly ws: WorkspaceId;
  readonly invite: InviteId;
  readonly user: UserId;
  readonly card: SignedCard;
  readonly name: string;
  readonly deciders: readonly { readonly user: UserId; readonly gen: number; readonly pk: Uint8Array }[];
};

/** A request to be let in, signed by the invite key (I4). The name opens to the deciders alone; too long, it is cut. */
export function sealJoinRequest(asking: Asking, key: Secret<"invite-sign">): SignedRequest {
  const { ws, invite, user, card, deciders } = asking;
  const name = paddedName(asking.name);
  const names = deciders.map(({ user: to, gen, pk }) => {
    return { to, gen, ct: seal(pk, joinNameCtx(ws, invite, user, to, gen), name) };
  });
  const request: JoinRequest = { v: VERSION, ws, invite, card, inviteSig: signJoinRequest(card, key), names };
  const bytes = joinRequestStructure.encode(request);
  return { bytes, sig: sign("request", key, bytes) };
}

function paddedName(name: string): Uint8Array {
  const padded = new Uint8Array(JOIN_NAME_BYTES);
  new TextEncoder().encodeInto(name.replaceAll("\0", ""), padded);
  return padded;
}

/** The name in a request, by one of those it is sealed to; null when it is not, or was altered. */
export function openJoinName(
  request: JoinRequest,
  newcomer: UserId,
  mine: { readonly user: UserId; readonly puk: (gen: number) => PukSeed | undefined },
): string | null {
  const sealed = request.names.find(({ to }) => to === mine.user);
  const seed = sealed === undefined ? undefined : mine.puk(sealed.gen);
  if (sealed === undefined || seed === undefined) return null;
  const context = joinNameCtx(request.ws, request.invite, newcomer, mine.user, sealed.gen);
  const padded = openSeal(seed, context, sealed.ct);
  return padded === null ? null : new TextDecoder().decode(padded).replace(/\0+$/, "");
}
