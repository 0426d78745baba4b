// Content of conversations beyond a plain message: quotes, polls, votes, pins, voice (PROTOCOL section 9).
import { z } from "zod";
import { bytesUpTo, count, hash, id, positive, text } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** The message that an event is about, by id and event hash (M8). */
export const target = z.strictObject({ id: id<"event">(), hash });
export type Target = z.output<typeof target>;

/**
 * A message as whoever quotes or forwards it read it: his word, not its author's. A reader who may open the channel
 * compares it with the original by id and hash, and says when it differs.
 */
export const quote = z.strictObject({
  channel: id<"channel">(),
  id: id<"event">(),
  hash,
  user: id<"user">(),
  at: count,
  text: text(LIMITS.messageChars),
});
export type Quote = z.output<typeof quote>;

/** A voice message: its length in ms, and up to 128 loudness values of one byte for the picture of it. */
export const voice = z.strictObject({ ms: positive.refine((value) => value <= LIMITS.voiceMs), peaks: bytesUpTo(128) });
export type Voice = z.output<typeof voice>;

export const TALK = {
  /** the file in this place of its author's message will not come: he withdrew it before it was whole (F1) */
  unsent: z.strictObject({ k: z.literal("unsent"), of: id<"event">(), index: count }),
  /** a question with 2 to 12 answers; what is chosen comes as votes */
  poll: z.strictObject({
    k: z.literal("poll"),
    thread: id<"event">().nullable(),
    question: text(500),
    options: z.array(text(200)).min(2).max(12),
    /** several answers may be chosen */
    many: z.boolean(),
  }),
  /** which answers of a poll its author chooses now, by index; none takes his vote back (M7) */
  vote: z.strictObject({ k: z.literal("vote"), target, rev: count, choices: z.array(count).max(12) }),
  /** no more votes count, by the poll's author alone; or they count again (M7, M8) */
  pollend: z.strictObject({ k: z.literal("pollend"), target, rev: count, on: z.boolean() }),
  /** state channel of the scope: a message pinned in one of its channels, or no more (M13) */
  pin: z.strictObject({ k: z.literal("pin"), channel: id<"channel">(), target, rev: count, on: z.boolean() }),
} as const;
