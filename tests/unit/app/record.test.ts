// The record of changes in words: every type of link has its sentence, void ones their reason, hidden ones no content (L2, L5).
import { beforeAll, expect, test } from "vitest";
import { deviceMark, type EntryLine, sentenceOf, type Teller } from "@/app/_frame/record/sentence.ts";
import { record } from "@/app/_words/en/safety/record.ts";
import type { UserId } from "@/lib/base/ids.ts";
import { lineAt, linesBefore } from "@/lib/client/view/ledger/lines.ts";
import type { LedgerSource } from "@/lib/client/view/ledger/source.ts";
import { BODIES, type LinkAct, parseLink } from "@/lib/protocol/link.ts";
import { Book, inChain, memberAct, type Person, roleAct, scopeAct } from "@/tests/ledger-kit.ts";

const ALL = { theme: null, user: null } as const;
const list = (names: readonly string[]) => names.join(" and ");

/** The kit's ledger as a view reads it; `hide` takes bodies away, as for one who is not in. */
function sourceOf(book: Book, hide: (n: number) => boolean = () => false): LedgerSource {
  const entries = book.entries.map((entry, i) => (hide(i + 1) ? { stub: entry.stub, link: null } : entry));
  return {
    state: book.state,
    entries,
    linkAt: (n) => {
      const bytes = entries[n - 1]?.link?.bytes;
      return bytes === undefined ? undefined : parseLink(bytes);
    },
    nameOf: (channel) => (book.state.channels.has(channel) ? "general" : "legal"),
  };
}

/** Who is who; a person that nobody named is a mistake of the test or of the view. */
function tellerOf(people: readonly Person[]): Teller {
  const names = new Map<UserId, string>(people.map(({ user, name }) => [user, name === "founder" ? "Ana" : name]));
  return { words: record, nameOf: (user) => names.get(user) ?? "???", list };
}

type Say = (told: string) => void;

/** What people did to the workspace and to each other, and how it is told. */
function workspaceDays(book: Book, say: Say): { ben: Person; cleo: Person } {
  const ana = book.founder;
  say(
    "Ana founded the workspace: only admins make invites and members create channels and protocol version 1 or later and sealing method 1 or later.",
  );
  const instant = book.invite(ana, { maxUses: 2 });
  say("Ana made an invite link for up to 2 people as a member.");
  const ben = book.mint.person("Ben");
  book.add(ben, book.joinAct(ben, instant), book.joinTwist(instant));
  say("Ben joined, by an invite link of Ana.");
  const approved = book.invite(ana, { mode: "approval", maxUses: 2, role: "guest" });
  say("Ana made an invite link for up to 2 people as a guest, to be let in by an admin.");
  const cleo = book.mint.person("Cleo");
  book.add(ana, book.addAct(cleo, approved));
  say("Ana let Cleo in, by an invite link of Ana.");
  book.add(ana, roleAct(cleo, "member"));
  say("Ana made Cleo a member, who was a guest before.");
  book.add(ana, { kind: "W", type: "invite_close", body: { invite: instant.id } });
  say("Ana closed an invite link of their own.");
  book.rotate(ana);
  say("Ana made the first key of the workspace’s channels.");
  const general = book.channel(ben);
  say("Ben created #general.");
  book.add(ana, { kind: "W", type: "channel_policy", body: { channel: general, post: "admins", retentionDays: 90 } });
  say("Ana changed the rules of #general: only admins write and messages are deleted after 90 days.");
  book.add(ana, { kind: "W", type: "channel_archive", body: { channel: general } });
  say("Ana archived #general.");
  book.add(ana, {
    kind: "W",
    type: "policy_set",
    body: { invites: "members", channels: "admins", minVersion: 1, minSuite: 1 },
  });
  say(
    "Ana changed the rules of the workspace: members make invites too and only admins create channels and protocol version 1 or later and sealing method 1 or later.",
  );
  book.add(ana, { kind: "W", type: "release", body: { version: "1.4.0", fingerprint: book.mint.bytes() } });
  say("Ana named version 1.4.0 of Tacit as the one this workspace uses.");
  return { ben, cleo };
}

/** What people did to their own devices and keys. */
function deviceDays(book: Book, ben: Person, say: Say): void {
  const spare = book.device(ben);
  say(`Ben added a device, ${deviceMark(spare.id)}.`);
  book.add(ben, book.revokeAct(ben, spare));
  say(`Ben removed their device ${deviceMark(spare.id)} and took a new key of their own.`);
  book.rotate(book.founder);
  say("Ana changed the key of the workspace’s channels, now number 2, because a device of Ben was removed.");
  book.rotate(book.founder);
  say("Ana renewed the key of the workspace’s channels, now number 3.");
  const helpers = [{ user: book.founder.user, hash: book.mint.bytes() }];
  book.try(ben, { kind: "U", type: "circle_set", body: { threshold: 2, helpers } });
  say("Ben chose a recovery circle: any 2 of Ana.");
  book.try(ben, { kind: "U", type: "circle_set", body: { threshold: 0, helpers: [] } });
  say("Ben ended their recovery circle.");
  book.try(ben, { kind: "U", type: "recovery_set", body: { recovery: book.mint.recovery() } });
  say("Ben set a recovery code; one from before no longer counts.");
  book.announceRoot(ben);
  say("Ben renewed their identity key. It counts once an admin confirms it.");
  book.try(book.founder, { kind: "W", type: "rekey", body: { user: ben.user, card: null, root: book.mint.bytes() } });
  say("Ana confirmed the renewed identity key of Ben.");
  book.try(ben, book.resetAct(ben, [ben.device]));
  say(`Ben started again with the recovery code: only device ${deviceMark(ben.device.id)} counts from here on.`);
}

/** What happened in private places, and who came and went. */
function privateDays(book: Book, { ben, cleo }: { ben: Person; cleo: Person }, say: Say): void {
  const ana = book.founder;
  const room = book.room(ana, [ben], { history: "since-join" });
  say("Ana created #legal, private, with Ben: newcomers read only what follows.");
  const dm = book.room(ana, [ben], { kind: "dm" });
  say("Ana started a direct message with Ben.");
  book.rotate(ana, dm);
  say("Ana made the first key of the direct message with Ben.");
  const add = (act: LinkAct) => book.add(ana, act, inChain(room));
  add(scopeAct("scope_add", cleo));
  say("Ana added Cleo to #legal.");
  add({ kind: "C", type: "scope_role", body: { user: cleo.user, role: "manager" } });
  say("Ana made Cleo a manager of #legal.");
  add({ kind: "C", type: "scope_policy", body: { adds: "members", post: "managers", retentionDays: null } });
  say("Ana changed the rules of #legal: members add people and only managers write and messages are kept.");
  add(scopeAct("scope_remove", cleo));
  say("Ana removed Cleo from #legal.");
  const { anew, act } = book.rekeyAct(ben);
  book.add(ana, act);
  say("Ana let Ben start again with new keys.");
  add(scopeAct("scope_readmit", anew));
  say("Ana let Ben back into #legal, with their new key.");
  add({ kind: "C", type: "scope_archive", body: {} });
  say("Ana archived #legal.");
  book.remove(ana, cleo);
  say("Ana removed Cleo from the workspace.");
  book.add(ana, memberAct("member_restore", cleo));
  say("Ana let Cleo back into the workspace, with the same keys as before.");
  book.add(cleo, memberAct("member_remove", cleo));
  say("Cleo left the workspace.");
}

async function everything() {
  const book = await Book.found();
  const told = new Map<number, string>();
  const say: Say = (words) => void told.set(book.entries.length, words);
  const people = workspaceDays(book, say);
  deviceDays(book, people.ben, say);
  privateDays(book, people, say);
  return { book, told, people: [book.founder, people.ben, people.cleo] };
}

let made: Awaited<ReturnType<typeof everything>>;
beforeAll(async () => {
  made = await everything();
});

test("every type of link has a sentence, and each one is told", () => {
  const types = new Set(Object.values(BODIES).flatMap((bodies) => Object.keys(bodies)));
  expect(new Set(Object.keys(record.says))).toEqual(types);
  const source = sourceOf(made.book);
  const { lines } = linesBefore(source, ALL, null, 200);
  expect(new Set(lines.map((line) => (line.t === "entry" ? line.deed.type : "")))).toEqual(types);
});

test("a sentence says who did what to whom, where and why", () => {
  const source = sourceOf(made.book);
  const teller = tellerOf(made.people);
  const said = [...made.told.keys()].map((n) => [n, sentenceOf(lineAt(source, n) as EntryLine, teller)]);
  expect(said).toEqual([...made.told]);
  for (const [, words] of said) expect(words).not.toMatch(/undefined|null|\?\?\?|\.\./);
});

test("L5 a void entry keeps its line and says why it changed nothing", () => {
  const book = made.book.fork();
  const [ana, ben] = made.people as [Person, Person];
  expect(book.try(ben, roleAct(ana, "guest"))).not.toBeNull();
  const source = sourceOf(book);
  const n = book.entries.length;
  const line = lineAt(source, n);
  expect(line).toMatchObject({ void: book.state.voids.at(-1)?.code, actor: ben.user });
  expect(sentenceOf(line as EntryLine, tellerOf(made.people))).toBe("Ben made Ana a guest, who was an owner before.");
  expect(linesBefore(source, ALL, null, 1).lines[0]).toMatchObject({ n, void: line?.void });
});

test("L2 hidden entries fold into one line with their count, and only where nothing is chosen", () => {
  const last = made.book.entries.length;
  const isPrivate = (n: number) => made.book.entries[n - 1]?.stub.kind === "C";
  const source = sourceOf(made.book, isPrivate);
  const { lines } = linesBefore(source, ALL, null, 200);
  const hidden = lines.filter((line) => line.t === "hidden");
  const all = Array.from({ length: last }, (_, i) => i + 1);
  expect(hidden.reduce((sum, line) => sum + line.count, 0)).toBe(all.filter(isPrivate).length);
  expect(lines.length).toBeLessThan(last);
  const covered = lines.flatMap((line) => (line.t === "hidden" ? all.slice(line.from - 1, line.n) : [line.n]));
  expect(covered.sort((a, b) => a - b)).toEqual(all);
  const people = linesBefore(source, { theme: "people", user: null }, null, 200).lines;
  expect(people.every((line) => line.t === "entry" && line.theme === "people")).toBe(true);
});

test("pages meet: whatever the page size, every line comes once and in order", () => {
  const source = sourceOf(made.book);
  const whole = linesBefore(source, ALL, null, 200).lines.map(({ n }) => n);
  for (const size of [1, 7]) {
    const got: number[] = [];
    let before: number | null = null;
    do {
      const page = linesBefore(source, ALL, before, size);
      got.push(...page.lines.map(({ n }) => n));
      before = page.next;
    } while (before !== null);
    expect(got).toEqual(whole);
  }
});
