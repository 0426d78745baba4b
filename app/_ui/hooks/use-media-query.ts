// Follows a media query from React.
"use client";

import { useCallback, useSyncExternalStore } from "react";

/** The two widths at which the layout changes, as media queries. */
export const PHONE = "(max-width: 720px)";

/** True while `query` matches; follows the browser. */
export function useMediaQuery(query: string): boolean {
  const follow = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(
    follow,
    () => window.matchMedia(query).matches,
    () => false,
  );
}
