// Writing over one's own message, in its place: Enter saves, Escape leaves it as it was.
"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { MESSAGE_CHARS } from "@/app/_channel/limits.ts";
import { toMentions, toNames } from "@/app/_channel/text/mention-text.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import styles from "./edit-box.module.css";

const NOBODY: ReadonlyMap<string, UserId> = new Map();

export function EditBox({ item }: { item: MessageItem }) {
  const { people, acts } = useChannel();
  const words = useWords().channel.edit;
  const area = useRef<HTMLTextAreaElement>(null);
  const { channels } = useFrame().view;
  const [text, setText] = useState(() =>
    toNames(
      item.text,
      (id) => people.get(id)?.name,
      (id) => channels.find((one) => one.id === id && one.kind !== "dm")?.name,
    ),
  );
  useEffect(() => {
    const box = area.current;
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }, []);
  const save = () => {
    const next = toMentions(
      text.trim(),
      people.active,
      NOBODY,
      channels.filter((one) => one.kind !== "dm"),
    );
    if (next === "" && item.files.length === 0) acts.askDelete(item);
    else if (next.length <= MESSAGE_CHARS) acts.saveEdit(item, next);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      acts.edit(null);
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  };
  return (
    <form
      className={styles.box}
      aria-label={words.label}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={area}
        rows={1}
        className={styles.text}
        aria-label={words.label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keys}
      />
      <div className={styles.acts}>
        <span className={styles.help}>{words.help}</span>
        <Button size="sm" onClick={() => acts.edit(null)}>
          {words.cancel}
        </Button>
        <Button size="sm" look="filled" type="submit">
          {words.save}
        </Button>
      </div>
    </form>
  );
}
