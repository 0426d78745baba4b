// The bookmarks of a channel, in a line below its header.
"use client";

import { Link2, Pencil } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelView } from "@/lib/client/api.ts";
import styles from "./places.module.css";

/** Nothing where there are none. A link leads out with no word of where from. */
export function BookmarksBar({ about }: { about: ChannelView | undefined }) {
  const words = useWords().places;
  const { open } = useFrame();
  if (about === undefined || about.bookmarks.length === 0) return null;
  return (
    <nav className={styles.bar} aria-label={words.bookmarks}>
      <ul>
        {about.bookmarks.map(({ id, title, url }) => (
          <li key={id} className={styles.mark}>
            <a href={url} target="_blank" rel="noreferrer noopener" title={url}>
              <Link2 />
              <bdi>{title}</bdi>
            </a>
            {about.mayPost && (
              <button
                type="button"
                aria-label={words.bookmark.edit(title)}
                onClick={() => open({ t: "bookmark", channel: about.id, id })}
              >
                <Pencil />
              </button>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
