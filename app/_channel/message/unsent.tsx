// Under one's own message that was refused: why, and the two ways out.
"use client";

import { CircleAlert, RotateCw } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./unsent.module.css";

export function Unsent({ item }: { item: MessageItem }) {
  const { acts } = useChannel();
  const words = useWords();
  const why = item.fault === null ? "" : words.faults[item.fault];
  return (
    <div className={styles.unsent}>
      <span className={styles.says}>
        <CircleAlert className={styles.sign} />
        <span>{words.channel.notSent(why)}</span>
      </span>
      <Button size="sm" icon={<RotateCw />} onClick={() => acts.retry(item.id)}>
        {words.message.retry}
      </Button>
      <Button size="sm" look="quiet" onClick={() => acts.discard(item.id)}>
        {words.channel.discard}
      </Button>
    </div>
  );
}
