// Tells screen readers what comes in at the bottom; rows that scrolling builds are no news.
"use client";

import { useEffect, useRef, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useNamed } from "@/app/_channel/text/use-named.ts";
import { useWords } from "@/app/_words/words.ts";
import type { TimelineItem } from "@/lib/client/api.ts";

const MOST_LETTERS = 300;

export function Announcer({ items, quiet }: { items: readonly TimelineItem[]; quiet: boolean }) {
  const { people } = useChannel();
  const words = useWords().channel;
  const named = useNamed(people.shortOf);
  const [said, setSaid] = useState("");
  const last = items.at(-1);
  const known = useRef<string | undefined>(last?.id);
  useEffect(() => {
    if (last === undefined || last.id === known.current) return;
    known.current = last.id;
    if (quiet || last.t !== "message" || last.mine) return;
    const text = named(last.text);
    const files = last.files.length > 0 ? words.files(last.files.length) : "";
    setSaid(words.said(people.nameOf(last.author), text.slice(0, MOST_LETTERS) || files));
  }, [last, quiet, people, words, named]);
  return (
    <p className="sr" aria-live="polite">
      {said}
    </p>
  );
}
