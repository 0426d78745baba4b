// What people do with messages: send, edit, delete, retry, read, look at the stored row (PROTOCOL M7, M8; UX 4).
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, type EventId, ID_BYTES, mintId, type UserId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { forgetDeleted } from "@/lib/client/account/deletions.ts";
import type { FileInput, SentFile } from "@/lib/client/api/daily/files.ts";
import { blobsToPurge } from "@/lib/client/conversation/blobs.ts";
import { makeQuote } from "@/lib/client/conversation/quotes.ts";
import { verifiedTarget } from "@/lib/client/conversation/targets.ts";
import { sendNewer } from "@/lib/client/daily/newer.ts";
import { namedIn } from "@/lib/client/events/mentions.ts";
import { subjectOf } from "@/lib/client/events/past/about.ts";
import { answered } from "@/lib/client/threads/commands.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { isScopeMember, mayDelete } from "@/lib/proof/queries.ts";
import type { Content } from "@/lib/protocol/event.ts";
import type { FileRef } from "@/lib/protocol/file.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { checkRoot, checkText, checkWritable, saidOf } from "./checks.ts";

/** People named in a text as `<@id>`, once each, as far as they can read it. */
export function mentionsIn(account: Account, channel: ChannelId, text: string): UserId[] {
  const scope = account.scopeState(channel);
  if (scope === undefined) return [];
  return namedIn(text)
    .filter((user) => isScopeMember(account.state, scope, user))
    .slice(0, 200);
}

/** Sends a message; its files follow as events of their own (F1). `id` makes a repeated command one message. */
export async function sendMessage(
  account: Account,
  input: {
    channel: ChannelId;
    text: string;
    files: readonly (FileInput | SentFile)[];
    id?: EventId;
    /** a reply in this thread; `also`: in the channel too */
    thread?: EventId;
    also?: boolean;
    quote?: { channel: ChannelId; id: EventId };
  },
): Promise<{ id: EventId }> {
  checkWritable(account);
  const text = input.text.trim().toWellFormed();
  checkText(text);
  if (text === "" && input.files.length === 0) throw new Fault("app/empty");
  if (input.files.length > LIMITS.filesPerMessage) throw new Fault("may/quota", { detail: "files" });
  const id = input.id ?? mintId<"event">(randomBytes(ID_BYTES));
  if (account.outbox.get(id) !== undefined || account.log.find(input.channel, id) !== undefined) return { id };
  const quote = input.quote === undefined ? undefined : await makeQuote(account, input.quote.channel, input.quote.id);
  const thread = input.thread ?? null;
  if (thread !== null) await checkRoot(account, input.channel, thread);
  const content: Content = {
    k: "message",
    text,
    thread,
    mentions: mentionsIn(account, input.channel, text),
    files: input.files.length,
    ...(quote === undefined ? {} : { quote }),
    ...(thread !== null && input.also === true ? { also: true as const } : {}),
  };
  const files = await Promise.all(
    input.files.map(async (file) =>
      "sent" in file ? { shared: await fileOf(account, file.sent.channel, file.sent.id) } : file,
    ),
  );
  // In one write: a message without its files would promise them for ever, and files without theirs are lost.
  const { kept } = await account.uploads.add(input.channel, id, files, (ops) =>
    account.send(input.channel, content, id, ops),
  );
  if (thread !== null) await answered(account, input.channel, thread);
  account.uploads.kick();
  await kept;
  return { id };
}

export async function editMessage(
  account: Account,
  input: { channel: ChannelId; id: EventId; text: string },
): Promise<void> {
  checkWritable(account);
  const text = input.text.trim().toWellFormed();
  checkText(text);
  if (text === "") throw new Fault("app/empty");
  const target = await verifiedTarget(account, input.channel, input.id);
  if (target.user !== account.me) throw new Fault("event/wrong-author");
  if (target.content.k !== "message") throw new Fault("event/unknown-target");
  const revs = (await saidOf(account, input.channel, input.id)).flatMap((record) =>
    record.content?.k === "edit" ? [record.content.rev] : [],
  );
  const pending = account.outbox
    .entries(input.channel)
    .flatMap(({ content }) => (content.k === "edit" && content.target.id === input.id ? [content.rev] : []));
  const rev = Math.max(0, ...revs, ...pending) + 1;
  await account.send(input.channel, {
    k: "edit",
    target: { id: target.id, hash: target.hash },
    rev,
    text,
    mentions: mentionsIn(account, input.channel, text),
  });
}

/** Deletes for everybody: the event that says so, then the server's purge of ciphertext and files (M8, F2). */
export async function deleteMessage(account: Account, input: { channel: ChannelId; id: EventId }): Promise<void> {
  checkWritable(account);
  const { channel, id } = input;
  await endUploads(account, input);
  const target = await verifiedTarget(account, channel, id);
  if (mayDelete(account.state, { user: account.me, author: target.user, channel }) !== null)
    throw new Fault("event/wrong-author");
  // What others said about it is theirs: the server lets its author empty his own rows alone, and nobody shows the rest.
  const original = await account.originals.read(channel, id);
  const stored = (original?.about ?? []).filter(({ user }) => user === target.user);
  // Acknowledged, the row still on its way back.
  const landed = account.outbox
    .entries(channel)
    .filter(({ pos, content }) => pos !== null && subjectOf(content) === id);
  const about = [...stored, ...landed].filter(({ content }) => content?.k !== "delete");
  await account.send(channel, { k: "delete", target: { id, hash: target.hash } });
  await account.outbox.flush(channel);
  const blobs = await blobsToPurge(account, channel, id, about);
  await account.session.call("events.purge", {
    channel,
    ids: [...new Set([id, ...about.map((one) => one.id)])],
    blobs,
  });
  await forgetDeleted(account, channel);
}

export async function retryMessage(account: Account, input: { channel: ChannelId; id: EventId }): Promise<void> {
  await account.outbox.retry(input.id);
  for (const { id, content } of account.outbox.entries(input.channel))
    if (subjectOf(content) === input.id) await account.outbox.retry(id);
  for (const upload of account.uploads.of(input.channel))
    if (upload.of === input.id && upload.state === "failed") await account.uploads.resume(upload.id);
  account.kick(input.channel);
}

export async function discardMessage(account: Account, input: { channel: ChannelId; id: EventId }): Promise<void> {
  await endUploads(account, input);
  for (const { id, content } of account.outbox.entries(input.channel))
    if (subjectOf(content) === input.id) await account.outbox.discard(id);
  await account.outbox.discard(input.id);
}

/** What is still on its way for a message that goes does not go up. */
async function endUploads(account: Account, { channel, id }: { channel: ChannelId; id: EventId }): Promise<void> {
  for (const upload of account.uploads.of(channel)) if (upload.of === id) await account.uploads.cancel(upload.id);
}

/** Everything shown in a channel is read: one marker, further than the last (M7). */
export async function markRead(account: Account, channel: ChannelId): Promise<void> {
  const { high } = account.log.mark(channel);
  if (high <= account.readMark(channel)) return;
  account.readTo.set(channel, high);
  account.unread.read(channel, high);
  account.changed("workspace");
  const rev = Math.max(account.registers.marker(channel)?.rev ?? 0, ...pendingRevs(account, channel)) + 1;
  const at = account.log.records(channel).at(-1)?.id ?? null;
  const isOlder = (waiting: Content) => waiting.k === "marker" && waiting.channel === channel;
  await sendNewer(account, account.selfChannel, { k: "marker", channel, rev, pos: high, at }, isOlder);
}

function pendingRevs(account: Account, channel: ChannelId): number[] {
  return account.outbox
    .entries(account.selfChannel)
    .flatMap(({ content }) => (content.k === "marker" && content.channel === channel ? [content.rev] : []));
}

/** The file of a file event. Throws event/unknown-target. */
export async function fileOf(account: Account, channel: ChannelId, id: string): Promise<FileRef> {
  const record = account.log.find(channel, id as EventId) ?? (await account.log.byId(channel, id as EventId));
  if (record?.content?.k !== "file") throw new Fault("event/unknown-target");
  return record.content.file;
}
