// The workspace's number, to compare with a colleague.
"use client";

import { useEffect, useState } from "react";
import { type CommandAnswer, useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { SettingRow } from "@/app/_ui/fields/setting-row.tsx";
import { useWords } from "@/app/_words/words.ts";
import { Group } from "./number-side.tsx";
import styles from "./verify.module.css";

export function WorkspaceNumber() {
  const words = useWords().verify;
  const { view, nameOf } = useFrame();
  const { run, fault } = useCommand("workspaceNumber");
  const [shown, setShown] = useState<CommandAnswer<"workspaceNumber"> | null>(null);
  const { ws, position } = view;
  // the owner may have changed with any entry
  useEffect(() => {
    let here = position >= 0;
    void run({ ws }).then((done) => {
      if (here && done.ok) setShown(done.value);
    });
    return () => {
      here = false;
    };
  }, [run, ws, position]);
  return (
    <SettingRow
      label={words.workspaceNumber}
      sub={shown === null ? "" : words.workspaceNumberSays(nameOf(shown.owner))}
    >
      <FaultLine fault={fault} />
      <ol className={styles.digits} aria-label={words.workspaceNumber}>
        {(shown?.groups ?? []).map((group, at) => (
          <li key={words.group(at + 1)}>
            <Group digits={group} spelled={false} />
          </li>
        ))}
      </ol>
    </SettingRow>
  );
}
