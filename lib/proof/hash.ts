// H() and every identifier, commitment and number made with it (PROTOCOL C2, L1, I1, E1, M1, A3).
import { compare, concat } from "@/lib/base/bytes.ts";
import type { Field } from "@/lib/base/encoding.ts";
import { enc } from "@/lib/base/encoding.ts";
import type { ChannelId, DeviceId, Id, InviteId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { ID_BYTES, idBytes, mintId } from "@/lib/base/ids.ts";
import type { DevicePublic } from "@/lib/protocol/device.ts";
import type { SignedLink, Stub } from "@/lib/protocol/link.ts";
import { headFields } from "@/lib/protocol/link.ts";
import { blake2b } from "./sodium.ts";

const NOTHING = new Uint8Array(0);

/** BLAKE2b-256 of enc("tacit/1/" + label, ...fields); 32 bytes (C2). */
export function H(label: string, ...fields: readonly Field[]): Uint8Array {
  return blake2b(enc(`tacit/1/${label}`, ...fields));
}

function shortId<Kind extends string>(hash: Uint8Array): Id<Kind> {
  return mintId<Kind>(hash.subarray(0, ID_BYTES));
}

/** L_0: what the genesis link stands on. */
export const GENESIS_PREV: Uint8Array = new Uint8Array(32);

/** Hash of a link as it travels. It covers the signatures: else a server could swap one, and folds would part (L1). */
export function linkHash(link: SignedLink): Uint8Array {
  return H("link", link.bytes, link.sig, link.extra ?? NOTHING);
}

/** L_n from L_{n−1} and the stub at n (L1). */
export function nextHead(prev: Uint8Array, n: number, stub: Stub): Uint8Array {
  return H("ledger", ...headFields(prev, n, stub));
}

/** A device's id: its public keys, hashed (section 2). */
export function deviceId(keys: DevicePublic): DeviceId {
  return shortId<"device">(H("device", keys.sign, keys.kem));
}

/** What a new device signs (context `pop`) to show that it holds its key: enc("device", ws, user, device id). */
export function popBytes(ws: WorkspaceId, user: UserId, device: DeviceId): Uint8Array {
  return enc("device", idBytes(ws), idBytes(user), idBytes(device));
}

/** An invite's id, which a joiner recomputes: it names workspace, inviter and keys (I1). `kem`: instant invites only. */
export function inviteId(
  ws: WorkspaceId,
  inviterRik: Uint8Array,
  sign: Uint8Array,
  box: Uint8Array,
  kem: Uint8Array | null,
): InviteId {
  return shortId<"invite">(H("invite", idBytes(ws), inviterRik, sign, box, kem ?? NOTHING));
}

/** 32-byte commitment to an invite's box key: `box` of invite_create, so that the key enters the invite's id (I1). */
export function inviteBoxCommit(boxKey: Uint8Array): Uint8Array {
  return H("invite-box-commit", boxKey);
}

/** kc: the commitment to an epoch key in its link (E1). */
export function epochCommit(ws: WorkspaceId, scope: ScopeId, epoch: number, ek: Uint8Array): Uint8Array {
  return H("epoch-commit", idBytes(ws), idBytes(scope), epoch, ek);
}

/** One to whom an epoch is sealed. user: `gen`, `pub` of the PUK; invite: gen 0 and its KEM key. */
export type Recipient = {
  readonly kind: "user" | "invite";
  readonly id: UserId | InviteId;
  readonly gen: number;
  readonly pub: Uint8Array;
};

/** Recipients in the order in which rcpt covers them: bytewise by enc(kind, id, gen, pub). */
export function sortRecipients(entries: readonly Recipient[]): Recipient[] {
  return inOrder(entries).map(({ entry }) => entry);
}

type Ordered = { readonly entry: Recipient; readonly front: Uint8Array };

/** All but the key decides nearly always, and it is short: enc(kind, id, gen) is the front of enc(kind, id, gen, pub). */
function inOrder(entries: readonly Recipient[]): Ordered[] {
  const ordered = entries.map((entry) => ({ entry, front: enc(entry.kind, idBytes(entry.id), entry.gen) }));
  return ordered.sort((a, b) => compare(a.front, b.front) || compare(enc(a.entry.pub), enc(b.entry.pub)));
}

/** rcpt: whom an epoch link says it is sealed to (E1). The order of `entries` does not matter. */
export function rcptHash(scope: ScopeId, epoch: number, entries: readonly Recipient[]): Uint8Array {
  const fields = inOrder(entries).map(({ entry, front }) => concat(front, enc(entry.pub)));
  return H("rcpt", idBytes(scope), epoch, ...fields);
}

/** Event hash: names an event by its header and its author's signature (M1). */
export function eventHash(header: Uint8Array, sig: Uint8Array): Uint8Array {
  return H("event", header, sig);
}

/** The channel in which a private scope's or DM's messages are; its state channel is the scope id itself (M13). */
export function mainChannel(scope: ScopeId): ChannelId {
  return shortId<"channel">(H("main-channel", idBytes(scope)));
}

const selfScopes = new Map<string, ScopeId>();
const MOST_SELF_SCOPES = 50_000;

/** A person's self scope, which is also its one channel's id (section 2). Asked of every reader of every event: remembered. */
export function selfScope(ws: WorkspaceId, user: UserId): ScopeId {
  const name = `${ws} ${user}`;
  const known = selfScopes.get(name);
  if (known !== undefined) return known;
  const scope = shortId<"scope">(H("self", idBytes(ws), idBytes(user)));
  if (selfScopes.size >= MOST_SELF_SCOPES) selfScopes.clear();
  selfScopes.set(name, scope);
  return scope;
}

/** A recovery circle as its link states it, and whose it is (D6). */
export type CircleName = {
  readonly ws: WorkspaceId;
  readonly user: UserId;
  readonly threshold: number;
  readonly helpers: readonly { readonly user: UserId; readonly hash: Uint8Array }[];
};

/** 16 bytes that name a circle: its owner, how many suffice, its helpers and their parts. Said again, it keeps them. */
export function circleId({ ws, user, threshold, helpers }: CircleName): Uint8Array {
  const fields = helpers.flatMap((helper) => [idBytes(helper.user), helper.hash]);
  return H("circle-id", idBytes(ws), idBytes(user), threshold, ...fields).subarray(0, ID_BYTES);
}

/** The first 6 bytes of a circle's id as a number: the epoch column of the rows that belong to it. */
export function circleNumber(circle: CircleName): number {
  return circleId(circle)
    .subarray(0, 6)
    .reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A person as the safety number sees one. */
export type Identity = { readonly user: UserId; readonly rik: Uint8Array };

/** 60 digits in 12 groups of 5 that two people compare; the same from both sides (A3). */
export function safetyNumber(ws: WorkspaceId, one: Identity, other: Identity): string {
  const pair = [one, other].map(({ user, rik }) => enc(idBytes(user), rik)).sort(compare);
  return digits(H("sn", idBytes(ws), ...pair));
}

/** 60 digits in 12 groups of 5 over the workspace and an owner's root key (A3). */
export function workspaceNumber(ws: WorkspaceId, ownerRik: Uint8Array): string {
  return digits(H("wn", idBytes(ws), ownerRik));
}

/** The hash as a big-endian integer modulo 10^60, in decimal. */
function digits(hash: Uint8Array): string {
  let value = 0n;
  for (const byte of hash) value = (value << 8n) | BigInt(byte);
  const text = (value % 10n ** 60n).toString().padStart(60, "0");
  return text.match(/.{5}/g)?.join(" ") ?? text;
}
