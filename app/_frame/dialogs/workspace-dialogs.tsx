// The workspace as a whole: its name, signing out of it, joining another one.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { PasteLink } from "@/app/_enter/paste-link.tsx";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { go } from "@/app/_frame/routing/use-route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import { AskDialog } from "./ask-dialog.tsx";
import styles from "./dialogs.module.css";

const NAME_CHARS = 80;

export function RenameWorkspace({ onClose }: { onClose: () => void }) {
  const { dialogs } = useWords();
  const words = dialogs.rename;
  const { view } = useFrame();
  const rename = useCommand("renameWorkspace");
  const [name, setName] = useState(view.name);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || rename.pending) return;
    const done = await rename.run({ ws: view.ws, name: name.trim() });
    if (done.ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      sentence={words.sentence}
      footer={
        <>
          <Button onClick={onClose}>{dialogs.cancel}</Button>
          <Button look="filled" type="submit" form="rename" disabled={rename.pending || name.trim() === ""}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form className={styles.form} id="rename" onSubmit={(event) => void submit(event)} noValidate>
        <Field label={words.name}>
          {(parts) => (
            <Input
              {...parts}
              maxLength={NAME_CHARS}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <FaultLine fault={rename.fault} />
      </form>
    </Dialog>
  );
}

/** Signing out is refused while nobody could get one back in; then this says how to mend that. */
function NoWayBack({ onClose }: { onClose: () => void }) {
  const { dialogs } = useWords();
  const words = dialogs.signOut;
  const { view } = useFrame();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.noWayTitle}
      footer={
        <>
          <Button onClick={onClose}>{dialogs.cancel}</Button>
          <ButtonLink look="filled" href={hrefOf({ t: "recovery", ws: view.ws })}>
            {words.confirmCode}
          </ButtonLink>
        </>
      }
    >
      <p className={styles.ask}>{words.noWay}</p>
    </Dialog>
  );
}

export function SignOut({ onClose }: { onClose: () => void }) {
  const words = useWords().dialogs.signOut;
  const { view } = useFrame();
  const leave = useCommand("signOut");
  if (!view.recoveryConfirmed || leave.fault?.code === "app/no-way-back") return <NoWayBack onClose={onClose} />;
  const act = async () => {
    const done = await leave.run({ ws: view.ws });
    if (done.ok) go({ t: "root" }, { replace: true });
  };
  return (
    <AskDialog
      title={words.title(view.name)}
      act={words.submit}
      pending={leave.pending}
      fault={leave.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.says}</p>
      {view.outbox > 0 && <p>{words.waiting(view.outbox)}</p>}
    </AskDialog>
  );
}

export function JoinWorkspace({ onClose }: { onClose: () => void }) {
  const words = useWords().dialogs.workspace;
  return (
    <Dialog open onOpenChange={onClose} title={words.title} sentence={words.sentence}>
      <PasteLink onOpened={onClose} />
    </Dialog>
  );
}
