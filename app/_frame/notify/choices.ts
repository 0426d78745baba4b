// A channel's setting as one choice of a few, and back.
import type { ChannelNotify } from "@/lib/protocol/setting/notify.ts";

export const CHOICES = ["default", "all", "mentions", "nothing", "muted"] as const;
export type Choice = (typeof CHOICES)[number];

/** The largest whole number: a mute that ends when it is taken back. */
const FOREVER = Number.MAX_SAFE_INTEGER;

export function channelChoice(setting: ChannelNotify | undefined, now: number): Choice {
  if (setting === undefined) return "default";
  if (setting.muted !== null && setting.muted > now) return "muted";
  return setting.level ?? "default";
}

export function choiceSetting(choice: Choice, until: number = FOREVER): ChannelNotify {
  if (choice === "muted") return { level: null, muted: until };
  return { level: choice === "default" ? null : choice, muted: null };
}
