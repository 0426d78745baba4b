// The workspace's own emoji in the settings: added with a name and a picture, listed, removed.
"use client";

import { Trash2 } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { makeEmoji } from "@/app/_engine/pictures.ts";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useWords } from "@/app/_words/words.ts";
import type { CustomEmoji } from "@/lib/client/api/daily/emoji.ts";
import type { Picture } from "@/lib/client/api.ts";
import styles from "./emoji-page.module.css";
import { EmojiSign } from "./emoji-sign.tsx";

const TYPES = "image/png,image/jpeg,image/webp,image/gif,image/avif";

function PictureChoice({
  value,
  onChange,
}: {
  value: Picture | null;
  onChange: (picture: Picture, file: File) => void;
}) {
  const words = useWords().emoji;
  const input = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState(false);
  const url = usePictureUrl(value);
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    const picture = await makeEmoji(file).catch(() => null);
    setFailed(picture === null);
    if (picture !== null) onChange(picture, file);
  };
  return (
    <div className={styles.choice}>
      <span className={styles.preview}>{url !== undefined && <img src={url} alt="" />}</span>
      <div className={styles.side}>
        <Button size="sm" onClick={() => input.current?.click()}>
          {value === null ? words.choosePicture : words.changePicture}
        </Button>
        <p className={styles.help} role="status">
          {failed ? words.pictureFailed : words.pictureHelp}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept={TYPES}
        hidden
        aria-label={words.picture}
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}

/** "Party Parrot!.png" → "party_parrot". */
function nameOf(file: string): string {
  const stem = file
    .replace(/\.[^.]*$/, "")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
  return stem
    .replace(/[^a-z0-9-]+/g, "_")
    .replace(/^[_-]+|[_-]+$/g, "")
    .slice(0, 32);
}

function AddForm() {
  const words = useWords().emoji;
  const { view } = useFrame();
  const { run, fault, pending } = useCommand("addEmoji");
  const [name, setName] = useState("");
  const [picture, setPicture] = useState<Picture | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (picture === null || name === "" || pending) return;
    const clean = name.replaceAll(":", "").trim().toLowerCase();
    const outcome = await run({ ws: view.ws, name: clean, picture });
    if (!outcome.ok) return;
    toast(words.added(clean));
    setName("");
    setPicture(null);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} aria-label={words.add}>
      <PictureChoice
        value={picture}
        onChange={(next, file) => {
          setPicture(next);
          if (name === "") setName(nameOf(file.name));
        }}
      />
      <Field label={words.name} help={words.nameHelp}>
        {(parts) => (
          <Input
            {...parts}
            value={name}
            maxLength={34}
            autoCapitalize="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <FaultLine fault={fault} />
      <div>
        <Button type="submit" look="filled" disabled={picture === null || name === ""}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function EmojiLine({ one, mayChange }: { one: CustomEmoji; mayChange: boolean }) {
  const words = useWords().emoji;
  const { view } = useFrame();
  const { run } = useCommand("removeEmoji");
  const remove = async () => {
    if ((await run({ ws: view.ws, name: one.name })).ok) toast(words.removed(one.name));
  };
  return (
    <li className={styles.line}>
      <EmojiSign emoji={`:${one.name}:`} large silent />
      <span className={styles.code}>:{one.name}:</span>
      {mayChange && (
        <IconButton label={words.remove(one.name)} icon={<Trash2 />} size="sm" onClick={() => void remove()} />
      )}
    </li>
  );
}

export function EmojiPage() {
  const words = useWords().emoji;
  const { view } = useFrame();
  const emoji = useTopic(`emoji:${view.ws}`);
  if (emoji === undefined) return null;
  return (
    <div className={styles.page}>
      {emoji.mayChange ? <AddForm /> : <p className={styles.help}>{words.readOnly}</p>}
      {emoji.emoji.length === 0 ? (
        <div className={styles.empty}>
          <p className={styles.emptyTitle}>{words.empty}</p>
          {emoji.mayChange && <p className={styles.help}>{words.emptySays}</p>}
        </div>
      ) : (
        <ul className={styles.list} aria-label={words.list}>
          {emoji.emoji.map((one) => (
            <EmojiLine key={one.name} one={one} mayChange={emoji.mayChange} />
          ))}
        </ul>
      )}
    </div>
  );
}
