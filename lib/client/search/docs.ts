// A message as it reads now, edits and files folded in as the timeline does it: what is indexed, and what is shown.
import type { EventId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { plainName } from "@/lib/client/files/names.ts";
import { type Doc, FLAGS } from "@/lib/client/search/shelf/doc.ts";
import { tokensOf } from "@/lib/client/search/words/tokens.ts";
import { changesOf } from "@/lib/client/view/changes/all.ts";
import type { Content } from "@/lib/protocol/event.ts";

export type Readable = {
  readonly record: EventRecord;
  /** its own text; then a quote, or the answers of a poll */
  readonly texts: readonly string[];
  readonly files: readonly { readonly name: string; readonly type: string }[];
  readonly thread: EventId | null;
  readonly edited: boolean;
  readonly reacted: boolean;
};

const LINK = /\bhttps?:\/\/\S/i;

function textsOf(content: Content, edit: string | undefined): string[] | null {
  if (content.k === "poll") return [content.question, ...content.options];
  if (content.k !== "message") return null;
  return [edit ?? content.text, ...(content.quote === undefined ? [] : [content.quote.text])];
}

/** Whether anybody's sign stands under a message: of each person's each emoji the newest word counts (M7). */
function reacted(said: readonly EventRecord[], id: EventId): boolean {
  const newest = new Map<string, { rev: number; on: boolean }>();
  for (const { content, user } of said) {
    if (content?.k !== "reaction" || content.target.id !== id) continue;
    const key = `${user} ${content.emoji}`;
    if (content.rev >= (newest.get(key)?.rev ?? 0)) newest.set(key, content);
  }
  return [...newest.values()].some(({ on }) => on);
}

/** True for what may be found: messages and polls. */
export function isMessage(content: Content | null): boolean {
  return content?.k === "message" || content?.k === "poll";
}

/** Null: it is no message, or is none any more. `said`: stored events about it, oldest first. */
export function readable(account: Account, record: EventRecord, said: readonly EventRecord[]): Readable | null {
  const { content } = record;
  if (record.status !== "opened" || content === null || record.user === null) return null;
  const changes = said.length === 0 ? undefined : changesOf(account, [record, ...said]).changes.get(record.id);
  const texts = textsOf(content, changes?.edit?.text);
  if (texts === null || changes?.deleted === true) return null;
  const files = [...(changes?.files ?? [])]
    .sort(([a], [b]) => a - b)
    .flatMap(([, { content: file }]) =>
      file?.k === "file" ? [{ name: plainName(file.file.name), type: file.file.type }] : [],
    );
  return {
    record,
    texts,
    files,
    thread: content.k === "message" || content.k === "poll" ? content.thread : null,
    edited: (changes?.edit ?? null) !== null,
    reacted: reacted(said, record.id),
  };
}

/** The same, as the index takes it. */
export function docOf({ record, texts, files, thread, reacted: signs }: Readable): Doc {
  const flags =
    (files.length > 0 ? FLAGS.file : 0) |
    (files.some(({ type }) => type.startsWith("image/")) ? FLAGS.image : 0) |
    (texts.some((text) => LINK.test(text)) ? FLAGS.link : 0) |
    (signs ? FLAGS.reaction : 0) |
    (thread === null ? 0 : FLAGS.thread);
  return {
    channel: record.channel,
    pos: record.pos,
    at: record.receivedAt,
    author: record.user ?? "",
    flags,
    tokens: tokensOf([...texts, ...files.map(({ name }) => name)]),
  };
}
