// Content of a place: what a channel is about, its bookmarks, the workspace's own emoji, and what people are at (M13).
import { z } from "zod";
import { count, id, text } from "@/lib/protocol/fields.ts";
import { thumbnail } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** All of these lie in a scope's state channel. */
export const PLACE = {
  /** what a channel is for, at length */
  about: z.strictObject({ k: z.literal("about"), channel: id<"channel">(), rev: count, text: text(LIMITS.aboutChars) }),
  /** a link or note at the top of a channel; `place` orders them, `on` false takes it away */
  bookmark: z.strictObject({
    k: z.literal("bookmark"),
    channel: id<"channel">(),
    item: id<"item">(),
    rev: count,
    title: text(LIMITS.nameChars),
    url: text(LIMITS.urlChars),
    place: count,
    on: z.boolean(),
  }),
  /** an emoji of the workspace's own, written :name:; no picture: gone. By members, in the workspace's state channel */
  emoji: z.strictObject({
    k: z.literal("emoji"),
    name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/),
    rev: count,
    picture: thumbnail.nullable(),
  }),
  /** what its author is at, until a time in ms since 1970 or until changed; empty: nothing */
  status: z.strictObject({
    k: z.literal("status"),
    rev: count,
    emoji: text(64),
    text: text(LIMITS.profileChars),
    until: count.nullable(),
  }),
} as const;
