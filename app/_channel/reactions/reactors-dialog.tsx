// Who reacted to a message, emoji by emoji.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { EmojiSign } from "@/app/_frame/emoji/emoji-sign.tsx";
import { Dialog } from "@/app/_ui/overlay/dialog.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ReactionItem } from "@/lib/client/api/talk/reactions.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { useEmojiName } from "./names.ts";
import styles from "./reactors-dialog.module.css";

function One({ reaction }: { reaction: ReactionItem }) {
  const { people } = useChannel();
  const words = useWords().message;
  const formats = useFormats();
  const nameOf = useEmojiName();
  const more = reaction.count - reaction.users.length;
  const names = reaction.users.map((user) => (user === people.me.id ? words.reactions.you : people.nameOf(user)));
  return (
    <li className={styles.one}>
      <span className={styles.emoji}>
        <EmojiSign emoji={reaction.emoji} silent />
      </span>
      <div>
        <div className={styles.count}>{words.reaction(nameOf(reaction.emoji), reaction.count)}</div>
        <div className={styles.names}>{formats.list(more > 0 ? [...names, words.reactions.more(more)] : names)}</div>
      </div>
    </li>
  );
}

export function ReactorsDialog({ item, onClose }: { item: MessageItem; onClose: () => void }) {
  const words = useWords().message.reactions;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.title}>
      <ul className={styles.list}>
        {item.reactions.map((reaction) => (
          <One key={reaction.emoji} reaction={reaction} />
        ))}
      </ul>
    </Dialog>
  );
}
