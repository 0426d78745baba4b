// The beginning of a text file, as text and nothing else.
"use client";

import { useEffect, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import type { Shown } from "@/app/_files/shown.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import styles from "./gallery.module.css";
import { Says } from "./says.tsx";

/** As much as one reads at a glance, and a browser lays out in one. */
const SHOWN_BYTES = 128 * 1024;
/** Characters that turn text around, and those that no text has. */
const UNSEEN = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;

type Seen =
  | { readonly t: "opening" }
  | { readonly t: "no-text" }
  | { readonly t: "text"; readonly text: string; readonly cut: boolean }
  | { readonly t: "failed"; readonly code: FaultCode };

/** Text in UTF-8; undefined for anything else. A character that the cut went through is left out. */
export function readText(bytes: Uint8Array, cut: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: cut });
    return text.replace(UNSEEN, "\ufffd");
  } catch {
    return undefined;
  }
}

function useText({ ws, channel, file }: Shown): Seen {
  const engine = useEngine();
  const [seen, setSeen] = useState<Seen>({ t: "opening" });
  useEffect(() => {
    let gone = false;
    const open = async (): Promise<Seen> => {
      const { bytes } = await engine.readFile({ ws, channel, id: file.id, from: 0, to: SHOWN_BYTES });
      const cut = file.size > bytes.length;
      const text = readText(bytes, cut);
      return text === undefined ? { t: "no-text" } : { t: "text", text, cut };
    };
    open()
      .catch((thrown: unknown): Seen => ({ t: "failed", code: asFault(thrown).code }))
      .then((next) => {
        if (!gone) setSeen(next);
      });
    return () => {
      gone = true;
    };
  }, [engine, ws, channel, file.id, file.size]);
  return seen;
}

export function TextStage({ shown }: { shown: Shown }) {
  const words = useWords();
  const formats = useFormats();
  const seen = useText(shown);
  if (seen.t === "opening") return <Says>{words.channel.file.opening}</Says>;
  if (seen.t === "no-text") return <Says>{words.files.open.noText}</Says>;
  if (seen.t === "failed") return <Says>{words.channel.file.openedFailed(words.faults[seen.code])}</Says>;
  return (
    <section className={styles.page} aria-label={words.files.open.text(shown.file.name)}>
      <pre className={styles.text}>{seen.text}</pre>
      {seen.cut && (
        <p className={styles.cut}>{words.files.open.cut(formats.size(SHOWN_BYTES), formats.size(shown.file.size))}</p>
      )}
    </section>
  );
}
