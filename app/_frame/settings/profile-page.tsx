// One's own profile: name, title, picture.
"use client";

import { type FormEvent, useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AvatarField } from "@/app/_frame/parts/avatar-field.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { zones } from "@/app/_frame/status/local-time.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./settings.module.css";

const NAME_CHARS = 80;

export function ProfilePage() {
  const words = useWords().panels;
  const say = words.profilePage;
  const more = useWords().status;
  const { view } = useFrame();
  const save = useCommand("setProfile");
  const [name, setName] = useState(view.me.name);
  const [title, setTitle] = useState(view.me.title);
  const [pronouns, setPronouns] = useState(view.me.pronouns);
  const [zone, setZone] = useState(view.me.zone);
  const [avatar, setAvatar] = useState(view.me.avatar);
  const empty = name.trim() === "";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (empty || save.pending) return;
    const done = await save.run({ ws: view.ws, name: name.trim(), title: title.trim(), avatar, pronouns, zone });
    if (done.ok) toast(words.settings.saved);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <AvatarField
        label={say.picture}
        help={say.pictureSays}
        value={avatar}
        onChange={setAvatar}
        person={{ id: view.me.id, name }}
      />
      <Field label={say.name} error={empty ? say.nameMissing : undefined}>
        {(parts) => (
          <Input
            {...parts}
            maxLength={NAME_CHARS}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={say.jobTitle} help={say.jobHelp}>
        {(parts) => (
          <Input
            {...parts}
            maxLength={NAME_CHARS}
            autoComplete="organization-title"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <Field label={more.pronouns} help={more.pronounsHelp}>
        {(parts) => (
          <Input {...parts} maxLength={40} value={pronouns} onChange={(event) => setPronouns(event.target.value)} />
        )}
      </Field>
      <Field label={more.zone} help={more.zoneHelp}>
        {(parts) => (
          <select {...parts} className={styles.zone} value={zone} onChange={(event) => setZone(event.target.value)}>
            <option value="">{more.zoneNone}</option>
            {zones().map((one) => (
              <option key={one} value={one}>
                {one.replaceAll("_", " ")}
              </option>
            ))}
          </select>
        )}
      </Field>
      <FaultLine fault={save.fault} />
      <div>
        <Button look="filled" type="submit" disabled={empty || save.pending}>
          {words.settings.save}
        </Button>
      </div>
    </form>
  );
}
