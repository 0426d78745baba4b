// A link for one who lost everything: he asks with it for his own place, and an admin decides (D7).
"use client";

import { Link2 } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { CopyButton } from "@/app/_ui/controls/copy-button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import styles from "./renewal.module.css";

const HOURS_MS = 72 * 3_600_000;

export function ReturnDialog({ user, onClose }: { user: UserId; onClose: () => void }) {
  const words = useWords();
  const say = words.renewal.back;
  const formats = useFormats();
  const { view, nameOf } = useFrame();
  const create = useCommand("createReturnLink");
  const [made, setMade] = useState<{ link: string; until: string } | null>(null);
  const name = nameOf(user);
  const make = async () => {
    const done = await create.run({ ws: view.ws, user });
    const end = Date.now() + HOURS_MS;
    if (done.ok) setMade({ link: done.value.link, until: `${formats.day(end, Date.now())}, ${formats.time(end)}` });
  };
  return (
    <Dialog open onOpenChange={onClose} title={say.title(name)} sentence={say.sentence}>
      <div className={styles.form}>
        <p>{say.says(name)}</p>
        <p>{say.scope(name)}</p>
        {made === null ? (
          <>
            <FaultLine fault={create.fault} />
            <Button look="filled" icon={<Link2 />} disabled={create.pending} onClick={() => void make()}>
              {say.make}
            </Button>
          </>
        ) : (
          <>
            <Field label={say.made} help={say.madeSays(made.until)}>
              {(parts) => (
                <Input {...parts} mono readOnly value={made.link} onFocus={(event) => event.target.select()} />
              )}
            </Field>
            <CopyButton text={made.link} label={words.dialogs.invite.copyLink} look="filled" />
          </>
        )}
      </div>
    </Dialog>
  );
}
