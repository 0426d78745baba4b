// A member with all his rights and no good will: events that his own device signs, and links that he may not make.
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { isAdminRole, scopeRoleAt } from "@/lib/proof/queries.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { appendRaw, Branch, craftEvent, type EventTwist, handOf, postRaw } from "@/tests/hostile/crafter.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";
import type { Actor } from "@/tests/world.ts";
import { type Deed, pickFrom, roleOf, writable } from "./deed.ts";

/** The one hostile member of a run: never the founder. */
function villain(stage: Stage): Seat | null {
  const known = stage.villain;
  if (known !== null) return known.inside && known.device.alive ? known : null;
  const seat = pickFrom(
    stage.dice,
    stage.inside.filter(({ person }) => person !== stage.people[0]),
  );
  if (seat !== null) {
    stage.villain = seat;
    stage.victims.add(seat);
  }
  return seat;
}

const actorOf = (stage: Stage, seat: Seat) => ({ account: stage.accountOf(seat) }) as unknown as Actor;

/** Posts what his device signed, past his engine; the others must not believe it. */
async function post(stage: Stage, seat: Seat, channel: ChannelId, content: Content, twist: EventTwist = {}) {
  const actor = actorOf(stage, seat);
  const event = await craftEvent(actor, channel, content, { sentAt: stage.time.now(), ...twist });
  stage.fouls.add(event.fields.id);
  await postRaw(actor, channel, event);
}

function deed(name: string, start: (stage: Stage, seat: Seat, channel: ChannelId) => Promise<unknown> | null): Deed {
  return {
    name,
    weight: 2,
    start: (stage) => {
      const seat = villain(stage);
      const channel = seat === null ? null : pickFrom(stage.dice, writable(stage.accountOf(seat)));
      if (seat === null || channel === null) return null;
      stage.attacks += 1;
      return start(stage, seat, channel);
    },
  };
}

/** A message of somebody else in this channel, as the villain holds it. */
async function target(stage: Stage, seat: Seat, channel: ChannelId) {
  const account = stage.accountOf(seat);
  await account.open(channel);
  const found = account.log.records(channel).filter((one) => one.content?.k === "message" && one.user !== account.me);
  const record = pickFrom(stage.dice, found);
  return record === null || record.hash === null ? null : { id: record.id, hash: record.hash };
}

/** Managers and admins may delete what others wrote (M8). */
function mayDeleteAll(account: Account, channel: ChannelId): boolean {
  const scope = account.scopeState(channel);
  if (scope === undefined) return true;
  const manager = scopeRoleAt(account.state, scope, account.me, account.state.n) === "manager";
  return scope.kind === "workspace" ? isAdminRole(roleOf(account)) : manager;
}

const foreignEdit = deed("attack: edit of another's", async (stage, seat, channel) => {
  const of = await target(stage, seat, channel);
  if (of === null) return;
  await post(stage, seat, channel, { k: "edit", target: of, rev: 1_000_000, text: "never said", mentions: [] });
});

const foreignDelete = deed("attack: delete of another's", async (stage, seat, channel) => {
  const of = mayDeleteAll(stage.accountOf(seat), channel) ? null : await target(stage, seat, channel);
  if (of !== null) await post(stage, seat, channel, { k: "delete", target: of });
});

const staleEpoch = deed("attack: stale epoch", (stage, seat, channel) => {
  const account = stage.accountOf(seat);
  const epochs = account.scopeState(channel)?.epochs.length ?? 0;
  if (epochs < 2) return null;
  const content: Content = { k: "message", text: "under an old key", thread: null, mentions: [], files: 0 };
  return post(stage, seat, channel, content, { header: { epoch: epochs - 1 } });
});

const otherHead = deed("attack: another history", (stage, seat, channel) => {
  stage.allowed.add("proof/fork");
  const content: Content = { k: "message", text: "from another world", thread: null, mentions: [], files: 0 };
  return post(stage, seat, channel, content, { head: new Uint8Array(32).fill(9) });
});

const otherAuthor = deed("attack: another's name", (stage, seat, channel) => {
  const account = stage.accountOf(seat);
  const user = pickFrom(
    stage.dice,
    [...account.state.users.keys()].filter((one) => one !== account.me),
  );
  if (user === null) return null;
  const content: Content = { k: "message", text: "in your name", thread: null, mentions: [], files: 0 };
  return post(stage, seat, channel, content, { header: { user } });
});

const noRight = deed("attack: link without a right", (stage, seat) => {
  const actor = actorOf(stage, seat);
  const { state, me } = actor.account;
  const user = pickFrom(
    stage.dice,
    [...state.users.keys()].filter((one) => one !== me),
  );
  if (user === null || isAdminRole(roleOf(actor.account))) return null;
  const frame = { ts: stage.time.now() };
  const branch = new Branch(actor).add(handOf(actor), { kind: "W", type: "member_remove", body: { user } }, { frame });
  return appendRaw(actor, branch);
});

export const HOSTILE: readonly Deed[] = [foreignEdit, foreignDelete, staleEpoch, otherHead, otherAuthor, noRight];
