// Below the readers: up to where the record was checked, the last change of who can read, and the way to all of it.
"use client";

import { useFrame } from "@/app/_frame/context.tsx";
import type { EntryLine } from "@/app/_frame/record/sentence.ts";
import { useSentence } from "@/app/_frame/record/use-sentence.ts";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { PanelFoot } from "@/app/_ui/layout/panel.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./panels.module.css";

export function ReadersFoot({ change }: { change: EntryLine | null }) {
  const words = useWords().panels.readers;
  const { view, open } = useFrame();
  const sentence = useSentence();
  return (
    <PanelFoot>
      {words.foot(view.position)}{" "}
      {change !== null && (
        <>
          {words.lastChange}
          {sentence(change)}{" "}
          <button type="button" className={styles.entry} onClick={() => open({ t: "entry", n: change.n })}>
            {words.entry(change.n)}
          </button>
          .{" "}
        </>
      )}
      <a className={styles.record} href={hrefOf({ t: "settings", ws: view.ws, page: "record" })}>
        {words.record}
      </a>
    </PanelFoot>
  );
}
