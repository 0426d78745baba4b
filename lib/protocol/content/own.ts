// Content of one person alone, in the self scope: threads read, things and messages for later, the search index (M11).
import { z } from "zod";
import { bytesOf, count, hash, id, text } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

export const OWN = {
  /** a thread read up to this position of its channel; `follow` auto: followed once one is part of it or named in it */
  thread: z.strictObject({
    k: z.literal("thread"),
    channel: id<"channel">(),
    root: id<"event">(),
    rev: count,
    pos: count,
    follow: z.enum(["auto", "on", "off"]),
  }),
  /** a message kept for later, or a note of one's own (no event); `at`: when to be reminded, ms since 1970, or null */
  later: z.strictObject({
    k: z.literal("later"),
    item: id<"item">(),
    rev: count,
    channel: id<"channel">().nullable(),
    event: id<"event">().nullable(),
    text: text(LIMITS.noteChars),
    at: count.nullable(),
    state: z.enum(["open", "done", "gone"]),
  }),
  /** a message to be sent at a time, under the id that it will bear, so that two devices send it once (M6, M11) */
  scheduled: z.strictObject({
    k: z.literal("scheduled"),
    event: id<"event">(),
    rev: count,
    channel: id<"channel">(),
    thread: id<"event">().nullable(),
    text: text(LIMITS.messageChars),
    at: count,
    state: z.enum(["waiting", "sent", "gone"]),
  }),
  /** where a device left its search index for those to come: a file like any other; made at `at`, of `rows` messages */
  index: z.strictObject({
    k: z.literal("index"),
    rev: count,
    at: count,
    rows: count,
    blob: id<"blob">(),
    key: bytesOf(32),
    size: count.refine((value) => value <= LIMITS.indexBytes),
    segments: z
      .array(hash)
      .min(1)
      .max(LIMITS.indexBytes / LIMITS.segmentBytes),
  }),
} as const;
