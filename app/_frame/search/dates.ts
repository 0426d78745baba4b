// Dates as people write them in a search, on the calendar of this device.
import type { Span } from "@/lib/client/api/finding/search.ts";

const DATED = /(?:before|after|on):"?([^\s"]+)/gi;

const DAY_MS = 86_400_000;
const dayStart = (at: number, days = 0) => {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
};

/**
 * The time that a date as written covers, in this device's time zone: 2026-11-03, 2026-11, 2026, today, yesterday, or so
 * many days ago as in 7d; undefined when it is none.
 */
function spanOf(text: string, now: number): Span | undefined {
  const word = text.toLowerCase();
  if (word === "today") return { since: dayStart(now), until: dayStart(now, 1) };
  if (word === "yesterday") return { since: dayStart(now, -1), until: dayStart(now) };
  const ago = /^(\d{1,4})d$/.exec(word);
  if (ago !== null) return { since: dayStart(now - Number(ago[1]) * DAY_MS), until: dayStart(now, 1 - Number(ago[1])) };
  const date = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(word);
  if (date === null) return undefined;
  const [, year, month, day] = date.map(Number) as [number, number, number, number];
  if (date[2] === undefined)
    return { since: new Date(year, 0, 1).getTime(), until: new Date(year + 1, 0, 1).getTime() };
  if (month < 1 || month > 12) return undefined;
  if (date[3] === undefined)
    return { since: new Date(year, month - 1, 1).getTime(), until: new Date(year, month, 1).getTime() };
  const since = new Date(year, month - 1, day);
  // A day that its month does not have would lead into the next one.
  if (since.getMonth() !== month - 1) return undefined;
  return { since: since.getTime(), until: new Date(year, month - 1, day + 1).getTime() };
}

/** Every date that a query names, with the time it covers; the engine has no calendar. */
export function datesIn(query: string, now: number): Record<string, Span> {
  const dates: Record<string, Span> = {};
  for (const [, value] of query.matchAll(DATED)) {
    const span = value === undefined ? undefined : spanOf(value, now);
    if (value !== undefined && span !== undefined) dates[value] = span;
  }
  return dates;
}
