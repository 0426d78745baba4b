// One seeded schedule: two persons, two tabs each, a third who comes and goes, lost answers, cuts and crashes (invariant 10).
import { asFault } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import { isScopeMember } from "@/lib/proof/queries.ts";
import type { RunningServer } from "@/server/main.ts";
import { SimPerson } from "./person.ts";
import { type Dice, dice } from "./random.ts";

export type Outcome = { seed: number; operations: number; sent: number; crashes: number; faults: string[] };

type Sent = { id: string; channel: ChannelId; by: SimPerson; text: string };
type Run = {
  dice: Dice;
  people: SimPerson[];
  channels: ChannelId[];
  sent: Sent[];
  deleted: Set<string>;
  shared: ChannelId;
  operations: number;
  crashes: number;
};

const OPERATIONS = 30;
/** Faults that an honest network may cause and that a person would simply try again after. */
const PASSING = new Set([
  "net/offline",
  "net/timeout",
  "net/closed",
  "net/bad-answer",
  "may/stale-head",
  "may/too-many",
  "crypto/no-key",
]);

async function quietly(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (thrown) {
    const fault = asFault(thrown);
    if (PASSING.has(fault.code)) return false;
    throw fault;
  }
}

async function send(run: Run, person: SimPerson): Promise<void> {
  const channel = run.dice.pick(run.channels);
  const text = `${person.name} ${run.sent.length}`;
  const { id } = await person.running.sendMessage({ ws: person.ws, channel, text, files: [] });
  run.sent.push({ id, channel, by: person, text });
}

async function edit(run: Run, person: SimPerson): Promise<void> {
  const mine = run.sent.filter(
    (one) =>
      one.by === person && !run.deleted.has(one.id) && person.account.log.find(one.channel, one.id as never)?.hash,
  );
  if (mine.length === 0) return await send(run, person);
  const { channel, id } = run.dice.pick(mine);
  await quietly(
    person.running.editMessage({ ws: person.ws, channel, id: id as never, text: `edited ${run.operations}` }),
  );
}

async function remove(run: Run, person: SimPerson): Promise<void> {
  const mine = run.sent.filter(
    (one) =>
      one.by === person &&
      !run.deleted.has(one.id) &&
      person.account.log.find(one.channel, one.id as never)?.status === "opened",
  );
  if (mine.length === 0) return await send(run, person);
  const { channel, id } = run.dice.pick(mine);
  if (await quietly(person.running.deleteMessage({ ws: person.ws, channel, id: id as never }))) run.deleted.add(id);
  else run.deleted.add(id);
}

/** The third person is taken out of the shared channel or put back in: a revoking change between messages (E4). */
async function shuffle(run: Run, person: SimPerson): Promise<void> {
  const [, , third] = run.people;
  const scope = person.account.scopeState(run.shared);
  if (third === undefined || scope === undefined || person === third) return;
  const inside = isScopeMember(person.account.state, scope, third.account.me);
  const input = { ws: person.ws, channel: run.shared, user: third.account.me };
  await quietly(inside ? person.running.removeMember(input) : person.running.addMember(input));
}

async function step(run: Run): Promise<void> {
  const [ana, ben] = run.people;
  if (ana === undefined || ben === undefined) return;
  const person = run.dice.chance(0.5) ? ana : ben;
  const roll = run.dice.below(100);
  if (roll < 58) return await send(run, person);
  if (roll < 66) return await edit(run, person);
  if (roll < 70) return await remove(run, person);
  if (roll < 76)
    return await quietly(person.running.markRead({ ws: person.ws, channel: run.dice.pick(run.channels) })).then(
      () => undefined,
    );
  if (roll < 82) return person.wire.cut();
  if (roll < 92) {
    person.wire.mend();
    person.running.wake();
    return;
  }
  if (roll < 97) return await shuffle(run, ana);
  await crash(run, person);
}

async function crash(run: Run, person: SimPerson): Promise<void> {
  run.crashes += 1;
  await person.crash();
  for (const channel of run.channels) await person.account.log.open(channel);
}

/** Where a person's device stands in the channels that its outbox waits for. */
function placeOf({ account }: SimPerson): string {
  const channels = new Set(account.outbox.entries().map((one) => one.channel));
  return [...channels]
    .map((channel) => {
      const { low, high } = account.log.mark(channel);
      const held = account.outbox
        .entries(channel)
        .map((one) => `${one.id.slice(0, 4)} ${account.log.find(channel, one.id)?.status ?? "absent"}`);
      return `${channel.slice(0, 4)} ${low}..${high} ${held.join(",")} stop ${account.book.stop}`;
    })
    .join("; ");
}

/** Mends everything, waits until all is delivered and read by all, and says what does not hold. */
async function settle(run: Run): Promise<string[]> {
  for (const person of run.people) {
    person.wire.fate = () => "pass";
    person.wire.mend();
    person.running.wake();
  }
  const faults: string[] = [];
  for (const person of run.people) {
    const done = () => person.account.live.connection === "online" && person.account.outbox.entries().length === 0;
    await person
      .settles(
        done,
        `outbox ${JSON.stringify(person.account.outbox.entries().map((one) => [one.content.k, one.failed, one.pos, one.sealed?.epoch]))} ${placeOf(person)}`,
      )
      .catch((thrown: Error) => faults.push(thrown.message));
  }
  const [ana, ben, third] = run.people;
  for (const channel of run.channels) {
    const expected = run.sent.filter((one) => one.channel === channel);
    for (const person of [ana, ben]) {
      if (person === undefined) continue;
      const complete = async () => {
        const ids = (await person.messages(channel)).map((one) => one.id);
        return expected.every((one) => ids.includes(one.id));
      };
      await person.settles(complete, `lost in ${channel}`).catch((thrown: Error) => faults.push(thrown.message));
      faults.push(...judge(person, await person.messages(channel), expected, run.deleted));
    }
  }
  for (const person of run.people)
    for (const notice of person.account.notices) faults.push(`${person.name} was told ${notice.code} ${notice.detail}`);
  if (third !== undefined) faults.push(...(await judgeThird(run, third)));
  return faults;
}

function judge(
  person: SimPerson,
  held: { id: string; status: string; text: string }[],
  expected: Sent[],
  deleted: Set<string>,
): string[] {
  const faults: string[] = [];
  const counts = new Map<string, number>();
  for (const { id, status } of held) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
    if (status === "waiting" || status === "refused") faults.push(`${person.name} cannot read ${id}: ${status}`);
  }
  for (const { id, text } of expected) {
    if ((counts.get(id) ?? 0) !== 1) faults.push(`${person.name} has ${id} ${counts.get(id) ?? 0} times`);
    const record = held.find((one) => one.id === id);
    if (record?.status === "opened" && record.text !== text) faults.push(`${person.name} reads another text in ${id}`);
    if (record?.status === "gone" && !deleted.has(id)) faults.push(`${person.name} lost ${id}`);
  }
  return faults;
}

/** Whoever was taken out holds no key of a later epoch (invariant 2). */
async function judgeThird(run: Run, third: SimPerson): Promise<string[]> {
  const [ana] = run.people;
  const scope = ana?.account.scopeState(run.shared);
  if (ana === undefined || scope === undefined || isScopeMember(ana.account.state, scope, third.account.me)) return [];
  const newest = scope.epochs.length;
  const key = await third.account.rooms.find(scope.id, newest).catch(() => undefined);
  return key === undefined ? [] : [`${third.name} holds epoch ${newest} of a channel he was removed from`];
}

async function begin(server: RunningServer, run: Run): Promise<void> {
  const { formatSetupFragment } = await import("@/lib/protocol/invite.ts");
  const names = ["Ana", "Ben", "Cleo"];
  run.people = names.map((name) => new SimPerson(name, server.publicUrl));
  for (const person of run.people) await person.lead();
  const [ana, ...others] = run.people;
  if (ana === undefined) return;
  const fragment = formatSetupFragment(await server.mintSetup());
  ana.ws = (await ana.running.createWorkspace({ fragment, workspace: "Sim", name: "Ana" })).ws;
  await ana.settles(() => ana.account.live.connection === "online" && ana.account.outbox.size === 0, "founding");
  const { link } = await ana.running.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  for (const person of others) {
    person.ws = (
      await person.running.joinWorkspace({ fragment: `#${link.split("#")[1]}`, name: person.name, avatar: null })
    ).ws;
    await person.settles(() => person.account.live.connection === "online", "joining");
  }
  await ana.account.book.sync();
  const members = others.map((person) => person.account.me);
  const { channel } = await ana.running.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "shared",
    topic: "",
    history: run.dice.chance(0.5) ? "full" : "since-join",
    members,
  });
  run.shared = channel;
  const [general] = [...ana.account.state.channels.keys()];
  run.channels = general === undefined ? [channel] : [general, channel];
  for (const person of others) await person.settles(() => person.account.channels().includes(channel), "the channel");
  for (const person of run.people) for (const one of run.channels) await person.account.log.open(one);
}

/** Runs one seed against a running server, in a workspace of its own. */
export async function runSeed(server: RunningServer, seed: number): Promise<Outcome> {
  const run: Run = {
    dice: dice(seed),
    people: [],
    channels: [],
    sent: [],
    deleted: new Set(),
    shared: "" as ChannelId,
    operations: 0,
    crashes: 0,
  };
  try {
    await begin(server, run);
    for (const person of run.people.slice(0, 2)) {
      const fates = dice(seed * 31 + run.people.indexOf(person));
      person.wire.fate = (procedure) => {
        if (procedure.startsWith("auth.") || procedure === "sync.state") return "pass";
        return fates.chance(0.06) ? "lose" : fates.chance(0.04) ? "drop" : "pass";
      };
    }
    const must = run.dice.below(OPERATIONS);
    for (; run.operations < OPERATIONS; run.operations += 1) {
      if (run.operations === must) await crash(run, run.dice.pick(run.people.slice(0, 2)));
      else await step(run);
    }
    const faults = await settle(run);
    return { seed, operations: run.operations, sent: run.sent.length, crashes: run.crashes, faults };
  } catch (thrown) {
    const fault = asFault(thrown);
    const cause = fault.cause instanceof Error ? `${fault.cause.stack}` : "";
    return {
      seed,
      operations: run.operations,
      sent: run.sent.length,
      crashes: run.crashes,
      faults: [`${fault.message} ${cause}`],
    };
  } finally {
    for (const person of run.people) await person.end();
  }
}
