// Picking an emoji for a message: the ones that are asked for most, by mouse, touch or arrow keys.
"use client";

import { Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { PHONE, useMediaQuery } from "@/app/_ui/hooks/use-media-query.ts";
import { useRovingFocus } from "@/app/_ui/hooks/use-roving-focus.ts";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { type Anchor, giveBack, Popover } from "@/app/_ui/overlay/popover.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { QUICK, useEmojiName } from "./names.ts";
import styles from "./reaction-picker.module.css";

const Picker = lazy(() => import("@/app/_frame/emoji/picker.tsx"));

/** The quick ones in a grid; a press says one, or takes it back. */
export function QuickReactions({ item, onDone }: { item: MessageItem; onDone: () => void }) {
  const { acts } = useChannel();
  const words = useWords().message;
  const nameOf = useEmojiName();
  const roving = useRovingFocus<HTMLDivElement>({ selector: "button", axis: "both", loop: true });
  const mine = new Set(item.reactions.filter((one) => one.mine).map((one) => one.emoji));
  return (
    <div className={styles.grid} role="toolbar" aria-label={words.addReaction} {...roving}>
      {QUICK.map((emoji) => (
        <button
          key={emoji}
          type="button"
          className={cx(styles.emoji, mine.has(emoji) && styles.mine)}
          aria-label={nameOf(emoji)}
          aria-pressed={mine.has(emoji)}
          onClick={() => {
            acts.react(item, emoji);
            onDone();
          }}
        >
          <EmojiSign emoji={emoji} silent />
        </button>
      ))}
    </div>
  );
}

export interface ReactionPickerProps {
  item: MessageItem;
  /** Where it was asked for. */
  anchor: Anchor;
  onClose: () => void;
}

/** The quick ones first; all others, and the workspace's own, a press further. A sheet on phones. */
export function ReactionPicker({ item, anchor, onClose }: ReactionPickerProps) {
  const { acts } = useChannel();
  const words = useWords();
  const phone = useMediaQuery(PHONE);
  const [all, setAll] = useState(false);
  const done = () => {
    onClose();
    if (!phone) giveBack(anchor);
  };
  const pick = (emoji: string) => {
    acts.react(item, emoji);
    done();
  };
  const body = all ? (
    <Suspense fallback={<p className={styles.wait}>{words.emoji.loading}</p>}>
      <Picker onPick={pick} />
    </Suspense>
  ) : (
    <>
      <QuickReactions item={item} onDone={done} />
      <button type="button" className={styles.more} onClick={() => setAll(true)}>
        <Search />
        {words.message.reactions.others}
      </button>
    </>
  );
  if (phone)
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()} title={words.message.addReaction}>
        {body}
      </Dialog>
    );
  return (
    <Popover label={words.message.addReaction} anchor={anchor} onClose={onClose}>
      {body}
    </Popover>
  );
}
