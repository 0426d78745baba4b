// The tab's name and sign: where one is, and how much waits elsewhere.
"use client";

import { useEffect } from "react";
import { useWords } from "@/app/_words/words.ts";

const PLAIN = "/mark.svg";
const BADGED = "/mark-unread.svg";

function apply(title: string, icon: string): void {
  if (document.title !== title) document.title = title;
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')) {
    if (link.getAttribute("href") !== icon) link.setAttribute("href", icon);
  }
}

/** The framework writes the page's own title and icon once more when it is done loading, so ours are kept over that. */
function keep(title: string, icon: string): () => void {
  const again = () => apply(title, icon);
  again();
  const observer = new MutationObserver(again);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  return () => observer.disconnect();
}

/** `waiting` counts mentions and direct messages; anything else unread only marks the icon. */
export function useTitle(place: string, workspace: string, waiting: number, unread: boolean): void {
  const words = useWords().frame;
  // A document gives its title back without spaces at its ends, and single ones inside: one that does not come back as it
  // was set would be set again for ever, as while a newcomer does not know the name of the workspace yet.
  const title = words.title(waiting, place, workspace).replace(/\s+/g, " ").trim();
  const icon = unread ? BADGED : PLAIN;
  useEffect(() => keep(title, icon), [title, icon]);
  useEffect(() => () => apply(words.tacit, PLAIN), [words]);
}
