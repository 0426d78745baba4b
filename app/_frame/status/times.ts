// What is offered for a status, and when each of it ends.

export const UNTILS = ["never", "half", "hour", "hours", "today", "week"] as const;
export type Until = (typeof UNTILS)[number];

export const PRESETS = [
  { name: "meeting", emoji: "🗓️", until: "hour" },
  { name: "lunch", emoji: "🥐", until: "hour" },
  { name: "focus", emoji: "🎧", until: "hours" },
  { name: "travel", emoji: "🚆", until: "hour" },
  { name: "sick", emoji: "🤒", until: "today" },
  { name: "holiday", emoji: "🌴", until: "never" },
] as const;

const MINUTE = 60_000;

/** When a status ends that is set now; null: never by itself. */
export function untilTime(until: Until, now: number): number | null {
  const date = new Date(now);
  const midnight = (days: number) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  switch (until) {
    case "never":
      return null;
    case "half":
      return now + 30 * MINUTE;
    case "hour":
      return now + 60 * MINUTE;
    case "hours":
      return now + 240 * MINUTE;
    case "today":
      return midnight(1);
    case "week":
      // the midnight after Sunday
      return midnight(((7 - date.getDay()) % 7) + 1);
  }
}
