// The devices of one's account: named, told apart by their keys, retired.
"use client";

import { MonitorSmartphone, Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import dialogs from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { SettingRow, SettingSection } from "@/app/_ui/fields/setting-row.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { DeviceItem } from "@/lib/client/api/devices.ts";
import styles from "./devices.module.css";
import { LinkDialog } from "./link-dialog.tsx";
import { RetireDialog } from "./retire-dialog.tsx";

const NAME_CHARS = 60;

export function LinkButton() {
  const words = useWords().devices;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="filled" icon={<Plus />} onClick={() => setOpen(true)}>
        {words.link}
      </Button>
      {open && <LinkDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function RenameDialog({ device, onClose }: { device: DeviceItem; onClose: () => void }) {
  const { devices, dialogs: common } = useWords();
  const words = devices.renaming;
  const { view } = useFrame();
  const rename = useCommand("renameDevice");
  const [name, setName] = useState(device.name);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || rename.pending) return;
    const done = await rename.run({ ws: view.ws, device: device.id, name });
    if (done.ok) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button look="filled" type="submit" form="device-name" disabled={rename.pending || name.trim() === ""}>
            {words.submit}
          </Button>
        </>
      }
    >
      <form className={dialogs.form} id="device-name" onSubmit={(event) => void submit(event)} noValidate>
        <Field label={words.name} error={name.trim() === "" ? words.missing : undefined}>
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

type Asked = { readonly t: "rename" | "retire"; readonly device: DeviceItem };

function Row({
  device,
  nameOf,
  ask,
}: {
  device: DeviceItem;
  nameOf: (device: DeviceItem) => string;
  ask: (asked: Asked) => void;
}) {
  const words = useWords().devices;
  const formats = useFormats();
  const name = device.name || words.unnamed;
  const used = device.here
    ? ""
    : device.seenAt === null
      ? words.neverSeen
      : words.seen(formats.relative(device.seenAt, Date.now()));
  const facts = [words.how[device.how](formats.date(device.addedAt)), nameOf(device)].filter((one) => one !== "");
  const line = device.retiredAt === null ? [facts.join(" "), used] : [words.retiredOn(formats.date(device.retiredAt))];
  return (
    <SettingRow
      sign={<MonitorSmartphone />}
      label={
        <>
          {name}
          {device.here && <span className={styles.tag}>{words.here}</span>}
        </>
      }
      sub={
        <>
          {line.filter((one) => one !== "").join(" · ")}
          <span className={styles.key}>{words.key(device.fingerprint)}</span>
        </>
      }
    >
      {device.retiredAt === null && (
        <>
          {device.here && <span className={styles.now}>{words.now}</span>}
          <Button size="sm" aria-label={words.renameOf(name)} onClick={() => ask({ t: "rename", device })}>
            {words.rename}
          </Button>
          {!device.here && (
            <Button size="sm" aria-label={words.retireOf(name)} onClick={() => ask({ t: "retire", device })}>
              {words.retire}
            </Button>
          )}
        </>
      )}
    </SettingRow>
  );
}

export function DevicesPage() {
  const words = useWords().devices;
  const { view } = useFrame();
  const shown = useTopic(`devices:${view.ws}`);
  const [asked, setAsked] = useState<Asked | null>(null);
  if (shown === undefined) return null;
  const all = [...shown.devices, ...shown.retired];
  const nameOf = (device: DeviceItem) => {
    const by = all.find((one) => one.id === device.addedBy);
    return by === undefined ? "" : words.from(by.name || words.unnamed);
  };
  const rows = (list: readonly DeviceItem[]) =>
    list.map((one) => <Row key={one.id} device={one} nameOf={nameOf} ask={setAsked} />);
  return (
    <>
      {rows(shown.devices)}
      <p className={styles.now}>{words.hereSays}</p>
      {shown.retired.length > 0 && <SettingSection title={words.retiredTitle}>{rows(shown.retired)}</SettingSection>}
      {asked?.t === "rename" && <RenameDialog device={asked.device} onClose={() => setAsked(null)} />}
      {asked?.t === "retire" && <RetireDialog device={asked.device} onClose={() => setAsked(null)} />}
    </>
  );
}
