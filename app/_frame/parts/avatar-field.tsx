// Choosing a picture of oneself: cut to a square on this device before anything else sees it.
"use client";

import { ImagePlus } from "lucide-react";
import { useId, useRef, useState } from "react";
import { makeAvatar } from "@/app/_engine/pictures.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { Picture } from "@/lib/client/api.ts";
import styles from "./avatar-field.module.css";
import { Face } from "./face.tsx";

const TYPES = "image/png,image/jpeg,image/webp,image/gif,image/avif";

export interface AvatarFieldProps {
  label: string;
  help: string;
  value: Picture | null;
  onChange: (picture: Picture | null) => void;
  /** Whose initials stand there without a picture. */
  person?: { id: string; name: string } | undefined;
}

export function AvatarField({ label, help, value, onChange, person }: AvatarFieldProps) {
  const words = useWords().panels.profilePage;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState(false);
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    const picture = await makeAvatar(file).catch(() => null);
    setFailed(picture === null);
    if (picture !== null) onChange(picture);
  };
  const face = { id: (person?.id ?? "") as never, name: person?.name ?? "", avatar: value };
  return (
    <div className={styles.field}>
      {(value !== null || person !== undefined) && <Face person={face} size={56} />}
      <div className={styles.side}>
        <span className={styles.label} id={id}>
          {label}
        </span>
        <div className={styles.acts}>
          <Button size="sm" icon={<ImagePlus />} aria-describedby={`${id}-help`} onClick={() => input.current?.click()}>
            {value === null ? words.choose : words.change}
          </Button>
          {value !== null && (
            <Button size="sm" look="quiet" onClick={() => onChange(null)}>
              {words.removePicture}
            </Button>
          )}
        </div>
        <p className={styles.help} id={`${id}-help`} role="status">
          {failed ? words.pictureFailed : help}
        </p>
      </div>
      <input
        ref={input}
        type="file"
        accept={TYPES}
        hidden
        aria-labelledby={id}
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
