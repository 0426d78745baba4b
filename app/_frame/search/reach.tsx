// How far back a search reaches, and what comes still: said as it is, with the way to stop or resume it.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { ProgressBar } from "@/app/_ui/rest/progress-bar.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { SearchView } from "@/lib/client/api/finding/search.ts";
import styles from "./search.module.css";

/** Never all of it while something is missing. */
const share = (part: number, whole: number) => (whole === 0 ? 1 : Math.min(0.99, part / whole));

export function Reach({ view: reach }: { view: SearchView }) {
  const words = useWords().search;
  const formats = useFormats();
  const { view } = useFrame();
  const { run, pending } = useCommand("fetchHistory");
  const { backTo, places, held, indexed, history, fault } = reach;
  const reading = history === "whole" && indexed < held;
  const part = reading ? share(indexed, held) : share(held, places);
  const says = {
    fetching: words.arriving(formats.percent(part)),
    offline: words.offline,
    stopped: words.stopped,
    whole: reading ? words.indexing(formats.percent(part)) : "",
  };
  return (
    <div className={styles.foot}>
      <p className={styles.reach}>
        {backTo === null ? words.whole : words.backTo(formats.date(backTo))} {backTo !== null && says[history]}
        {fault !== null && <span> {fault === "store/full" ? words.full : words.broken}</span>}
      </p>
      {backTo !== null && (
        <div className={styles.progress}>
          <ProgressBar label={says[history]} share={part} />
        </div>
      )}
      {(history === "fetching" || history === "stopped") && (
        <Button size="sm" disabled={pending} onClick={() => void run({ ws: view.ws, on: history === "stopped" })}>
          {history === "stopped" ? words.resume : words.stop}
        </Button>
      )}
    </div>
  );
}
