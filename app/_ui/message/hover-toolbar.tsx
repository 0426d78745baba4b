// The acts on a message, floating at its top right: react, thread, forward, save, what the server sees, more.
"use client";

import { Bookmark, Forward, MessageSquareReply, ScanEye, SmilePlus } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { useRovingFocus } from "@/app/_ui/hooks/use-roving-focus.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./hover-toolbar.module.css";

export interface HoverToolbarProps {
  /** Left out where the act makes no sense. */
  onReact?: (() => void) | undefined;
  /** In place of `onReact`: a popover that brings its own trigger. */
  react?: ReactNode;
  onThread?: (() => void) | undefined;
  onForward?: (() => void) | undefined;
  onSave?: (() => void) | undefined;
  saved?: boolean | undefined;
  onXray?: (() => void) | undefined;
  /** A `Menu` with a `bare` `IconButton` as trigger. */
  more?: ReactNode;
}

export function HoverToolbar(props: HoverToolbarProps) {
  const { onReact, react, onThread, onForward, onSave, saved, onXray, more } = props;
  const words = useWords().message;
  const roving = useRovingFocus<HTMLDivElement>({ selector: "button", axis: "horizontal" });
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={words.actions} {...roving}>
      {react ?? (onReact && <IconButton label={words.react} icon={<SmilePlus />} shortcut="R" onClick={onReact} />)}
      {onThread && <IconButton label={words.thread} icon={<MessageSquareReply />} shortcut="T" onClick={onThread} />}
      {onForward && <IconButton label={words.forward} icon={<Forward />} onClick={onForward} />}
      {onSave && (
        <IconButton label={words.save} icon={<Bookmark />} shortcut="A" on={saved ?? false} onClick={onSave} />
      )}
      {onXray && <IconButton label={words.xray} icon={<ScanEye />} onClick={onXray} />}
      {more}
    </div>
  );
}
