// Dates, times, numbers, sizes and lists, written as the reader's locale writes them. All times are ms since 1970.
"use client";

import { useMemo } from "react";
import type { Language } from "./languages.ts";
import { useLanguage } from "./words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Browsers name tags that Intl refuses, such as en-US@posix. */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

/** The browser's own locale when it speaks `language` (en-GB for en), else the bare language. */
function localeOf(language: Language): string {
  if (typeof navigator === "undefined") return language;
  const own = navigator.languages.filter((tag) => tag === language || tag.startsWith(`${language}-`));
  return own.find(isLocale) ?? language;
}

function dayOf(ms: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function byteSize(locale: string, bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 1 && value < 100 ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[unit] ?? "byte",
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: digits,
  }).format(value);
}

/** "40 sec", "3 min", "2 hr": how long something takes, in the one unit that says it. */
function span(locale: string, seconds: number): string {
  const [value, unit] =
    seconds < 90 ? [seconds, "second"] : seconds < 5400 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
  const style = { style: "unit", unit: unit as string, unitDisplay: "short" } as const;
  return new Intl.NumberFormat(locale, style).format(Math.max(1, Math.round(value as number)));
}

function relative(locale: string, ms: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const gap = ms - now;
  const size = Math.abs(gap);
  if (size < MINUTE) return format.format(0, "second");
  if (size < HOUR) return format.format(Math.round(gap / MINUTE), "minute");
  if (size < DAY) return format.format(Math.round(gap / HOUR), "hour");
  return format.format(Math.round((dayOf(ms) - dayOf(now)) / DAY), "day");
}

/** The formatters of one locale; `time` 09:31, `day` Thursday 19 November, `date` 19 November 2026. */
export function formatsOf(locale: string) {
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const exact = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
  const dayAndYear = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  return {
    locale,
    /** 09:31 */
    time: (ms: number) => time.format(ms),
    /** 09:31:07 */
    exactTime: (ms: number) => exact.format(ms),
    /** Thursday 19 November; with the year when it is another one than `now`'s. */
    day: (ms: number, now: number) =>
      (new Date(ms).getFullYear() === new Date(now).getFullYear() ? day : dayAndYear).format(ms).replace(",", ""),
    /** 19 November 2026 */
    date: (ms: number) => date.format(ms),
    /** Everything, for titles and screen readers. */
    full: (ms: number) => full.format(ms),
    /** "3 minutes ago", "yesterday". */
    relative: (ms: number, now: number) => relative(locale, ms, now),
    number: (value: number) => number.format(value),
    /** `share` from 0 to 1. */
    percent: (share: number) => percent.format(share),
    /** 8.4 MB; decimal units, as file managers count. */
    size: (bytes: number) => byteSize(locale, bytes),
    /** "3 min" for a number of seconds. */
    span: (seconds: number) => span(locale, seconds),
    /** Ana, Luc and Mirela. */
    list: (names: readonly string[]) => list.format(names),
    /** True when both times fall on the same local day. */
    sameDay: (a: number, b: number) => dayOf(a) === dayOf(b),
  };
}

export type Formats = ReturnType<typeof formatsOf>;

/** The formatters of the language now spoken, in the browser's variant of it. */
export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => formatsOf(localeOf(language)), [language]);
}
