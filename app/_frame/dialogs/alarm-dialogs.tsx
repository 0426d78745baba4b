// An alarm told whole: what was seen, what may be behind it, what to do, the evidence as a file; and the end of a restore.
"use client";

import { Download } from "lucide-react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { saveBlob } from "@/app/_files/save-blob.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Notice } from "@/lib/client/api.ts";
import { AskDialog } from "./ask-dialog.tsx";
import styles from "./dialogs.module.css";

function List({ title, lines, ordered }: { title: string; lines: readonly string[]; ordered?: boolean }) {
  const items = lines.map((line) => <li key={line}>{line}</li>);
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      {ordered === true ? <ol className={styles.points}>{items}</ol> : <ul className={styles.points}>{items}</ul>}
    </section>
  );
}

function SaveEvidence({ id }: { id: string }) {
  const words = useWords().alarms;
  const { view } = useFrame();
  const file = useCommand("alarmFile");
  const save = async () => {
    const done = await file.run({ ws: view.ws, id });
    if (!done.ok) return;
    saveBlob(done.value.name, new Blob([done.value.text], { type: "application/json" }));
    toast(words.saved);
  };
  return (
    <Button icon={<Download />} disabled={file.pending} onClick={() => void save()}>
      {words.save}
    </Button>
  );
}

function Alarm({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const { alarms, faults, frame } = useWords();
  const formats = useFormats();
  const { person } = useFrame();
  const said = person(notice.detail as UserId);
  const about = alarms.of(notice.code);
  return (
    <Dialog
      open
      modal
      onOpenChange={onClose}
      title={about.title}
      footer={
        <>
          <Button onClick={onClose}>{alarms.close}</Button>
          <SaveEvidence id={notice.id} />
        </>
      }
    >
      <div className={styles.ask}>
        <section>
          <h3 className={styles.heading}>{alarms.seen}</h3>
          <p>
            {faults[notice.code]} {said !== undefined && alarms.said(said.name)} {frame.alarm(formats.time(notice.at))}
          </p>
        </section>
        <List title={alarms.causesTitle} lines={about.causes} />
        <List title={alarms.stepsTitle} lines={about.steps} ordered />
      </div>
    </Dialog>
  );
}

export function AlarmDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { view } = useFrame();
  const notice = view.notices.find((one) => one.id === id);
  return notice === undefined ? null : <Alarm notice={notice} onClose={onClose} />;
}

export function RestoredDialog({ onClose }: { onClose: () => void }) {
  const words = useWords().alarms.restored;
  const { view } = useFrame();
  const confirm = useCommand("confirmRestore");
  const { restored } = view;
  if (restored === null) return null;
  const go = async () => {
    if ((await confirm.run({ ws: view.ws })).ok) onClose();
  };
  return (
    <AskDialog
      title={words.title}
      act={words.confirm}
      pending={confirm.pending}
      fault={confirm.fault}
      onAct={() => void go()}
      onClose={onClose}
    >
      <p>{words.text(restored.given, restored.devices)}</p>
      <p>{words.files}</p>
    </AskDialog>
  );
}
