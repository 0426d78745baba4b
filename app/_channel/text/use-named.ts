// What somebody wrote with names in the place of ids: for labels, previews and the clipboard.
"use client";

import { useCallback } from "react";
import { useFrame } from "@/app/_frame/context.tsx";
import type { UserId } from "@/lib/base/ids.ts";
import { toNames } from "./mention-text.ts";

/** `shortOf`: names as a conversation shows them, where that is what is read out. */
export function useNamed(shortOf?: (id: UserId) => string): (text: string) => string {
  const { person, view } = useFrame();
  const { channels } = view;
  return useCallback(
    (text) =>
      toNames(text, shortOf ?? ((id) => person(id)?.name), (id) => {
        const found = channels.find((one) => one.id === id);
        return found === undefined || found.kind === "dm" ? undefined : found.name;
      }),
    [shortOf, person, channels],
  );
}
