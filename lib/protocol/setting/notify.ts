// The values of the settings `notify` and `notify/<channel>`: what a person is told of, as JSON of few bounds (PROTOCOL section 9).
import { z } from "zod";
import type { ChannelId } from "@/lib/base/ids.ts";
import { count } from "@/lib/protocol/fields.ts";

export const NOTIFY_LIMITS = { words: 50, wordChars: 40, valueChars: 4096 } as const;
const MINUTES = 24 * 60;
const minute = z
  .int()
  .min(0)
  .max(MINUTES - 1);

export const levelSchema = z.enum(["all", "mentions", "nothing"]);
export type NotifyLevel = z.output<typeof levelSchema>;

const notifySchema = z.strictObject({
  level: levelSchema,
  /** replies in threads that one follows */
  threads: z.boolean(),
  /** words that call one like a mention */
  words: z.array(z.string().min(1).max(NOTIFY_LIMITS.wordChars)).max(NOTIFY_LIMITS.words),
  /** names and text are shown; else only that something came */
  text: z.boolean(),
  sound: z.boolean(),
  /** minutes of the day by the device's own clock, `from` up to `to`, over midnight where `to` is smaller */
  quiet: z.strictObject({ on: z.boolean(), from: minute, to: minute, weekends: z.boolean() }),
  /** not to be disturbed until then, ms since 1970 */
  pause: count.nullable(),
});
export type NotifySetting = z.output<typeof notifySchema>;

const channelSchema = z.strictObject({
  /** null: as everywhere */
  level: levelSchema.nullable(),
  /** until then, ms since 1970; null: not muted; the largest number: until it is taken back */
  muted: count.nullable(),
});
export type ChannelNotify = z.output<typeof channelSchema>;

export const FOREVER = Number.MAX_SAFE_INTEGER;
export const DEFAULT_NOTIFY: NotifySetting = {
  level: "mentions",
  threads: true,
  words: [],
  text: true,
  sound: false,
  quiet: { on: false, from: 20 * 60, to: 7 * 60 + 30, weekends: false },
  pause: null,
};
export const DEFAULT_CHANNEL: ChannelNotify = { level: null, muted: null };

export const NOTIFY_KEY = "notify";
export const channelNotifyKey = (channel: ChannelId): string => `${NOTIFY_KEY}/${channel}`;

function parse<T>(schema: z.ZodType<T>, value: string | undefined, otherwise: T): T {
  if (value === undefined) return otherwise;
  try {
    const parsed = schema.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data : otherwise;
  } catch {
    return otherwise;
  }
}

/** A value that cannot be read, as one of a later version, is as if nothing had been chosen. */
export const parseNotify = (value: string | undefined): NotifySetting => parse(notifySchema, value, DEFAULT_NOTIFY);
export const parseChannelNotify = (value: string | undefined): ChannelNotify =>
  parse(channelSchema, value, DEFAULT_CHANNEL);

/** Words as a screen gives them are brought into bounds: each once, and no more of them than fit into a value. */
export function formatNotify(setting: NotifySetting): string {
  const given = setting.words.map((word) => word.trim().toWellFormed().slice(0, NOTIFY_LIMITS.wordChars));
  const words = [...new Set(given)].filter((word) => word !== "").slice(0, NOTIFY_LIMITS.words);
  for (;;) {
    const value = JSON.stringify(notifySchema.parse({ ...setting, words }));
    if (value.length <= NOTIFY_LIMITS.valueChars) return value;
    words.pop();
  }
}
export const formatChannelNotify = (setting: ChannelNotify): string => JSON.stringify(channelSchema.parse(setting));
