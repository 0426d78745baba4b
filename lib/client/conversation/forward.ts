// A message passed on to another place: quoted as this person reads it, with a comment, its files without their bytes (F1).
import { type ChannelId, type EventId, ID_BYTES, mintId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { checkPost, checkText } from "@/lib/client/commands/checks.ts";
import { mentionsIn } from "@/lib/client/commands/messages.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Content, ContentOf } from "@/lib/protocol/event.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { makeQuote } from "./quotes.ts";

/** The files of a message as their author described them, by their places. */
async function filesOf(account: Account, channel: ChannelId, id: EventId): Promise<ContentOf<"file">[]> {
  const original = await account.originals.read(channel, id);
  const files = (original?.about ?? []).flatMap(({ content, user }) =>
    content?.k === "file" && user === original?.record.user ? [content] : [],
  );
  const places = new Map(files.map((file) => [file.index, file]));
  return [...places.values()].sort((a, b) => a.index - b.index).slice(0, LIMITS.filesPerMessage);
}

export async function forwardMessage(
  account: Account,
  input: { channel: ChannelId; id: EventId; to: ChannelId; text: string; as?: EventId | undefined },
): Promise<{ id: EventId }> {
  const { channel, to } = input;
  checkPost(account, to);
  const text = input.text.trim().toWellFormed();
  checkText(text);
  const id = input.as ?? mintId<"event">(randomBytes(ID_BYTES));
  if (account.outbox.get(id) !== undefined || account.log.find(to, id) !== undefined) return { id };
  const quote = await makeQuote(account, channel, input.id);
  const files = await filesOf(account, channel, input.id);
  const content: Content = {
    k: "message",
    text,
    thread: null,
    mentions: mentionsIn(account, to, text),
    files: files.length,
    quote,
  };
  const shared = files.map(({ file, voice }) => ({ shared: file, ...(voice === undefined ? {} : { voice }) }));
  const { kept } = await account.uploads.add(to, id, shared, (ops) => account.send(to, content, id, ops));
  account.uploads.kick();
  await kept;
  return { id };
}
