// One line of the record: what happened, when by the signer's clock, signed on which device; and whether it counts.
"use client";

import { EyeOff, Hash, KeyRound, MonitorSmartphone, Settings2, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { useFrame } from "@/app/_frame/context.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { LedgerLine, LedgerTheme } from "@/lib/client/api/ledger.ts";
import styles from "./record.module.css";
import { deviceMark, type EntryLine } from "./sentence.ts";
import { useSentence } from "./use-sentence.ts";

const ICONS: Readonly<Record<LedgerTheme, ReactNode>> = {
  people: <UsersRound />,
  devices: <MonitorSmartphone />,
  channels: <Hash />,
  keys: <KeyRound />,
  workspace: <Settings2 />,
};

function Entry({ line }: { line: EntryLine }) {
  const words = useWords();
  const formats = useFormats();
  const sentence = useSentence();
  const { open } = useFrame();
  const say = words.record;
  const when = say.claimed(`${formats.date(line.at)}, ${formats.time(line.at)}`);
  const signed = line.device === null ? say.signedByCode : say.signedOn(deviceMark(line.device));
  const counts = line.void === null ? say.checked : say.void(words.faults[line.void]);
  return (
    <button type="button" className={styles.entry} onClick={() => open({ t: "entry", n: line.n })}>
      <span className={styles.icon}>{ICONS[line.theme]}</span>
      <span className={styles.words}>
        <span className={cx(styles.says, line.void !== null && styles.void)}>{sentence(line)}</span>
        <span className={styles.facts}>
          {say.entry(formats.number(line.n))} · {when} · {signed} · {counts}
        </span>
      </span>
    </button>
  );
}

/** What a line says; the list gives its place. */
export function RecordLine({ line }: { line: LedgerLine }) {
  const words = useWords().record;
  const formats = useFormats();
  if (line.t === "entry") return <Entry line={line} />;
  return (
    <div className={styles.hidden}>
      <span className={styles.icon}>
        <EyeOff />
      </span>
      <span className={styles.words}>
        <span className={styles.says}>{words.hidden(formats.number(line.count), line.count === 1, line.places)}</span>
        <span className={styles.facts}>{words.hiddenSays}</span>
      </span>
    </div>
  );
}
