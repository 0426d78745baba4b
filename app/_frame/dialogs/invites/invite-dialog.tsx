// Inviting: for how many and for how long, the link once it is made, and the invites so far.
"use client";

import { Link2 } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import styles from "@/app/_frame/dialogs/dialogs.module.css";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { CopyButton } from "@/app/_ui/controls/copy-button.tsx";
import { RadioGroup } from "@/app/_ui/fields/choice.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Select } from "@/app/_ui/fields/select.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { InviteMode } from "@/lib/client/api/members.ts";
import { InviteList } from "./invite-list.tsx";
import { InviteTerms, useTerms } from "./invite-terms.tsx";
import local from "./invites.module.css";

/** What an instant invite may be at most: 25 uses, 72 hours. */
const USES = ["2", "3", "5", "10", "25"] as const;
const HOURS = ["1", "24", "72"] as const;
/** One by approval lasts longer: its link alone lets nobody in. */
const LONG_HOURS = ["24", "72", "168", "720"] as const;
const LABEL_CHARS = 80;

type Made = { readonly link: string; readonly uses: number; readonly until: number; readonly mode: InviteMode };

function InviteForm({ onMade }: { onMade: (made: Made) => void }) {
  const words = useWords().dialogs.invite;
  const { view } = useFrame();
  const create = useCommand("createInvite");
  const [who, setWho] = useState<"one" | "several">("one");
  const [uses, setUses] = useState<(typeof USES)[number]>("5");
  const [asked, setHours] = useState<string>("24");
  const terms = useTerms();
  const approval = terms.mode === "approval";
  const spans: readonly string[] = approval ? LONG_HOURS : HOURS;
  const hours = spans.includes(asked) ? asked : "24";
  const [label, setLabel] = useState("");
  const make = async () => {
    const maxUses = who === "one" ? 1 : Number(uses);
    const { mode, role, channels } = terms;
    const input = { ws: view.ws, label: label.trim(), maxUses, hours: Number(hours), mode, role };
    const done = await create.run({ ...input, channels: [...channels] });
    const until = Date.now() + Number(hours) * 3_600_000;
    if (done.ok) onMade({ link: done.value.link, uses: maxUses, until, mode });
  };
  return (
    <div className={styles.form}>
      <InviteTerms terms={terms} />
      <RadioGroup
        label={words.uses}
        value={who}
        onChange={setWho}
        options={[
          { value: "one", label: words.one, sub: approval ? undefined : words.oneSub },
          { value: "several", label: words.several, sub: approval ? undefined : words.severalSub },
        ]}
      />
      <div className={local.choices}>
        {who === "several" && (
          <div className={local.choice}>
            <span>{words.howMany}</span>
            <Select
              label={words.howMany}
              options={USES.map((value) => ({ value, label: value }))}
              value={uses}
              onChange={setUses}
            />
          </div>
        )}
        <div className={local.choice}>
          <span>{words.expiry}</span>
          <Select
            label={words.expiry}
            options={spans.map((value) => ({ value, label: words.hours(Number(value)) }))}
            value={hours}
            onChange={setHours}
          />
        </div>
      </div>
      <Field label={words.label} help={words.labelHelp}>
        {(parts) => (
          <Input
            {...parts}
            maxLength={LABEL_CHARS}
            autoComplete="off"
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
        )}
      </Field>
      <FaultLine fault={create.fault} />
      <div>
        <Button look="filled" icon={<Link2 />} disabled={create.pending} onClick={() => void make()}>
          {words.make}
        </Button>
      </div>
    </div>
  );
}

function MadeLink({ made, onAnother }: { made: Made; onAnother: () => void }) {
  const { dialogs, members } = useWords();
  const words = dialogs.invite;
  const says = made.mode === "approval" ? members.invite.madeSays : words.madeSays;
  const formats = useFormats();
  const until = `${formats.day(made.until, Date.now())}, ${formats.time(made.until)}`;
  return (
    <div className={styles.form}>
      <Field label={words.made} help={says(made.uses, until)}>
        {(parts) => <Input {...parts} mono readOnly value={made.link} onFocus={(event) => event.target.select()} />}
      </Field>
      <div className={local.acts}>
        <CopyButton text={made.link} label={words.copyLink} look="filled" />
        <Button onClick={onAnother}>{words.another}</Button>
      </div>
    </div>
  );
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const words = useWords().dialogs.invite;
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Dialog open onOpenChange={onClose} title={words.title} sentence={words.sentence}>
      {made === null ? <InviteForm onMade={setMade} /> : <MadeLink made={made} onAnother={() => setMade(null)} />}
      <h3 className={local.heading}>{words.list}</h3>
      <InviteList />
    </Dialog>
  );
}
