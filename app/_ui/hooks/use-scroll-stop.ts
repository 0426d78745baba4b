// What scrolls must be reached by keys: by what it holds, or else itself.
"use client";

import { type RefObject, useCallback } from "react";

const STOPS = "a[href], button, input, textarea, select, [tabindex='0']";

/** A body that scrolls and holds nothing to focus is a tab stop itself, so that keys can scroll it. */
export function useScrollStop(body: RefObject<HTMLDivElement | null>) {
  return useCallback(
    (box: HTMLDivElement | null) => {
      body.current = box;
      if (box === null) return;
      const look = () => {
        const held = [...box.querySelectorAll(STOPS)].some((one) => one.checkVisibility());
        if (box.scrollHeight > box.clientHeight && !held) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      };
      const watch = new ResizeObserver(look);
      watch.observe(box);
      for (const kid of box.children) watch.observe(kid);
      const changes = new MutationObserver(look);
      changes.observe(box, { childList: true });
      return () => {
        watch.disconnect();
        changes.disconnect();
        body.current = null;
      };
    },
    [body],
  );
}
