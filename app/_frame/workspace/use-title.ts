// The tab's name and sign: where one is, and how much waits elsewhere.
"use client";

import { useEffect } from "react";
import { useWords } from "@/app/_words/words.ts";

const PLAIN = "/mark.svg";
const BADGED = "/mark-unread.svg";

function setIcon(href: string): void {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')];
  if (links.length === 0) {
    const link = document.createElement("link");
    link.rel = "icon";
    document.head.append(link);
    links.push(link);
  }
  for (const link of links) {
    link.type = "image/svg+xml";
    link.href = href;
  }
}

/** `waiting` counts mentions and direct messages; anything else unread only marks the icon. */
export function useTitle(place: string, workspace: string, waiting: number, unread: boolean): void {
  const words = useWords().frame;
  const title = words.title(waiting, place, workspace);
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = words.tacit;
    };
  }, [title, words]);
  useEffect(() => {
    setIcon(unread ? BADGED : PLAIN);
    return () => setIcon(PLAIN);
  }, [unread]);
}
