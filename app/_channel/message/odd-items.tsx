// Stored messages that are not shown, in plain sentences: one whose key isn't here yet, one that was refused.
"use client";

import { FileWarning } from "lucide-react";
import { useChannel } from "@/app/_channel/context.tsx";
import type { LineAttributes } from "@/app/_channel/timeline/line.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { MessageRow } from "@/app/_ui/message/message-row.tsx";
import { Notice, Waiting } from "@/app/_ui/notices/notice.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { RefusedItem, WaitingItem } from "@/lib/client/api.ts";
import { AuthorFace } from "./author-face.tsx";

const MOST_NAMED = 3;

export function WaitingRow({ line, item }: { line: LineAttributes; item: WaitingItem }) {
  const { people, acts } = useChannel();
  const formats = useFormats();
  const words = useWords().channel.waiting;
  const author = people.shortOf(item.author);
  const others = item.helpers.filter((id) => id !== people.me.id).slice(0, MOST_NAMED);
  const either = new Intl.ListFormat(formats.locale, { type: "disjunction" }).format(others.map(people.shortOf));
  const time = formats.time(item.receivedAt);
  return (
    <MessageRow
      {...line}
      label={words.label(people.nameOf(item.author), time)}
      face={<AuthorFace id={item.author} />}
      name={people.nameOf(item.author)}
      onName={() => acts.profile(item.author)}
      time={{ iso: new Date(item.receivedAt).toISOString(), short: time, full: formats.full(item.receivedAt) }}
      data-event={item.id}
    >
      <Waiting>{others.length === 0 ? words.nobody(author) : words.one(author, either)}</Waiting>
    </MessageRow>
  );
}

export function RefusedRow({ line, item }: { line: LineAttributes; item: RefusedItem }) {
  const { people, acts } = useChannel();
  const formats = useFormats();
  const words = useWords();
  const time = formats.time(item.receivedAt);
  const why = words.faults[item.code];
  return (
    <Notice
      {...line}
      icon={<FileWarning />}
      title={words.channel.refused.title}
      acts={
        <Button size="sm" onClick={() => acts.xray(item.id)}>
          {words.channel.refused.details}
        </Button>
      }
      data-event={item.id}
    >
      {item.claimed === null
        ? words.channel.refused.unclaimed(time, why)
        : words.channel.refused.claimed(people.shortOf(item.claimed), time, why)}
    </Notice>
  );
}
