// The time in "call Ben in 20 minutes" or "demain à 14h30 appeler Ben", by the clock and calendar of this device.

export type Reminder =
  | { readonly ok: true; readonly text: string; readonly at: number }
  /** no words, or no time that can be read */
  | { readonly ok: false; readonly why: "text" | "time" };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MORNING = 9;
/** A year: beyond it a number is more likely a slip. */
const FARTHEST = 366 * DAY;

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|min|mins|minutes?)$/i, MINUTE],
  [/^(?:h|hours?|heures?)$/i, HOUR],
  [/^(?:d|days?|j|jours?)$/i, DAY],
  [/^(?:w|weeks?|semaines?)$/i, 7 * DAY],
];

const DAYS: readonly (readonly string[])[] = [
  ["sunday", "dimanche"],
  ["monday", "lundi"],
  ["tuesday", "mardi"],
  ["wednesday", "mercredi"],
  ["thursday", "jeudi"],
  ["friday", "vendredi"],
  ["saturday", "samedi"],
];

const UNIT = "minutes?|mins?|m|hours?|heures?|h|days?|jours?|d|j|weeks?|semaines?|w";
const IN = `(?:in|dans)\\s+(?:\\d{1,4}|an?|une?)\\s*(?:${UNIT})`;
const CLOCK = "(?:at|à|@)\\s*\\d{1,2}(?:(?::|h)\\d{2}|\\s?h)?\\s*(?:am|pm)?";
const DATE = `(?:on\\s+|le\\s+|next\\s+)?(?:today|tomorrow|aujourd[’']hui|demain|${DAYS.flat().join("|")}|\\d{4}-\\d{2}-\\d{2})`;
const WHEN = `(?:${IN}|${DATE}\\s*,?\\s+${CLOCK}|${CLOCK}\\s*,?\\s+${DATE}|${DATE}|${CLOCK})`;
const AT_END = new RegExp(`^([\\s\\S]*?)[\\s,]+(${WHEN})\\s*[.!]?$`, "i");
const ALONE = new RegExp(`^${WHEN}$`, "i");
const AT_START = new RegExp(`^(${WHEN})(?:[\\s,:]+|$)([\\s\\S]*)$`, "i");

function spanOf(phrase: string): number | undefined {
  const found = new RegExp(`^(?:in|dans)\\s+(\\d{1,4}|an?|une?)\\s*(${UNIT})$`, "i").exec(phrase);
  if (found === null) return undefined;
  const amount = /^\d/.test(found[1] ?? "") ? Number(found[1]) : 1;
  const unit = UNITS.find(([word]) => word.test(found[2] ?? ""));
  return unit === undefined ? undefined : amount * unit[1];
}

/** Hour and minute; null: there is a clock in it that does not exist, such as 25:70. */
function clockOf(phrase: string): { hour: number; minute: number } | undefined | null {
  const found = /(?:^|\s)(?:at|à|@)\s*(\d{1,2})(?:(?::|h)(\d{2})|\s?h)?\s*(am|pm)?/i.exec(phrase);
  if (found === null) return undefined;
  const half = found[3]?.toLowerCase();
  const told = Number(found[1]);
  const hour = half === undefined ? told : (told % 12) + (half === "pm" ? 12 : 0);
  const minute = Number(found[2] ?? 0);
  return hour > 23 || minute > 59 || (half !== undefined && (told < 1 || told > 12)) ? null : { hour, minute };
}

/** Days from today; undefined: no day is named. */
function dayOf(phrase: string, now: number): number | undefined {
  const lower = phrase.toLowerCase();
  if (/\b(?:today|aujourd[’']hui)\b/.test(lower)) return 0;
  if (/\b(?:tomorrow|demain)\b/.test(lower)) return 1;
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(lower);
  if (iso !== null) {
    const date = new Date(now);
    const today = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
    return Math.round((Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])) - today) / DAY);
  }
  const weekday = DAYS.findIndex((names) => names.some((name) => lower.includes(name)));
  // the next one to come, never today
  return weekday < 0 ? undefined : ((weekday - new Date(now).getDay() + 6) % 7) + 1;
}

/** Undefined for what is no time. A clock that has passed today means tomorrow; a day without a clock its morning. */
export function timeOf(phrase: string, now: number): number | undefined {
  const span = spanOf(phrase.trim());
  if (span !== undefined) return span <= FARTHEST ? now + span : undefined;
  const clock = clockOf(phrase);
  const day = dayOf(phrase, now);
  if (clock === null || (clock === undefined && day === undefined)) return undefined;
  const { hour, minute } = clock ?? { hour: MORNING, minute: 0 };
  const date = new Date(now);
  const on = (days: number) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour, minute).getTime();
  const at = on(day ?? 0);
  if (Math.abs(at - now) > FARTHEST) return undefined;
  return day === undefined && at <= now ? on(1) : at;
}

/** What to be reminded of, and when. */
export function parseRemind(rest: string, now: number): Reminder {
  const bare = rest.trim().replace(/^(?:me|moi)(?:\s+|$)/i, "");
  if (ALONE.test(bare)) return { ok: false, why: "text" };
  const end = AT_END.exec(bare);
  const start = AT_START.exec(bare);
  const [text, phrase] = end !== null ? [end[1], end[2]] : start !== null ? [start[2], start[1]] : [bare, ""];
  const words = (text ?? "")
    .trim()
    .replace(/^(?:to\s+|that\s+|de\s+|d[’'])/i, "")
    .trim();
  const at = timeOf(phrase ?? "", now);
  if (at === undefined) return { ok: false, why: bare === "" ? "text" : "time" };
  return words === "" ? { ok: false, why: "text" } : { ok: true, text: words, at };
}
