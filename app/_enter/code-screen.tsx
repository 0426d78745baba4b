// The recovery code: 24 words to be written down; print, copy or save them.
"use client";

import { Check, Download, Printer, X } from "lucide-react";
import { Button } from "@/app/_ui/controls/button.tsx";
import { CopyButton } from "@/app/_ui/controls/copy-button.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./enter.module.css";

export interface CodeScreenProps {
  words: readonly string[];
  workspace: string;
  step?: { now: number; of: number } | undefined;
  onWritten: () => void;
  /** For an invited person, who may do it later. */
  onLater?: (() => void) | undefined;
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function Side() {
  const say = useWords().enter.code;
  const list = say.truths.map((words) => ({ sign: <Check />, words }));
  return (
    <SetupSide title={say.where} list={[...list, { sign: <X />, words: say.untruth }]} staff={<Staff count={24} />}>
      {say.whereText}
    </SetupSide>
  );
}

export function CodeScreen({ words, workspace, step, onWritten, onLater }: CodeScreenProps) {
  const say = useWords().enter.code;
  const lines = words.map((word, at) => `${String(at + 1).padStart(2)}  ${word}`).join("\n");
  const text = `${say.fileHead(workspace)}\n\n${lines}\n`;
  const ways = (
    <>
      <Button size="lg" icon={<Printer />} onClick={() => window.print()}>
        {say.print}
      </Button>
      <CopyButton size="lg" text={words.join(" ")} label={say.copy} />
      <Button size="lg" icon={<Download />} onClick={() => save(say.fileName(workspace), text)}>
        {say.save}
      </Button>
    </>
  );
  return (
    <SetupPage title={say.title} lede={say.lede} step={step} side={<Side />}>
      <p className={styles.print}>{say.fileHead(workspace)}</p>
      <ol className={styles.words} aria-label={say.list}>
        {words
          .map((word, at) => ({ word, number: at + 1 }))
          .map(({ word, number }) => (
            <li key={number} className={styles.word}>
              <span className={styles.number} aria-hidden="true">
                {number}
              </span>
              <span>{word}</span>
            </li>
          ))}
      </ol>
      <div className={styles.noPrint}>
        <SetupActs end={ways}>
          <Button look="filled" size="lg" onClick={onWritten}>
            {say.written}
          </Button>
          {onLater && (
            <Button look="quiet" size="lg" onClick={onLater}>
              {say.later}
            </Button>
          )}
        </SetupActs>
      </div>
    </SetupPage>
  );
}
