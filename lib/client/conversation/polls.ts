// Asking, choosing, ending: what people do with polls (PROTOCOL section 9, M7, M8).
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, type EventId, ID_BYTES, mintId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { checkPost } from "@/lib/client/commands/checks.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Content, ContentOf } from "@/lib/protocol/event.ts";
import { type Verified, verifiedTarget } from "./targets.ts";

const MOST_QUESTION = 500;
const MOST_ANSWER = 200;
const MOST_ANSWERS = 12;

export type PollInput = {
  readonly channel: ChannelId;
  readonly thread: EventId | null;
  readonly question: string;
  readonly options: readonly string[];
  readonly many: boolean;
  readonly as?: EventId | undefined;
};

/** Throws app/empty without a question and two answers, app/too-long beyond what a poll carries. */
export async function createPoll(account: Account, input: PollInput): Promise<{ id: EventId }> {
  checkPost(account, input.channel);
  const question = input.question.trim().toWellFormed();
  const options = input.options.map((one) => one.trim().toWellFormed()).filter((one) => one !== "");
  if (question === "" || options.length < 2) throw new Fault("app/empty");
  const long = question.length > MOST_QUESTION || options.some((one) => one.length > MOST_ANSWER);
  if (long || options.length > MOST_ANSWERS) throw new Fault("app/too-long");
  const id = input.as ?? mintId<"event">(randomBytes(ID_BYTES));
  if (account.outbox.get(id) !== undefined || account.log.find(input.channel, id) !== undefined) return { id };
  await account.send(input.channel, { k: "poll", thread: input.thread, question, options, many: input.many }, id);
  return { id };
}

async function pollOf(account: Account, channel: ChannelId, id: EventId) {
  const target = await verifiedTarget(account, channel, id);
  if (target.content.k !== "poll") throw new Fault("event/unknown-target");
  return { target, poll: target.content };
}

/** One more than every rev that this device knows of one's own events of this kind about the target. */
async function nextRev(account: Account, channel: ChannelId, target: Verified, kind: "vote" | "pollend") {
  const original = await account.originals.read(channel, target.id);
  const revOf = (content: Content | null): number[] =>
    content?.k === kind && content.target.id === target.id ? [content.rev] : [];
  const stored = (original?.about ?? []).filter(({ user }) => user === account.me);
  const pending = account.outbox.entries(channel);
  return Math.max(0, ...[...stored, ...pending].flatMap(({ content }) => revOf(content))) + 1;
}

/** Chooses anew; no choices takes the vote back. Throws event/bad-vote for answers that are not there. */
export async function votePoll(
  account: Account,
  input: { channel: ChannelId; id: EventId; choices: readonly number[] },
): Promise<void> {
  checkPost(account, input.channel);
  const { target, poll } = await pollOf(account, input.channel, input.id);
  const choices = [...new Set(input.choices)].sort((a, b) => a - b);
  if (!areChoices(poll, choices)) throw new Fault("event/bad-vote");
  const rev = await nextRev(account, input.channel, target, "vote");
  await account.send(input.channel, { k: "vote", target: { id: target.id, hash: target.hash }, rev, choices });
}

/** True for choices that the poll has, each once, and no more than it takes. */
export function areChoices(poll: ContentOf<"poll">, choices: readonly number[]): boolean {
  if (new Set(choices).size !== choices.length || (!poll.many && choices.length > 1)) return false;
  return choices.every((choice) => choice < poll.options.length);
}

/** Its author alone. Throws event/wrong-author. */
export async function endPoll(
  account: Account,
  input: { channel: ChannelId; id: EventId; on: boolean },
): Promise<void> {
  checkPost(account, input.channel);
  const { target } = await pollOf(account, input.channel, input.id);
  if (target.user !== account.me) throw new Fault("event/wrong-author");
  const rev = await nextRev(account, input.channel, target, "pollend");
  await account.send(input.channel, { k: "pollend", target: { id: target.id, hash: target.hash }, rev, on: input.on });
}
