// What people can see of the record: entries as they happened, readers of a message, how far one has looked (UX 4, E5, E8).
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { LedgerLine, ReadersView } from "@/lib/client/api/ledger.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { parseLedger } from "@/tests/fixtures/ledger-file.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

const ALL = { theme: null, user: null } as const;

async function lines(actor: Actor, filter: Parameters<Actor["engine"]["ledgerPage"]>[0]["filter"] = ALL) {
  const all: LedgerLine[] = [];
  let before: number | null = null;
  do {
    const page = await actor.engine.ledgerPage({ ws: actor.ws, filter, before, limit: 3 });
    all.push(...page.lines);
    before = page.next;
  } while (before !== null);
  return all.reverse();
}

function told(line: LedgerLine): string {
  return line.t === "hidden" ? `hidden ${line.count}` : `${line.deed.type}${line.void === null ? "" : " void"}`;
}

async function readers(actor: Actor, channel: ChannelId, id?: EventId): Promise<ReadersView> {
  const topic =
    id === undefined ? (`readers:${actor.ws}:${channel}` as const) : (`readers:${actor.ws}:${channel}:${id}` as const);
  return await actor.until(topic, () => true);
}

const names = (people: readonly { readonly user: string }[], ...actors: Actor[]) =>
  people.map(({ user }) => actors.find((one) => one.account.me === user)?.name ?? user).sort();

test("the record says what happened, in order, with signer and device, and folds what others keep private", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  const { channel } = await ben.engine.createChannel({
    ws: ben.ws,
    kind: "private",
    name: "legal",
    topic: "",
    history: "since-join",
    members: [cleo.account.me],
  });
  await ben.channel("legal");
  await ben.engine.removeMember({ ws: ben.ws, channel, user: cleo.account.me });
  await ana.account.book.sync();
  const seen = await lines(ben);
  expect(seen.map((line) => line.n)).toEqual(seen.map((_, i) => i + 1));
  expect(seen.map(told).slice(-4)).toEqual(["scope_create", "epoch", "scope_remove", "epoch"]);
  const created = seen.at(-4);
  expect(created).toMatchObject({
    t: "entry",
    theme: "channels",
    actor: ben.account.me,
    device: ben.account.keyring.device.id,
    deed: { place: { kind: "private", id: channel, name: "legal" }, people: [ben.account.me, cleo.account.me] },
  });
  const key = seen.at(-1);
  expect(key).toMatchObject({
    theme: "keys",
    deed: { epoch: 2, causes: [{ n: seen.at(-2)?.n, type: "scope_remove", subject: cleo.account.me }] },
  });
  expect(seen.at(-3)).toMatchObject({ deed: { epoch: 1, causes: [] } });
  // Who is not in it sees that four entries are there, and nothing of them.
  const outside = await lines(ana);
  expect(outside.at(-1)).toEqual({ t: "hidden", n: seen.length, from: seen.length - 3, count: 4, places: 1 });
  expect(JSON.stringify(outside.slice(-1))).not.toContain(cleo.account.me);
  const { hidden, position, voids } = await ana.until(`ledger:${ana.ws}`, () => true);
  expect({ hidden, position, voids }).toEqual({ hidden: 4, position: seen.length, voids: 0 });
  expect(new Set((await lines(ben, { theme: "keys", user: null })).map(told))).toEqual(new Set(["epoch"]));
  const about = await lines(ana, { theme: null, user: ben.account.me });
  expect(about.map(told)).toEqual(["member_join"]);
});

test("an entry opens to the byte, and the file proves the same head elsewhere", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const first = await ben.engine.ledgerEntry({ ws: ben.ws, n: 1 });
  expect(first.line?.deed.type).toBe("ws_create");
  expect(first.fields.find(({ name }) => name === "type")?.value).toBe("ws_create");
  expect(first.bytes).toMatch(/^[0-9a-f]{200,}$/);
  await expect(ben.engine.ledgerEntry({ ws: ben.ws, n: 999 })).rejects.toMatchObject({ code: "may/not-found" });
  const { text, name } = await ben.engine.ledgerFile({ ws: ben.ws });
  const { position, head } = await ben.until(`ledger:${ben.ws}`, () => true);
  expect(name).toBe(`record-${position}.json`);
  expect(parseLedger(text)).toEqual({ position, head });
});

test("how far one has looked is kept over a restart and never goes back", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const seen = (n: number) => ana.until(`ledger:${ana.ws}`, (view) => view.seen === n, `seen ${n}`);
  await seen(0);
  const { position } = await seen(0);
  await ana.engine.ledgerLooked({ ws: ana.ws, n: position + 5 });
  await seen(0);
  await ana.engine.ledgerLooked({ ws: ana.ws, n: position });
  await seen(position);
  await ana.engine.ledgerLooked({ ws: ana.ws, n: 1 });
  await seen(position);
  await ana.online();
  await ana.reload();
  await seen(position);
});

test("E5 a message in a full channel: all who are in now, who is gone, and open links while they are open", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: channel } = await ana.channel("general");
  const { id } = await ana.say(channel, "before");
  const open = await ana.engine.createInvite({ ws: ana.ws, label: "open", maxUses: 5, hours: 1 });
  const during = await readers(ana, channel, id);
  expect(names(during.people, ana, ben)).toEqual(["Ana", "Ben"]);
  expect(during.invites).toMatchObject([{ id: open.invite, by: ana.account.me }]);
  const cleo = await world.joins(open.link, "Cleo");
  await cleo.reads(channel, "before");
  await ana.account.book.sync();
  const after = await readers(ana, channel, id);
  expect(names(after.people, ana, ben, cleo)).toEqual(["Ana", "Ben", "Cleo"]);
  expect(after.people.map(({ later }) => later)).toEqual([false, false, true]);
  await ana.engine.removeFromWorkspace({ ws: ana.ws, user: ben.account.me });
  const gone = await readers(ana, channel, id);
  expect(names(gone.people, ana, ben, cleo)).toEqual(["Ana", "Cleo"]);
  expect(names(gone.gone, ben)).toEqual(["Ben"]);
  expect(gone.invites).toEqual([]);
  expect(gone.closedInvites).toBeGreaterThan(0);
  expect(gone.lastChange).toMatchObject({ deed: { type: "member_remove", subject: ben.account.me } });
  // What is said from now on is not Ben's.
  const later = await ana.say(channel, "after");
  const fresh = await readers(ana, channel, later.id);
  expect(names(fresh.people, ana, cleo)).toEqual(["Ana", "Cleo"]);
  expect(fresh.gone).toEqual([]);
  expect(fresh.closedInvites).toBe(0);
});

test("E8 a message in a since-join channel: exactly those it was sealed to, nobody who came later", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  const { channel } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "private",
    name: "sources",
    topic: "",
    history: "since-join",
    members: [ben.account.me],
  });
  const { id } = await ana.say(channel, "first");
  await ana.engine.addMember({ ws: ana.ws, channel, user: cleo.account.me });
  const second = await ana.say(channel, "second");
  await cleo.reads(channel, "second");
  const early = await readers(ana, channel, id);
  expect(names(early.people, ana, ben)).toEqual(["Ana", "Ben"]);
  const late = await readers(ana, channel, second.id);
  expect(names(late.people, ana, ben, cleo)).toEqual(["Ana", "Ben", "Cleo"]);
  expect(late.people.find(({ user }) => user === cleo.account.me)).toMatchObject({ by: ana.account.me, later: false });
  await ana.engine.removeMember({ ws: ana.ws, channel, user: ben.account.me });
  const third = await ana.say(channel, "third");
  expect(names((await readers(ana, channel, id)).people, ana)).toEqual(["Ana"]);
  expect(names((await readers(ana, channel, id)).gone, ben)).toEqual(["Ben"]);
  expect(names((await readers(ana, channel, third.id)).people, ana, cleo)).toEqual(["Ana", "Cleo"]);
  expect((await readers(ana, channel, third.id)).gone).toEqual([]);
  // The list says the truth: the key of the first message is nowhere in what Cleo holds or is given.
  const scope = cleo.account.scopeOf(channel);
  if (scope === undefined) throw new TypeError("no scope");
  expect(await cleo.account.rooms.find(scope, early.key?.epoch ?? 0)).toBeUndefined();
  expect(await cleo.account.rooms.find(scope, late.key?.epoch ?? 0)).toBeDefined();
});

test("UX 4 the X-ray opens every kind of event, in state channels and the self scope too, and is honest about a purged row", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const { id: general } = await ana.channel("general");
  const { id } = await ana.say(general, "soon gone");
  await ana.engine.editMessage({ ws: ana.ws, channel: general, id, text: "edited" });
  await ben.reads(general, "edited");
  await ben.engine.markRead({ ws: ben.ws, channel: general });
  await ben.engine.ledgerLooked({ ws: ben.ws, n: 1 });
  await ben.online();
  await ben.reload();
  const { quiet } = await ben.until(`ledger:${ben.ws}`, () => true);
  expect(quiet.map(({ place }) => place?.kind ?? "self")).toEqual(["workspace", "self"]);
  const kinds = new Set<string>();
  for (const channel of [general, ...quiet.map((one) => one.channel)]) {
    const rows = await ben.engine.serverRows({ ws: ben.ws, channel, before: null, limit: 100 });
    expect(rows.length).toBeGreaterThan(0);
    for (const { columns } of rows) {
      const view = await ben.engine.inspectEvent({ ws: ben.ws, channel, id: String(columns.id) as EventId });
      expect(view.state).toBe("opened");
      kinds.add(view.opened?.kind ?? "");
    }
  }
  expect([...kinds].sort()).toEqual(["channel", "edit", "marker", "message", "profile", "setting", "workspace"]);
  await ana.engine.deleteMessage({ ws: ana.ws, channel: general, id });
  await ben.message(general, (item) => item.id === id && item.deleted);
  const isGone = () => ben.account.log.find(general, id)?.content === null;
  await ben.until(`timeline:${ben.ws}:${general}`, isGone, "the row to be empty");
  const left = await ben.engine.inspectEvent({ ws: ben.ws, channel: general, id });
  expect(left).toMatchObject({ state: "gone", opened: null });
  expect(left.stored.columns.ciphertext ?? "").toBe("");
  expect(left.stored.columns.device).toBe(ana.account.keyring.device.id);
  // Beside the events: whole rows of links, seals and boxes of that scope, and of no other.
  for (const channel of [general, ben.account.selfChannel]) {
    const beside = await ben.engine.serverKeys({ ws: ben.ws, channel });
    for (const table of ["links", "seals"]) expect(beside.map((row) => row.table)).toContain(table);
    const scope = channel === general ? ben.account.scopeOf(channel) : ben.account.me;
    for (const { table, columns } of beside) if (table !== "links") expect(columns.scope).toBe(scope);
    for (const { columns } of beside.filter(({ table }) => table === "links"))
      expect(columns.hash).toBe(toJson(ben.account.book.entries[Number(columns.n) - 1]?.stub.hash ?? new Uint8Array()));
  }
  const others = ana.engine.serverKeys({ ws: ana.ws, channel: ben.account.selfChannel });
  await expect(others).rejects.toMatchObject({ code: "may/not-found" });
  // Rows of one's own scope are one's own: nobody else is given them.
  const self = ben.account.selfChannel;
  const foreign = ana.engine.serverRows({ ws: ana.ws, channel: self, before: null, limit: 1 });
  await expect(foreign).rejects.toMatchObject({ code: "may/not-found" });
});
