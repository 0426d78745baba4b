// The bar of the composer: attach, formats, mention, emoji, voice.
"use client";

import {
  AtSign,
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListChecks,
  Mic,
  Plus,
  Smile,
  Strikethrough,
  TextQuote,
  Type,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { useRovingFocus } from "@/app/_ui/hooks/use-roving-focus.ts";
import { useWords } from "@/app/_words/words.ts";
import styles from "./composer-tools.module.css";

export type Format = "bold" | "italic" | "strike" | "link" | "list" | "quote" | "code";
export type ComposerTool = Format | "attach" | "mention" | "emoji" | "poll" | "voice";

export interface ComposerToolsProps {
  onTool: (tool: ComposerTool) => void;
  /** In a panel the formats fold behind one T; phones leave them out. */
  narrow?: boolean | undefined;
  /** Tools that are not offered here. */
  without?: readonly ComposerTool[] | undefined;
  /** In place of the emoji button: a popover with its own trigger. */
  emoji?: ReactNode;
}

const FORMATS: readonly (readonly Format[])[] = [
  ["bold", "italic", "strike"],
  ["link", "list", "quote", "code"],
];

const ICONS = {
  attach: <Plus />,
  bold: <Bold />,
  italic: <Italic />,
  strike: <Strikethrough />,
  link: <Link />,
  list: <List />,
  quote: <TextQuote />,
  code: <Code />,
  mention: <AtSign />,
  emoji: <Smile />,
  poll: <ListChecks />,
  voice: <Mic />,
};

const SHORTCUTS: Partial<Record<ComposerTool, string>> = {
  attach: "Ctrl U",
  bold: "Ctrl B",
  italic: "Ctrl I",
  strike: "Ctrl Shift X",
  code: "Ctrl Shift C",
};

export function ComposerTools({ onTool, narrow, without = [], emoji }: ComposerToolsProps) {
  const words = useWords().composer;
  const [open, setOpen] = useState(false);
  const roving = useRovingFocus<HTMLDivElement>({ selector: "button", axis: "horizontal" });
  const button = (tool: ComposerTool) =>
    without.includes(tool) ? null : (
      <IconButton
        key={tool}
        label={words[tool]}
        shortcut={SHORTCUTS[tool]}
        icon={ICONS[tool]}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onTool(tool)}
      />
    );
  return (
    <div className={styles.tools} role="toolbar" aria-label={words.formatting} {...roving}>
      {button("attach")}
      {narrow && <IconButton label={words.formatting} icon={<Type />} on={open} onClick={() => setOpen(!open)} />}
      {(!narrow || open) && (
        <span className={cx(styles.formats, narrow && styles.folded)}>
          {FORMATS.map((group, at) => (
            <span key={group[0]} className={styles.group}>
              {(!narrow || at > 0) && <span className={styles.line} />}
              {group.map(button)}
            </span>
          ))}
          <span className={styles.line} />
        </span>
      )}
      {button("mention")}
      {emoji ?? button("emoji")}
      {button("poll")}
      {button("voice")}
    </div>
  );
}
