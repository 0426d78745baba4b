// What the app needs of its service worker: that it is there, and a word when a newer build stands ready.
"use client";

import { useEffect, useState } from "react";
import { registerService, takeUpdate, watchUpdate } from "@/lib/platform/browser/service/register.ts";

/** Registers the worker once the first screen stands. Returns what opens the newer build; undefined: there is none. */
export function useService(): (() => void) | undefined {
  const [update, setUpdate] = useState<(() => void) | undefined>(undefined);
  useEffect(() => {
    let ended = false;
    let end = () => {};
    void registerService().then((registration) => {
      if (registration === undefined || ended) return;
      end = watchUpdate(registration, () => setUpdate(() => () => takeUpdate(registration)));
    });
    return () => {
      ended = true;
      end();
    };
  }, []);
  return update;
}
