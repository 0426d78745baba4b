// What a message said before it was edited, and when; the newest words first.
"use client";

import { useEffect, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { Markup } from "@/app/_channel/text/markup.tsx";
import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Version } from "@/lib/client/api/conversation/commands.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./versions-dialog.module.css";

export function VersionsDialog({ item, onClose }: { item: MessageItem; onClose: () => void }) {
  const { ws, channel, people } = useChannel();
  const words = useWords().conversation.versions;
  const formats = useFormats();
  const { run, fault } = useCommand("messageVersions");
  const [versions, setVersions] = useState<readonly Version[]>([]);
  useEffect(() => {
    let current = true;
    void run({ ws, channel, id: item.id }).then((outcome) => {
      if (current && outcome.ok) setVersions(outcome.value);
    });
    return () => {
      current = false;
    };
  }, [run, ws, channel, item.id]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      sentence={words.sentence(people.nameOf(item.author))}
    >
      <FaultLine fault={fault} />
      <ol className={styles.list} reversed>
        {[...versions].reverse().map((version) => (
          <li key={version.n} className={styles.version}>
            <div className={styles.head}>
              <time dateTime={new Date(version.at).toISOString()}>{formats.full(version.at)}</time>
              {version.n === versions.length - 1 && <span>{words.now}</span>}
              {version.n === 0 && <span>{words.first}</span>}
            </div>
            <div className={styles.text} dir="auto">
              <Markup nodes={version.markup} />
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
