// What time it is where somebody is, by the zone that he says.
"use client";

import { useEffect, useState } from "react";
import { useFormats } from "@/app/_words/formats.ts";

const LOOK_MS = 20_000;

/** "14:32"; undefined where no zone is said, or none that this browser knows. */
export function useLocalTime(zone: string): string | undefined {
  const { locale } = useFormats();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  if (zone === "") return undefined;
  try {
    return new Intl.DateTimeFormat(locale, {
      hour: "2-digit",
      minute: "2-digit",
      weekday: "short",
      timeZone: zone,
    }).format(now);
  } catch {
    return undefined;
  }
}

/** Every zone that this browser knows, its own first. */
export function zones(): readonly string[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([own, ...Intl.supportedValuesOf("timeZone")])];
}
