// The old device: takes the code by hand or camera, shows what it would add, and adds it.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import dialogs from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { QrScanner } from "@/app/_ui/qr/qr-scanner.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { AddingView } from "@/lib/client/api/devices.ts";
import styles from "./devices.module.css";

const FORM = "link-code";

function Facts({ adding }: { adding: AddingView }) {
  const words = useWords().devices.adding;
  return (
    <dl className={styles.pairs}>
      <div>
        <dt>{words.device}</dt>
        <dd>{adding.name || words.unnamed}</dd>
      </div>
      <div>
        <dt>{words.reads}</dt>
        <dd>{words.everything}</dd>
      </div>
      <div>
        <dt>{words.key}</dt>
        <dd className={styles.mono}>{adding.fingerprint}</dd>
      </div>
    </dl>
  );
}

function Asking({ adding, onClose, onAgain }: { adding: AddingView; onClose: () => void; onAgain: () => void }) {
  const all = useWords();
  const words = all.devices.adding;
  const approve = useCommand("approveLink");
  const { phase, ws } = adding;
  const says =
    phase === "done"
      ? words.done(adding.name || all.devices.unnamed)
      : phase === "failed"
        ? all.faults[adding.fault ?? "bug/unexpected"]
        : phase === "found"
          ? words.warning
          : phase === "offered"
            ? words.offered
            : words.working;
  const footer =
    phase === "found" ? (
      <>
        <Button onClick={onClose}>{words.notMine}</Button>
        <Button look="filled" disabled={approve.pending} onClick={() => void approve.run({ ws })}>
          {words.add}
        </Button>
      </>
    ) : (
      <>
        {phase === "failed" && <Button onClick={onAgain}>{words.again}</Button>}
        <Button onClick={onClose}>{phase === "done" || phase === "failed" ? words.close : all.dialogs.cancel}</Button>
      </>
    );
  return (
    <Dialog open modal onOpenChange={onClose} title={phase === "found" ? words.question : words.title} footer={footer}>
      <div className={dialogs.ask}>
        {phase !== "done" && <Facts adding={adding} />}
        <p role="status">{says}</p>
        <FaultLine fault={approve.fault} />
      </div>
    </Dialog>
  );
}

function Finding({ onClose }: { onClose: () => void }) {
  const all = useWords();
  const words = all.devices.adding;
  const { view } = useFrame();
  const inspect = useCommand("inspectLink");
  const [code, setCode] = useState("");
  const [camera, setCamera] = useState(false);
  const look = (text: string) => {
    if (!inspect.pending) void inspect.run({ ws: view.ws, code: text });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(code);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      sentence={words.sentence}
      footer={
        <>
          <Button onClick={onClose}>{all.dialogs.cancel}</Button>
          {!camera && (
            <Button look="filled" type="submit" form={FORM} disabled={inspect.pending || code.trim() === ""}>
              {words.look}
            </Button>
          )}
        </>
      }
    >
      <form className={dialogs.form} id={FORM} onSubmit={submit} noValidate>
        {camera ? (
          <QrScanner onRead={look} />
        ) : (
          <Field label={words.code} help={words.help}>
            {(parts) => (
              <Input
                {...parts}
                className={styles.input}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            )}
          </Field>
        )}
        <div>
          <Button onClick={() => setCamera(!camera)}>{camera ? words.type : words.camera}</Button>
        </div>
        <FaultLine fault={inspect.fault} />
      </form>
    </Dialog>
  );
}

export function LinkDialog({ onClose }: { onClose: () => void }) {
  const { view } = useFrame();
  const adding = useTopic("link")?.adding ?? null;
  const refuse = useCommand("refuseLink");
  const again = () => void refuse.run({ ws: view.ws });
  const close = () => {
    again();
    onClose();
  };
  if (adding === null || adding.ws !== view.ws) return <Finding onClose={close} />;
  return <Asking adding={adding} onClose={close} onAgain={again} />;
}
