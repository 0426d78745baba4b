// One emoji wherever it stands: a character, or the workspace's own picture for a name between colons.
"use client";

import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { cx } from "@/app/_ui/cx.ts";
import { customName, useCustomByName } from "./custom.ts";
import styles from "./emoji-sign.module.css";

export interface EmojiSignProps {
  /** "🎉", or ":party:". */
  emoji: string;
  /** Beside words that say the same. */
  silent?: boolean | undefined;
  /** As tall as its place in a picker or a large line. */
  large?: boolean | undefined;
}

/** A name that the workspace has no picture for, any more or yet, stays a name. */
export function EmojiSign({ emoji, silent, large }: EmojiSignProps) {
  const name = customName(emoji);
  const custom = useCustomByName().get(name ?? "");
  const url = usePictureUrl(custom?.picture ?? null);
  if (name === undefined)
    return (
      <span className={cx(styles.sign, large && styles.large)} aria-hidden={silent}>
        {emoji}
      </span>
    );
  if (custom === undefined) return emoji;
  // Its box stands before the picture is there, so that nothing moves.
  if (url === undefined) return <span className={cx(styles.picture, large && styles.largePicture)} />;
  return (
    <img
      className={cx(styles.picture, large && styles.largePicture)}
      src={url}
      alt={silent ? "" : emoji}
      title={emoji}
      draggable={false}
    />
  );
}
