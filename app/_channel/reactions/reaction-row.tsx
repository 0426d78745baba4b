// The reactions below a message: each a button that says or takes back one's own, and one to add another.
"use client";

import { SmilePlus } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { Tooltip } from "@/app/_ui/overlay/tooltip.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ReactionItem } from "@/lib/client/api/talk/reactions.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { useEmojiName } from "./names.ts";
import styles from "./reaction-row.module.css";

/** As many names as a tooltip holds; the dialog has the rest. */
const NAMES = 8;

/** "You, Ben and 3 more reacted with eyes." */
export function useReactors() {
  const { people } = useChannel();
  const words = useWords().message.reactions;
  const formats = useFormats();
  const nameOf = useEmojiName();
  return ({ emoji, count, mine, users }: ReactionItem): string => {
    const others = users.filter((user) => user !== people.me.id).slice(0, NAMES);
    const names = [...(mine ? [words.you] : []), ...others.map(people.nameOf)];
    const more = count - names.length;
    return words.who(formats.list(more > 0 ? [...names, words.more(more)] : names), nameOf(emoji));
  };
}

function Chip({ item, reaction }: { item: MessageItem; reaction: ReactionItem }) {
  const { acts, mayWrite } = useChannel();
  const words = useWords().message;
  const formats = useFormats();
  const nameOf = useEmojiName();
  const reactors = useReactors();
  const label = words.reaction(nameOf(reaction.emoji), reaction.count);
  return (
    <Tooltip label={reactors(reaction)}>
      <button
        type="button"
        className={cx(styles.chip, reaction.mine && styles.mine)}
        aria-pressed={reaction.mine}
        aria-label={label}
        disabled={!mayWrite}
        onClick={() => acts.react(item, reaction.emoji)}
      >
        <span className={styles.emoji}>
          <EmojiSign emoji={reaction.emoji} silent />
        </span>
        {formats.number(reaction.count)}
      </button>
    </Tooltip>
  );
}

export function ReactionRow({ item }: { item: MessageItem }) {
  const { acts, mayWrite } = useChannel();
  const words = useWords().message;
  if (item.reactions.length === 0) return null;
  return (
    <div className={styles.row}>
      {item.reactions.map((reaction) => (
        <Chip key={reaction.emoji} item={item} reaction={reaction} />
      ))}
      {mayWrite && (
        <Tooltip label={words.addReaction}>
          <button
            type="button"
            className={cx(styles.chip, styles.add)}
            aria-label={words.addReaction}
            onClick={(event) => acts.pickReaction(item, event.currentTarget)}
          >
            <SmilePlus />
          </button>
        </Tooltip>
      )}
    </div>
  );
}
