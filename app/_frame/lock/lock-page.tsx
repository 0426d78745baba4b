// The app lock in the settings: on, changed, off, when it shuts by itself, and a passkey beside the passphrase (PROTOCOL A5).
"use client";

import { useState } from "react";
import { usePasskey } from "@/app/_engine/lock.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { Select } from "@/app/_ui/fields/select.tsx";
import { SettingRow } from "@/app/_ui/fields/setting-row.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { LockView } from "@/lib/client/api/lock.ts";
import { PassphraseForm } from "./passphrase-form.tsx";

const MINUTES = [1, 5, 15, 30, 60] as const;
const NEVER = "never";

interface FormProps {
  onClose: () => void;
}

function TurnOn({ onClose }: FormProps) {
  const { off } = useWords().lock;
  const turnOn = useCommand("turnOnLock");
  const submit = async ({ fresh }: { fresh: string }) => {
    if ((await turnOn.run({ passphrase: fresh })).ok) onClose();
  };
  return (
    <PassphraseForm
      title={off.label}
      sentence={off.says}
      act={off.act}
      current={false}
      fresh
      pending={turnOn.pending}
      fault={turnOn.fault}
      onSubmit={(given) => void submit(given)}
      onClose={onClose}
    />
  );
}

function Change({ onClose }: FormProps) {
  const { on } = useWords().lock;
  const change = useCommand("changeLock");
  const submit = async ({ current, fresh }: { current: string; fresh: string }) => {
    if ((await change.run({ passphrase: current, next: fresh })).ok) onClose();
  };
  return (
    <PassphraseForm
      title={on.change}
      sentence={on.changeSays}
      act={on.changeAct}
      current
      fresh
      pending={change.pending}
      fault={change.fault}
      onSubmit={(given) => void submit(given)}
      onClose={onClose}
    />
  );
}

function TurnOff({ onClose }: FormProps) {
  const { on } = useWords().lock;
  const turnOff = useCommand("turnOffLock");
  const submit = async ({ current }: { current: string }) => {
    if ((await turnOff.run({ passphrase: current })).ok) onClose();
  };
  return (
    <PassphraseForm
      title={on.turnOff}
      sentence={on.turnOffSays}
      act={on.turnOffAct}
      current
      fresh={false}
      pending={turnOff.pending}
      fault={turnOff.fault}
      onSubmit={(given) => void submit(given)}
      onClose={onClose}
    />
  );
}

function AddPasskey({ onClose }: FormProps) {
  const { passkey: say } = useWords().lock;
  const passkey = usePasskey();
  const add = useCommand("addLockPasskey");
  const submit = async ({ current }: { current: string }) => {
    const made = await passkey.make(say.name);
    if (made.ok && (await add.run({ passphrase: current, ...made.value })).ok) onClose();
  };
  return (
    <PassphraseForm
      title={say.label}
      sentence={say.none}
      act={say.add}
      current
      fresh={false}
      pending={passkey.pending || add.pending}
      fault={passkey.fault ?? add.fault}
      onSubmit={(given) => void submit(given)}
      onClose={onClose}
    />
  );
}

function PasskeyRow({ lock, onAdd }: { lock: LockView; onAdd: () => void }) {
  const { passkey: say } = useWords().lock;
  const { has } = usePasskey();
  const drop = useCommand("dropLockPasskey");
  if (lock.passkey !== null)
    return (
      <SettingRow label={say.label} sub={say.some}>
        <Button disabled={drop.pending} onClick={() => void drop.run({})}>
          {say.remove}
        </Button>
      </SettingRow>
    );
  return (
    <SettingRow label={say.label} sub={has ? say.none : say.unable}>
      {has && <Button onClick={onAdd}>{say.add}</Button>}
    </SettingRow>
  );
}

function IdleRow({ lock }: { lock: LockView }) {
  const { idle } = useWords().lock;
  const set = useCommand("setLockIdle");
  const options = [
    ...MINUTES.map((minutes) => ({ value: String(minutes), label: idle.after(minutes) })),
    { value: NEVER, label: idle.never },
  ];
  return (
    <SettingRow label={idle.label} sub={idle.says}>
      <Select
        label={idle.label}
        options={options}
        value={lock.idleMinutes === null ? NEVER : String(lock.idleMinutes)}
        onChange={(value) => void set.run({ minutes: value === NEVER ? null : Number(value) })}
      />
      <FaultLine fault={set.fault} />
    </SettingRow>
  );
}

type Open = "on" | "change" | "off" | "passkey" | null;

function LockOff({ onOpen }: { onOpen: (open: Open) => void }) {
  const { off, form } = useWords().lock;
  const { view } = useFrame();
  // Whoever forgets a passphrase needs another way back: first things first (D3).
  if (!view.recoveryConfirmed)
    return (
      <SettingRow label={off.label} sub={form.unconfirmed}>
        <ButtonLink href={hrefOf({ t: "recovery", ws: view.ws })}>{form.confirmCode}</ButtonLink>
      </SettingRow>
    );
  return (
    <SettingRow label={off.label} sub={off.says}>
      <Button onClick={() => onOpen("on")}>{off.act}</Button>
    </SettingRow>
  );
}

function LockOn({ lock, onOpen }: { lock: LockView; onOpen: (open: Open) => void }) {
  const { on } = useWords().lock;
  const now = useCommand("lockNow");
  return (
    <>
      <SettingRow label={on.label} sub={lock.passkey === null ? on.says : on.saysPasskey}>
        <Button look="filled" title={on.shortcut} disabled={now.pending} onClick={() => void now.run({})}>
          {on.now}
        </Button>
      </SettingRow>
      <IdleRow lock={lock} />
      <PasskeyRow lock={lock} onAdd={() => onOpen("passkey")} />
      <SettingRow label={on.change} sub={on.changeSays}>
        <Button onClick={() => onOpen("change")}>{on.changeAct}</Button>
      </SettingRow>
      <SettingRow label={on.turnOff} sub={on.turnOffSays}>
        <Button onClick={() => onOpen("off")}>{on.turnOffAct}</Button>
      </SettingRow>
    </>
  );
}

export function LockPage() {
  const lock = useTopic("lock");
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  if (lock === undefined) return null;
  if (open === "on") return <TurnOn onClose={close} />;
  if (open === "change") return <Change onClose={close} />;
  if (open === "off") return <TurnOff onClose={close} />;
  if (open === "passkey") return <AddPasskey onClose={close} />;
  return lock.on ? <LockOn lock={lock} onOpen={setOpen} /> : <LockOff onOpen={setOpen} />;
}
