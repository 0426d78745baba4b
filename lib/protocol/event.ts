// Events: the authenticated header, the padded signed body, and every kind of content (PROTOCOL section 5).
import { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import { OWN } from "@/lib/protocol/content/own.ts";
import { PLACE } from "@/lib/protocol/content/place.ts";
import { quote, TALK, target, voice } from "@/lib/protocol/content/talk.ts";
import { parseCbor } from "./cbor.ts";
import { bytesOf, count, hash, id, parseValue, signKey, structure, text } from "./fields.ts";
import { fileRef, thumbnail } from "./file.ts";
import { LIMITS, VERSION } from "./limits.ts";

/** The additional data of an event's ciphertext; the server reads it, everybody authenticates it. */
export const headerSchema = z.strictObject({
  v: z.literal(VERSION),
  class: z.enum(["stored", "ephemeral"]),
  ws: id<"workspace">(32),
  channel: id<"channel">(),
  epoch: count,
  user: id<"user">(),
  device: id<"device">(),
  session: id<"session">(),
  seq: count,
  id: id<"event">(),
});
export type EventHeader = z.output<typeof headerSchema>;
export const headerStructure = structure(headerSchema);

/** A reference to an earlier event: id, epoch, event hash (M3). */
export const eventRef = z.strictObject({ id: id<"event">(), epoch: count, hash });
export type EventRef = z.output<typeof eventRef>;
export const prevsStructure = structure(z.array(eventRef).max(3));

/** Content by kind `k`. State-like kinds carry `rev` (M7). Unknown kinds are refused as newer. A field that may be absent has one form only when it is there. */
export const CONTENT = {
  message: z.strictObject({
    k: z.literal("message"),
    text: text(LIMITS.messageChars),
    /** thread root, or null */
    thread: id<"event">().nullable(),
    mentions: z.array(id<"user">()).max(200),
    /** how many file events will follow naming this one */
    files: count,
    /** a reply in a thread that stands in the channel too */
    also: z.exactOptional(z.literal(true)),
    quote: z.exactOptional(quote),
  }),
  file: z.strictObject({
    k: z.literal("file"),
    of: id<"event">(),
    index: count,
    file: fileRef,
    voice: z.exactOptional(voice),
  }),
  edit: z.strictObject({
    k: z.literal("edit"),
    target,
    rev: count,
    text: text(LIMITS.messageChars),
    mentions: z.array(id<"user">()).max(200),
  }),
  delete: z.strictObject({ k: z.literal("delete"), target }),
  reaction: z.strictObject({ k: z.literal("reaction"), target, rev: count, emoji: text(64), on: z.boolean() }),
  /** name and topic of a channel, in the scope's state channel (M13) */
  channel: z.strictObject({
    k: z.literal("channel"),
    channel: id<"channel">(),
    rev: count,
    name: text(LIMITS.nameChars),
    topic: text(LIMITS.topicChars),
  }),
  /** name and icon of the workspace, in its state channel, by owners and admins */
  workspace: z.strictObject({
    k: z.literal("workspace"),
    rev: count,
    name: text(LIMITS.nameChars),
    icon: thumbnail.nullable(),
  }),
  profile: z.strictObject({
    k: z.literal("profile"),
    rev: count,
    name: text(LIMITS.profileChars),
    title: text(LIMITS.profileChars),
    avatar: thumbnail.nullable(),
    /** how to speak of one */
    pronouns: z.exactOptional(text(40)),
    /** an IANA time zone, for the time where one is */
    zone: z.exactOptional(text(64)),
  }),
  /** self scope: read up to this position of a channel */
  marker: z.strictObject({
    k: z.literal("marker"),
    channel: id<"channel">(),
    rev: count,
    pos: count,
    at: id<"event">().nullable(),
  }),
  draft: z.strictObject({
    k: z.literal("draft"),
    channel: id<"channel">(),
    rev: count,
    text: text(LIMITS.messageChars),
    /** of a reply in this thread */
    thread: z.exactOptional(id<"event">()),
  }),
  setting: z.strictObject({ k: z.literal("setting"), key: text(64), rev: count, value: text(4096) }),
  /** self scope: names and secrets of invites I made, so that my devices can list them */
  invite: z.strictObject({
    k: z.literal("invite"),
    invite: id<"invite">(),
    rev: count,
    label: text(LIMITS.nameChars),
    secret: bytesOf(32).nullable(),
  }),
  /** self scope: whose root key I compared in person, or accepted without comparing (A4) */
  verified: z.strictObject({
    k: z.literal("verified"),
    user: id<"user">(),
    rev: count,
    rik: signKey,
    how: z.enum(["qr", "number", "accepted"]),
    at: count,
  }),
  /** workspace state channel: its author compared this root key in person; `as`: the author's own root key (A4) */
  vouch: z.strictObject({
    k: z.literal("vouch"),
    user: id<"user">(),
    rev: count,
    rik: signKey,
    as: signKey,
    on: z.boolean(),
  }),
  /** workspace state channel: its author was asked, at ledger position `n`, to help this person back in (D6) */
  circle: z.strictObject({
    k: z.literal("circle"),
    user: id<"user">(),
    rev: count,
    ask: id<"ask">(),
    n: count,
    step: z.enum(["asked", "given", "ended"]),
    at: count,
  }),
  typing: z.strictObject({ k: z.literal("typing"), on: z.boolean() }),
  /** state channel of a scope: whether its author is at this device now (section 9) */
  presence: z.strictObject({ k: z.literal("presence"), state: z.enum(["active", "away"]) }),
  ...TALK,
  ...PLACE,
  ...OWN,
} as const;
export type ContentKind = keyof typeof CONTENT;
export type ContentOf<K extends ContentKind> = z.output<(typeof CONTENT)[K]>;
export type Content = { [K in ContentKind]: ContentOf<K> }[ContentKind];

/** CBOR bytes of a content. Throws wire/bad-shape when a bound is passed. */
export function encodeContent(content: Content): Uint8Array {
  return structure(CONTENT[content.k] as z.ZodType<Content>).encode(content);
}

/** Content from bytes. Throws event/newer for an unknown kind, wire/bad-cbor or wire/bad-shape else. */
export function parseContent(bytes: Uint8Array): Content {
  const value = parseCbor(bytes);
  const kind = value !== null && typeof value === "object" && "k" in value ? value.k : undefined;
  if (typeof kind !== "string" || !Object.hasOwn(CONTENT, kind)) throw new Fault("event/newer");
  return parseValue(CONTENT[kind as ContentKind] as z.ZodType<Content>, value);
}

/** Sealed event as it travels and lies in stores. The nonce is 24 bytes. */
export type SealedEvent = { readonly header: Uint8Array; readonly nonce: Uint8Array; readonly ciphertext: Uint8Array };
