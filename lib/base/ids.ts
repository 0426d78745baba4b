// Identifiers: branded base64url strings in memory and JSON, raw bytes inside signed structures.
import { parseBase64url, toBase64url } from "./encoding.ts";
import { Fault } from "./errors.ts";

declare const mark: unique symbol;
/** A string id with a compile-time kind. Text form: base64url without padding. */
export type Id<Kind extends string> = string & { readonly [mark]: Kind };

/** 32 bytes: link hash of the genesis link (L6). */
export type WorkspaceId = Id<"workspace">;
/** 16 random bytes chosen by the person's own client. */
export type UserId = Id<"user">;
/** 16 bytes: H("device", signPk, kemPk) cut. */
export type DeviceId = Id<"device">;
/** 16 bytes. The workspace scope's is the first half of ws; private ones are random. */
export type ScopeId = Id<"scope">;
/** 16 bytes. A scope's state channel has the scope's own id (M13). */
export type ChannelId = Id<"channel">;
/** 16 random bytes, made by the sender's engine. */
export type EventId = Id<"event">;
/** 16 bytes: H("invite", ..) cut (I1). */
export type InviteId = Id<"invite">;
/** 16 random bytes made by the server. */
export type BlobId = Id<"blob">;
/** 16 random bytes, one per engine start (M2). */
export type SessionId = Id<"session">;

/** 16 bytes: H("mailbox-id", ..) cut (D1). */
export type MailboxId = Id<"mailbox">;

/** 16 bytes: H("circle-ask", mailbox) cut: which request to a helper (D6). */
export type AskId = Id<"ask">;

/** 16 random bytes, made by whoever first keeps the thing: a bookmark, a reminder. */
export type ItemId = Id<"item">;

export const ID_BYTES = 16;
export const HASH_BYTES = 32;

/** Text form of raw id bytes. The one place where id brands are minted. */
export function mintId<Kind extends string>(bytes: Uint8Array): Id<Kind> {
  return toBase64url(bytes) as Id<Kind>;
}

/** Raw bytes of an id. Throws wire/bad-id on anything that mintId did not make. */
export function idBytes(id: Id<string>): Uint8Array {
  const bytes = parseBase64url(id);
  if (bytes === undefined) throw new Fault("wire/bad-id");
  return bytes;
}

/** Checks foreign text as an id of `length` bytes; undefined when it is none. */
export function parseId<Kind extends string>(text: unknown, length: number = ID_BYTES): Id<Kind> | undefined {
  if (typeof text !== "string" || text.length > 64) return undefined;
  const bytes = parseBase64url(text);
  return bytes?.length === length ? (text as Id<Kind>) : undefined;
}

let lastScope: { readonly ws: WorkspaceId; readonly scope: ScopeId } | undefined;

/** The workspace scope's id: the first 16 bytes of ws. Asked several times for every event: the last answer is kept. */
export function workspaceScope(ws: WorkspaceId): ScopeId {
  if (lastScope?.ws !== ws) lastScope = { ws, scope: mintId<"scope">(idBytes(ws).subarray(0, ID_BYTES)) };
  return lastScope.scope;
}

/** The state channel of a scope has the scope's own id (M13). */
export function stateChannel(scope: ScopeId): ChannelId {
  return mintId<"channel">(idBytes(scope));
}
