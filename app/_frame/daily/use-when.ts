// How a time to come or just gone is said: "today at 10:42", "tomorrow at 09:00", with the day where it is farther off.
"use client";

import { useCallback } from "react";
import { useFormats } from "@/app/_words/formats.ts";

const DAY = 86_400_000;

export function useWhen(): (at: number, now?: number) => string {
  const formats = useFormats();
  return useCallback(
    (at, now = Date.now()) => {
      const near = [-1, 0, 1].find((days) => formats.sameDay(at, now + days * DAY));
      const day = near === undefined ? formats.day(at, now) : relativeDay(formats.locale, near);
      return `${day}, ${formats.time(at)}`;
    },
    [formats],
  );
}

function relativeDay(locale: string, days: number): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}
