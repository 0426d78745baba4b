// Sound and film: they play while they come, opened piece by piece on this device, and can be wound anywhere.
"use client";

import { useEffect, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { playUrl } from "@/app/_engine/streams.ts";
import type { Shown } from "@/app/_files/shown.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./gallery.module.css";
import { Says } from "./says.tsx";

/** Without a service worker all of it is fetched first: no more than this. */
const HELD_BYTES = 256 * 1024 * 1024;

type Source = { readonly url: string } | "opening" | "none";

/** An address that plays: the service worker's, else one of all its bytes. */
function useSource({ ws, channel, file }: Shown): Source {
  const engine = useEngine();
  const [source, setSource] = useState<Source>("opening");
  const { id, type, size } = file;
  useEffect(() => {
    const streamed = playUrl({ ws, channel, id });
    if (streamed !== undefined) {
      setSource({ url: streamed });
      return undefined;
    }
    let made: string | undefined;
    let gone = false;
    const open = async (): Promise<Source> => {
      if (size > HELD_BYTES) return "none";
      const { data, type: inert } = await engine.downloadFile({ ws, channel, id });
      if (!(data instanceof Blob) || inert !== type) return "none";
      made = URL.createObjectURL(new Blob([data], { type: inert }));
      return { url: made };
    };
    open()
      .catch((): Source => "none")
      .then((next) => {
        if (!gone) setSource(next);
        else if (made !== undefined) URL.revokeObjectURL(made);
      });
    return () => {
      gone = true;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [engine, ws, channel, id, type, size]);
  return source;
}

export function MediaStage({ shown, film }: { shown: Shown; film: boolean }) {
  const words = useWords();
  const source = useSource(shown);
  const [broken, setBroken] = useState(false);
  if (source === "opening") return <Says>{words.channel.file.opening}</Says>;
  if (source === "none" || broken) return <Says>{words.files.open.noMedia}</Says>;
  const player = { src: source.url, controls: true, preload: "metadata", onError: () => setBroken(true) } as const;
  const label = words.files.open.play(shown.file.name);
  return (
    <div className={styles.stage}>
      {film ? (
        <video {...player} className={styles.film} aria-label={label} playsInline />
      ) : (
        <audio {...player} className={styles.sound} aria-label={label} />
      )}
    </div>
  );
}
