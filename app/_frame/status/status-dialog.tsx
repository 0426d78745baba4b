// Saying what one is at: an emoji, a few words, and when it ends by itself.
"use client";

import { Smile } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { EmojiPopover } from "@/app/_frame/emoji/emoji-popover.tsx";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { Field } from "@/app/_ui/fields/field.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Select } from "@/app/_ui/fields/select.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useWords } from "@/app/_words/words.ts";
import styles from "./status.module.css";
import { PRESETS, UNTILS, type Until, untilTime } from "./times.ts";

const TEXT_CHARS = 100;

export function StatusDialog({ onClose }: { onClose: () => void }) {
  const words = useWords().status;
  const { view } = useFrame();
  const held = view.me.status;
  const { run, fault, pending } = useCommand("setStatus");
  const [emoji, setEmoji] = useState(held?.emoji ?? "");
  const [text, setText] = useState(held?.text ?? "");
  const [until, setUntil] = useState<Until>("never");
  const say = async (next: { emoji: string; text: string; until: number | null }, said: string) => {
    if (!(await run({ ws: view.ws, ...next })).ok) return;
    toast(said);
    onClose();
  };
  const empty = emoji === "" && text.trim() === "";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      sentence={words.sentence}
      footer={
        <>
          {held !== null && (
            <Button onClick={() => void say({ emoji: "", text: "", until: null }, words.cleared)}>{words.clear}</Button>
          )}
          <Button
            look="filled"
            disabled={empty || pending}
            onClick={() => void say({ emoji, text, until: untilTime(until, Date.now()) }, words.saved)}
          >
            {words.save}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <div className={styles.line}>
          <EmojiPopover
            align="start"
            side="bottom"
            trigger={
              <IconButton
                bare
                label={words.emoji}
                icon={emoji === "" ? <Smile /> : <EmojiSign emoji={emoji} large silent />}
              />
            }
            onPick={setEmoji}
          />
          <Field label={words.text} quiet>
            {(parts) => (
              <Input
                {...parts}
                maxLength={TEXT_CHARS}
                placeholder={words.text}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        </div>
        <ul className={styles.presets}>
          {PRESETS.map((preset) => (
            <li key={preset.name}>
              <Button
                size="sm"
                onClick={() => {
                  setEmoji(preset.emoji);
                  setText(words.presets[preset.name]);
                  setUntil(preset.until);
                }}
              >
                <EmojiSign emoji={preset.emoji} silent /> {words.presets[preset.name]}
              </Button>
            </li>
          ))}
        </ul>
        <div className={styles.until}>
          <span>{words.until}</span>
          <Select
            label={words.until}
            value={until}
            options={UNTILS.map((value) => ({ value, label: words.untils[value] }))}
            onChange={setUntil}
          />
        </div>
        <FaultLine fault={fault} />
      </div>
    </Dialog>
  );
}
