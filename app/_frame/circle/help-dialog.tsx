// A helper types the code that is read to him, and says whose voice he hears (D6).
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import dialogs from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { CircleView } from "@/lib/client/api/circle.ts";

const FORM = "circle-code";

function Typing({ onClose }: { onClose: () => void }) {
  const all = useWords();
  const words = all.circle.helper;
  const { view } = useFrame();
  const inspect = useCommand("inspectAsk");
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!inspect.pending) void inspect.run({ ws: view.ws, code });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.dialog}
      sentence={words.sentence}
      footer={
        <>
          <Button onClick={onClose}>{words.no}</Button>
          <Button look="filled" type="submit" form={FORM} disabled={inspect.pending || code.trim() === ""}>
            {words.look}
          </Button>
        </>
      }
    >
      <form className={dialogs.form} id={FORM} onSubmit={submit} noValidate>
        <Field label={words.code} help={words.help}>
          {(parts) => (
            <Input
              {...parts}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          )}
        </Field>
        <FaultLine fault={inspect.fault} />
      </form>
    </Dialog>
  );
}

function Whose({ circle, onDone, onClose }: { circle: CircleView; onDone: () => void; onClose: () => void }) {
  const words = useWords().circle.helper;
  const { view, nameOf } = useFrame();
  const accept = useCommand("acceptAsk");
  const [user, setUser] = useState<string>(circle.helpOf[0]?.user ?? "");
  const whose = circle.helpOf.find((one) => one.user === user)?.user;
  const name = whose === undefined ? "" : nameOf(whose);
  const act = async () => {
    if (whose === undefined || accept.pending) return;
    const done = await accept.run({ ws: view.ws, user: whose });
    if (done.ok) onDone();
  };
  return (
    <Dialog
      open
      modal
      onOpenChange={onClose}
      title={words.who}
      sentence={words.fits}
      footer={
        <>
          <Button onClick={onClose}>{words.no}</Button>
          <Button look="filled" disabled={accept.pending || whose === undefined} onClick={() => void act()}>
            {words.yes(name)}
          </Button>
        </>
      }
    >
      <div className={dialogs.ask}>
        <RadioGroup
          label={words.who}
          value={user}
          onChange={setUser}
          options={circle.helpOf.map((one) => ({ value: one.user as string, label: nameOf(one.user) }))}
        />
        <p>{words.whoSays(name)}</p>
        <FaultLine fault={accept.fault} />
      </div>
    </Dialog>
  );
}

export function HelpDialog({ circle, onClose }: { circle: CircleView; onClose: () => void }) {
  const { view } = useFrame();
  const refuse = useCommand("refuseAsk");
  const close = () => {
    void refuse.run({ ws: view.ws });
    onClose();
  };
  return circle.found ? <Whose circle={circle} onDone={onClose} onClose={close} /> : <Typing onClose={close} />;
}
