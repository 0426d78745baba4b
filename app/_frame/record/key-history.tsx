// One person's keys and devices over time: what changed, and by whose signature.
"use client";

import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { PanelGroup } from "@/app/_ui/layout/panel.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import styles from "./record.module.css";
import { RecordLine } from "./record-line.tsx";
import { useRecord } from "./use-record.ts";

export function KeyHistory({ user }: { user: UserId }) {
  const words = useWords().record;
  const { view } = useFrame();
  const about = useTopic(`ledger:${view.ws}`);
  const { lines, hasMore, more } = useRecord(view.ws, { theme: null, user }, about?.position ?? 0);
  return (
    <PanelGroup title={words.history.title}>
      <ol className={styles.history} aria-label={words.history.title}>
        {(lines ?? []).map((line) => (
          <li key={line.n} className={styles.line}>
            <RecordLine line={line} />
          </li>
        ))}
      </ol>
      {hasMore && (
        <Button size="sm" look="quiet" onClick={more}>
          {words.more}
        </Button>
      )}
    </PanelGroup>
  );
}
