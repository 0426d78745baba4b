// The emoji picker itself, in a chunk of its own: the workspace's, then Unicode's, with a search and skin tones.
"use client";

import {
  EmojiPicker,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
} from "frimousse";
import { useCallback, useMemo, useState } from "react";
import { useLanguage, useWords } from "@/app/_words/words.ts";
import type { CustomEmoji } from "@/lib/client/api/daily/emoji.ts";
import { useCustomEmoji } from "./custom.ts";
import { type EmojiEntry, emojiList } from "./data.ts";
import { EmojiSign } from "./emoji-sign.tsx";
import styles from "./picker.module.css";
import { setTone, TONES, useTone } from "./tone.ts";

const COLUMNS = 8;
/** Behind Unicode's groups, shown before them. */
const OWN_GROUP = 100;

function entryOf({ emoji, label, group, tags, names, tones }: EmojiEntry) {
  const [light = "", mediumLight = "", medium = "", mediumDark = "", dark = ""] = tones;
  const skins = { light, "medium-light": mediumLight, medium, "medium-dark": mediumDark, dark };
  return {
    emoji,
    label,
    category: group,
    version: 1,
    tags: [...tags, ...names],
    ...(tones.length === 5 ? { skins } : {}),
  };
}

function ownEntry({ name }: CustomEmoji) {
  return { emoji: `:${name}:`, label: `:${name}:`, category: OWN_GROUP, version: 1, tags: name.split(/[-_]/) };
}

/** Gives the picker our own list: it asks no other server, and knows the workspace's pictures. */
function useList(failed: () => void) {
  const { own: title } = useWords().emoji;
  const language = useLanguage();
  const custom = useCustomEmoji();
  return useCallback(async () => {
    const { groups, emoji } = await emojiList(language).catch((thrown: unknown) => {
      failed();
      throw thrown;
    });
    const own = custom.length > 0 ? [{ index: OWN_GROUP, label: title }] : [];
    return {
      locale: language,
      emojis: [...custom.map(ownEntry), ...emoji.map(entryOf)],
      categories: [...own, ...groups],
      skinTones: { light: "", "medium-light": "", medium: "", "medium-dark": "", dark: "" },
    };
  }, [language, custom, title, failed]);
}

function Tones() {
  const words = useWords().emoji;
  const tone = useTone();
  return (
    <EmojiPicker.SkinTone emoji="✋">
      {({ setSkinTone, skinToneVariations }) => (
        <fieldset className={styles.tones}>
          <legend className="sr">{words.tone}</legend>
          {skinToneVariations.map(({ skinTone, emoji }, at) => (
            <button
              key={skinTone}
              type="button"
              className={styles.tone}
              aria-label={words.tones[at]}
              aria-pressed={skinTone === tone}
              onClick={() => {
                setSkinTone(skinTone);
                setTone(TONES[at] ?? "none");
              }}
            >
              {emoji}
            </button>
          ))}
        </fieldset>
      )}
    </EmojiPicker.SkinTone>
  );
}

function Group({ category, ...props }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...props} className={styles.group}>
      {category.label}
    </div>
  );
}

type Places = { readonly "aria-rowindex"?: number | undefined; readonly "aria-colindex"?: number | undefined };

/** The picker counts from 0, what reads it aloud from 1; a row leaves room below for the one that is found by its number. */
function countedFromOne(props: Places): Places {
  const { "aria-rowindex": row, "aria-colindex": column } = props;
  return {
    ...(row === undefined ? {} : { "aria-rowindex": row + 1 }),
    ...(column === undefined ? {} : { "aria-colindex": column + 1 }),
  };
}

function Row({ children, ...props }: EmojiPickerListRowProps) {
  return (
    <div {...props} {...countedFromOne(props)} className={styles.row}>
      {children}
    </div>
  );
}

function Choice({ emoji, ...props }: EmojiPickerListEmojiProps) {
  return (
    <button type="button" {...props} {...countedFromOne(props)} className={styles.emoji}>
      <EmojiSign emoji={emoji.emoji} large silent />
    </button>
  );
}

const PARTS = { CategoryHeader: Group, Row, Emoji: Choice };

export interface PickerProps {
  /** A character, or ":name:" of the workspace's own. */
  onPick: (emoji: string) => void;
}

export default function Picker({ onPick }: PickerProps) {
  const words = useWords().emoji;
  const tone = useTone();
  const custom = useCustomEmoji();
  const [failed, setFailed] = useState(false);
  const resolve = useList(useCallback(() => setFailed(true), []));
  const known = useMemo(() => custom.map((one) => one.name).join(" "), [custom]);
  return (
    <EmojiPicker.Root
      key={known}
      className={styles.picker}
      columns={COLUMNS}
      skinTone={tone}
      resolveEmojiData={resolve}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <EmojiPicker.Search className={styles.search} placeholder={words.search} aria-label={words.search} autoFocus />
      <EmojiPicker.Viewport className={styles.view} tabIndex={0}>
        {failed ? (
          <p className={styles.says}>{words.failed}</p>
        ) : (
          <EmojiPicker.Loading className={styles.says}>{words.loading}</EmojiPicker.Loading>
        )}
        <EmojiPicker.Empty className={styles.says}>{({ search }) => words.none(search)}</EmojiPicker.Empty>
        <EmojiPicker.List className={styles.list} aria-label={words.pick} components={PARTS} />
      </EmojiPicker.Viewport>
      <div className={styles.foot}>
        <EmojiPicker.ActiveEmoji>
          {({ emoji }) => <span className={styles.name}>{emoji?.label ?? words.pick}</span>}
        </EmojiPicker.ActiveEmoji>
        <Tones />
      </div>
    </EmojiPicker.Root>
  );
}
