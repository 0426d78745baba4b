// A poll below its question: answers to choose by click and key, how many chose each, and who.
"use client";

import { Check } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { PollItem } from "@/lib/client/api/conversation/said.ts";
import type { MessageItem } from "@/lib/client/api.ts";
import { chosen } from "./choose.ts";
import styles from "./poll.module.css";

/** What was pressed shows at once, before the engine has stored it. */
function useVote(item: MessageItem, poll: PollItem) {
  const { acts } = useChannel();
  const [pressed, setPressed] = useState<readonly number[] | null>(null);
  const vote = async (at: number) => {
    const choices = chosen({ many: poll.many, mine: pressed ?? poll.mine }, at);
    setPressed(choices);
    await acts.vote(item, choices);
    setPressed(null);
  };
  return { mine: pressed ?? poll.mine, vote };
}

interface AnswerProps {
  item: MessageItem;
  poll: PollItem;
  at: number;
  name: string;
  mine: boolean;
  vote: () => void;
}

function Answer({ item, poll, at, name, mine, vote }: AnswerProps) {
  const { people, mayWrite } = useChannel();
  const words = useWords().conversation.poll;
  const formats = useFormats();
  const { text, voters } = poll.options[at] ?? { text: "", voters: [] };
  const who = formats.list(voters.map((user) => people.nameOf(user)));
  // Radio buttons say nothing when the chosen one is pressed again; here that takes the vote back.
  const again = (event: KeyboardEvent) => {
    if (event.key === " " && mine && !poll.many) {
      event.preventDefault();
      vote();
    }
  };
  const closed = poll.ended || item.pos === null || !mayWrite;
  return (
    <li className={cx(styles.answer, mine && styles.mine, closed && styles.closed)}>
      <label className={styles.label}>
        <input
          className={styles.box}
          type={poll.many ? "checkbox" : "radio"}
          name={name}
          checked={mine}
          disabled={closed}
          onChange={vote}
          onClick={() => mine && !poll.many && vote()}
          onKeyDown={again}
        />
        <span className={styles.sign} aria-hidden="true">
          {mine && <Check />}
        </span>
        <span className={styles.text} dir="auto">
          {text}
        </span>
        <span className={styles.count}>
          <span aria-hidden="true">{formats.number(voters.length)}</span>
          <span className="sr">{words.votes(voters.length)}</span>
        </span>
      </label>
      <meter className={styles.share} min={0} max={Math.max(1, poll.voters)} value={voters.length} aria-hidden="true" />
      {who !== "" && <p className={styles.who}>{who}</p>}
    </li>
  );
}

export function Poll({ item, poll }: { item: MessageItem; poll: PollItem }) {
  const { acts } = useChannel();
  const words = useWords().conversation.poll;
  const name = useId();
  const { mine, vote } = useVote(item, poll);
  const says = [poll.ended ? words.ended : poll.many ? words.many : words.one, words.people(poll.voters)];
  return (
    <fieldset className={styles.poll}>
      <legend className="sr">{item.text}</legend>
      <ol className={styles.answers}>
        {poll.options.map(({ n }) => (
          <Answer
            key={n}
            item={item}
            poll={poll}
            at={n}
            name={name}
            mine={mine.includes(n)}
            vote={() => void vote(n)}
          />
        ))}
      </ol>
      <div className={styles.foot}>
        <span>{says.join(" · ")}</span>
        {poll.mayEnd && item.pos !== null && (
          <Button size="sm" look="quiet" onClick={() => acts.endPoll(item, !poll.ended)}>
            {poll.ended ? words.reopen : words.end}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
