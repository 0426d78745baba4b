// What was found, newest first: who said it, where and when, with the words that were sought.
"use client";

import { Hash, Lock, MessageCircle } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { Face } from "@/app/_frame/parts/face.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { useRovingFocus } from "@/app/_ui/hooks/use-roving-focus.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { SearchHit, SnippetPart } from "@/lib/client/api/finding/search.ts";
import styles from "./search.module.css";

function Parts({ parts }: { parts: readonly SnippetPart[] }) {
  let at = 0;
  return parts.map((part) => {
    const key = at;
    at += part.text.length + 1;
    return part.hit ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
  });
}

function Where({ hit }: { hit: SearchHit }) {
  const words = useWords().search;
  const { view, titleOf } = useFrame();
  const channel = view.channels.find((one) => one.id === hit.channel);
  const Glyph = channel?.kind === "private" ? Lock : channel?.kind === "dm" ? MessageCircle : Hash;
  return (
    <span className={styles.where}>
      <Glyph />
      {channel === undefined ? "" : titleOf(channel)}
      {hit.thread !== null && <span> · {words.inThread}</span>}
      {hit.files.length > 0 && <span> · {words.file}</span>}
      {hit.edited && <span> · {words.edited}</span>}
    </span>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const { view, person, nameOf } = useFrame();
  const formats = useFormats();
  const author = person(hit.author) ?? { id: hit.author, name: nameOf(hit.author), avatar: null };
  const now = Date.now();
  const when = formats.sameDay(hit.at, now) ? formats.time(hit.at) : formats.day(hit.at, now);
  return (
    <li className={styles.item}>
      <a
        className={styles.hit}
        data-hit
        href={hrefOf({ t: "channel", ws: view.ws, channel: hit.channel, at: hit.thread ?? hit.id, panel: null })}
      >
        <span aria-hidden="true">
          <Face person={author} size={36} />
        </span>
        <div className={styles.body}>
          <div className={styles.head}>
            <span className={styles.name}>{author.name}</span>
            <Where hit={hit} />
          </div>
          <p className={styles.text} dir="auto">
            <Parts parts={hit.parts} />
          </p>
          {hit.files.map((parts) => (
            <p className={styles.file} key={parts.map(({ text }) => text).join("")} dir="auto">
              <Parts parts={parts} />
            </p>
          ))}
        </div>
        <time className={styles.stamp} dateTime={new Date(hit.at).toISOString()} title={formats.full(hit.at)}>
          {when}
        </time>
      </a>
    </li>
  );
}

/** One tab stop; the arrow keys go through it. Above the first one lies the field. */
export function Hits({ hits, onTop }: { hits: readonly SearchHit[]; onTop: () => void }) {
  const words = useWords().search;
  const roving = useRovingFocus<HTMLOListElement>({ selector: "a[data-hit]" });
  return (
    <ol
      ref={roving.ref}
      className={styles.list}
      aria-label={words.results}
      onFocus={roving.onFocus}
      onKeyDown={(event) => {
        const first = roving.ref.current?.querySelector("a[data-hit]");
        if (event.key === "ArrowUp" && document.activeElement === first) {
          event.preventDefault();
          onTop();
        } else roving.onKeyDown(event);
      }}
    >
      {hits.map((hit) => (
        <Hit key={`${hit.channel} ${hit.id}`} hit={hit} />
      ))}
    </ol>
  );
}
