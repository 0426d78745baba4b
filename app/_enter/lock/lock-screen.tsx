// The whole app while it is locked: no name, no count, nothing of anybody; a passphrase, a passkey, and ways back.
"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { usePasskey } from "@/app/_engine/lock.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import styles from "@/app/_enter/enter.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { SetupActs, SetupPage, SetupSide } from "@/app/_ui/pages/setup-page.tsx";
import { Staff } from "@/app/_ui/rest/staff.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { LockView } from "@/lib/client/api/lock.ts";
import { ForgottenScreen } from "./ways-back.tsx";

function PasskeyButton({ way }: { way: NonNullable<LockView["passkey"]> }) {
  const say = useWords().lock.screen;
  const passkey = usePasskey();
  const unlock = useCommand("unlockByPasskey");
  if (!passkey.has) return null;
  const run = async () => {
    const answer = await passkey.ask(way);
    if (answer.ok) await unlock.run(answer.value);
  };
  return (
    <>
      <Button size="lg" disabled={passkey.pending || unlock.pending} onClick={() => void run()}>
        {say.passkey}
      </Button>
      <FaultLine fault={passkey.fault ?? unlock.fault} />
    </>
  );
}

export function LockScreen() {
  const say = useWords().lock.screen;
  const passkey = useTopic("lock")?.passkey ?? null;
  const unlock = useCommand("unlock");
  const [typed, setTyped] = useState("");
  const [lost, setLost] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { fault } = unlock;
  useEffect(() => {
    if (fault !== null) field.current?.select();
  }, [fault]);
  if (lost) return <ForgottenScreen onBack={() => setLost(false)} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== "" && !unlock.pending) void unlock.run({ passphrase: typed });
  };
  const side = (
    <SetupSide title={say.asideTitle} staff={<Staff />}>
      {say.aside}
    </SetupSide>
  );
  return (
    <SetupPage title={say.title} lede={say.lede} side={side}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Field label={say.passphrase}>
          {(parts) => (
            <Input
              {...parts}
              ref={field}
              type="password"
              autoComplete="current-password"
              autoFocus
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <FaultLine fault={fault} />
        <SetupActs
          end={
            <Button look="quiet" size="lg" onClick={() => setLost(true)}>
              {say.forgotten}
            </Button>
          }
        >
          <Button look="filled" size="lg" type="submit" disabled={typed === "" || unlock.pending}>
            {unlock.pending ? say.unlocking : say.unlock}
          </Button>
          {passkey !== null && <PasskeyButton way={passkey} />}
        </SetupActs>
      </form>
    </SetupPage>
  );
}
