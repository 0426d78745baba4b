// Verifying people over a real server: by number and by code, vouching, a changed key and what it stops (PROTOCOL A3, A4, L9, L10).
import { expect, test } from "vitest";
import type { UserId } from "@/lib/base/ids.ts";
import type { Person } from "@/lib/client/api.ts";
import { formatVerifyCode, parseVerifyCode } from "@/lib/protocol/verify/code.ts";
import { linked } from "@/tests/linking.ts";
import { renewRoot } from "@/tests/renewal.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

async function sees(actor: Actor, user: UserId, is: (person: Person) => boolean): Promise<Person> {
  const find = (people: readonly Person[]) => people.find((one) => one.id === user && is(one));
  const view = await actor.until(`workspace:${actor.ws}`, ({ people }) => find(people) !== undefined, "a standing");
  return find(view.people) as Person;
}

const me = (actor: Actor): UserId => actor.account.me;
const codeOf = async (shower: Actor, reader: Actor): Promise<string> =>
  (await shower.engine.verifyStart({ ws: shower.ws, user: me(reader) })).code;

/** The reader's camera reads the shower's screen. */
async function scans(reader: Actor, shower: Actor): Promise<{ freed: boolean }> {
  const text = await codeOf(shower, reader);
  return await reader.engine.verifyScan({ ws: reader.ws, user: me(shower), text });
}

test("A3 by number: the same sixty digits on both sides, two groups typed back, and a reload still knows", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  await sees(ana, me(ben), ({ trust }) => trust === "invite");
  const { groups } = await ben.engine.safetyNumber({ ws: ben.ws, user: me(ana) });
  expect(await ana.engine.safetyNumber({ ws: ana.ws, user: me(ben) })).toEqual({ groups });
  expect(groups.join("")).toMatch(/^\d{60}$/);
  const shown = await ana.engine.verifyStart({ ws: ana.ws, user: me(ben) });
  const [first, second] = shown.asked;
  expect(shown.groups.flatMap((group, i) => (group === null ? [i] : []))).toEqual([first, second]);
  for (const [i, group] of shown.groups.entries()) if (group !== null) expect(group).toBe(groups[i]);
  const heard = [groups[first] ?? "", groups[second] ?? ""] as const;
  const typed = (answer: readonly [string, string]) =>
    ana.engine.verifyTyped({ ws: ana.ws, user: me(ben), typed: answer });
  const wrong = (group: string) => `${(Number(group[0]) + 1) % 10}${group.slice(1)}`;
  expect(await typed([heard[0], wrong(heard[1])])).toBe(false);
  expect(await typed([wrong(heard[0]), heard[1]])).toBe(false);
  await sees(ana, me(ben), ({ trust }) => trust === "invite");
  expect(await typed([`${heard[0].slice(0, 2)} ${heard[0].slice(2)}`, heard[1]])).toBe(true);
  const verified = await sees(ana, me(ben), ({ trust }) => trust === "person");
  expect(verified.verifiedAt).toBeGreaterThan(0);
  await expect(typed(heard), "a try is good for once").rejects.toMatchObject({ code: "verify/not-started" });
  await ana.online();
  await ana.reload();
  await sees(ana, me(ben), ({ trust }) => trust === "person");
  // What Ana compared says nothing to Ben.
  await sees(ben, me(ana), ({ trust }) => trust === "invite");
});

test("A3 by code, both ways at once; every wrong code has its sentence and changes nothing", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  await sees(ana, me(cleo), () => true);
  await sees(ben, me(cleo), () => true);
  const read = (text: string) => ana.engine.verifyScan({ ws: ana.ws, user: me(ben), text });
  const good = await codeOf(ben, ana);
  const parts = parseVerifyCode(good);
  const twisted = (change: Partial<typeof parts>) => formatVerifyCode({ ...parts, ...change });
  const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 7 ? byte ^ 1 : byte));
  for (const [text, code] of [
    ["https://example.org/", "verify/not-a-code"],
    [good.replace(":1:", ":2:"), "verify/newer"],
    [good.slice(0, -4), "verify/not-a-code"],
    [await codeOf(ana, ben), "verify/own-code"],
    [await codeOf(cleo, ana), "verify/other-person"],
    [await codeOf(ben, cleo), "verify/not-for-me"],
    [twisted({ ws: `${parts.ws.slice(0, -2)}AA` as typeof parts.ws }), "verify/other-workspace"],
    [twisted({ n: parts.n + 7 }), "verify/behind"],
  ] as const)
    await expect(read(text)).rejects.toMatchObject({ code });
  expect(ana.account.notices.filter(({ code }) => code.startsWith("verify/"))).toEqual([]);
  expect(ana.account.outbox.entries().filter(({ content }) => content.k === "verified")).toEqual([]);
  await sees(ana, me(ben), ({ trust }) => trust === "invite");
  await expect(read(twisted({ own: flipped(parts.own) }))).rejects.toMatchObject({ code: "verify/keys-differ" });
  await expect(read(twisted({ theirs: flipped(parts.theirs) }))).rejects.toMatchObject({ code: "verify/keys-differ" });
  expect(ana.account.notices).toContainEqual(expect.objectContaining({ code: "verify/keys-differ", detail: me(ben) }));
  await expect(scans(ana, ben)).resolves.toEqual({ freed: false });
  await expect(scans(ben, ana)).resolves.toEqual({ freed: false });
  await sees(ana, me(ben), ({ trust }) => trust === "person");
  await sees(ben, me(ana), ({ trust }) => trust === "person");
  expect(
    ana.account.notices.filter(({ code }) => code === "verify/keys-differ"),
    "the warning ends",
  ).toEqual([]);
});

test("A4 vouching goes one step, for one key, and only by somebody compared in person", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "team", maxUses: 9, hours: 24 });
  const [ben, cleo, dora] = [
    await world.joins(link, "Ben"),
    await world.joins(link, "Cleo"),
    await world.joins(link, "Dora"),
  ];
  for (const one of [ana, ben, cleo]) await sees(one, me(dora), ({ name }) => name === "Dora");
  await expect(ben.engine.vouch({ ws: ben.ws, user: me(cleo), on: true })).rejects.toMatchObject({
    code: "verify/not-verified",
  });
  await scans(ben, cleo);
  await ben.engine.vouch({ ws: ben.ws, user: me(cleo), on: true });
  await sees(ben, me(cleo), ({ vouching }) => vouching);
  await scans(cleo, dora);
  await cleo.engine.vouch({ ws: cleo.ws, user: me(dora), on: true });
  await sees(cleo, me(dora), ({ vouching }) => vouching);
  await ana.until(
    `workspace:${ana.ws}`,
    () => ana.account.registers.vouch(me(cleo), me(dora)) !== undefined,
    "vouches",
  );
  await ana.until(`workspace:${ana.ws}`, () => ana.account.registers.vouch(me(ben), me(cleo)) !== undefined, "vouches");
  await sees(ana, me(cleo), ({ trust, vouchedBy }) => trust === "link" && vouchedBy.length === 0);
  await scans(ana, ben);
  await sees(ana, me(cleo), ({ trust, vouchedBy }) => trust === "vouched" && vouchedBy[0] === me(ben));
  // Cleo is only vouched for: her word counts for nothing here.
  await sees(ana, me(dora), ({ trust, vouchedBy }) => trust === "link" && vouchedBy.length === 0);
  // The word was about the former key.
  await renewRoot(cleo, ana);
  const changed = await sees(ana, me(cleo), ({ trust }) => trust === "changed");
  expect(changed.change).toMatchObject({ after: "vouched", waits: true, by: me(ana), why: "root-renew" });
  await sees(ben, me(cleo), ({ change }) => change?.after === "person");
  await scans(ben, cleo);
  await ben.engine.vouch({ ws: ben.ws, user: me(cleo), on: true });
  await sees(ana, me(cleo), ({ trust, change }) => trust === "vouched" && change?.waits === false);
  // Taken back.
  await ben.engine.vouch({ ws: ben.ws, user: me(cleo), on: false });
  await sees(ana, me(cleo), ({ trust, change }) => trust === "changed" && change?.waits === false);
});

test("A4 hard stop: after a compared key changed nothing is sealed for that DM until the person decides", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  await sees(ben, me(cleo), () => true);
  await scans(ben, cleo);
  const { channel: dm } = await ben.engine.startDm({ ws: ben.ws, users: [me(cleo)] });
  const { channel: free } = await ben.engine.startDm({ ws: ben.ws, users: [me(ana)] });
  await ben.say(dm, "before");
  await ben.online();
  const { n } = await renewRoot(cleo, ana);
  const person = await sees(ben, me(cleo), ({ trust }) => trust === "changed");
  expect(person.change).toMatchObject({ n, after: "person", waits: true, by: me(ana), why: "root-renew" });
  expect((await ben.until(`channel:${ben.ws}:${dm}`, ({ held }) => held.length > 0)).held).toEqual([me(cleo)]);
  const line = await ben.until(`timeline:${ben.ws}:${dm}`, ({ items }) => items.some((item) => item.t === "system"));
  expect(line.items).toContainEqual(
    expect.objectContaining({
      t: "system",
      what: "key-changed",
      subject: me(cleo),
      actor: me(ana),
      text: "root-renew",
    }),
  );
  const { id } = await ben.engine.sendMessage({ ws: ben.ws, channel: dm, text: "are you there?", files: [] });
  await ben.account.outbox.flush(dm);
  // Elsewhere it goes on, public channels with her in them too.
  await ben.say(free, "to Ana");
  await ben.say((await ben.channel("general")).id, "to everybody");
  expect(ben.account.outbox.get(id)).toMatchObject({ sealed: null, sent: false, pos: null });
  await ben.reload();
  await ben.until(`workspace:${ben.ws}`, ({ connection }) => connection === "online", "being online");
  await ben.account.outbox.flush(dm);
  expect(ben.account.outbox.get(id)).toMatchObject({ sealed: null, sent: false });
  // For Ana, who never compared anything, the same change is grey and stops nothing.
  const grey = await sees(ana, me(cleo), ({ trust }) => trust === "changed");
  expect(grey.change).toMatchObject({ after: null, waits: false });
  await ben.engine.acceptKey({ ws: ben.ws, user: me(cleo) });
  await cleo.reads(dm, "are you there?");
  const accepted = await sees(ben, me(cleo), ({ change }) => change?.waits === false);
  expect(accepted, "still red, and still not verified").toMatchObject({ trust: "changed" });
  await scans(ben, cleo);
  await sees(ben, me(cleo), ({ trust }) => trust === "person");
  await renewRoot(cleo, ana);
  await sees(ben, me(cleo), ({ change }) => change?.waits === true);
});

test("A4 what was compared on one device holds on the others: they know, and they stop", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const cleo = await world.invited(ana, "Cleo");
  await sees(ben, me(cleo), () => true);
  const { channel: dm } = await ben.engine.startDm({ ws: ben.ws, users: [me(cleo)] });
  await ben.say(dm, "before");
  await scans(ben, cleo);
  await ben.online();
  const phone = await linked(world, ben, "Ben's phone");
  await sees(phone, me(cleo), ({ trust }) => trust === "person");
  await renewRoot(cleo, ana);
  await sees(phone, me(cleo), ({ change }) => change?.waits === true);
  const { id } = await phone.engine.sendMessage({ ws: phone.ws, channel: dm, text: "from the phone", files: [] });
  await phone.account.outbox.flush(dm);
  expect(phone.account.outbox.get(id)).toMatchObject({ sealed: null, sent: false });
  // Verified anew on the first device, the second sends by itself.
  await scans(ben, cleo);
  await cleo.reads(dm, "from the phone");
});

test("A3 a code from before a renewal is called old, not a swap", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const before = await codeOf(ben, ana);
  await renewRoot(ben, ana);
  await expect(ana.engine.verifyScan({ ws: ana.ws, user: me(ben), text: before })).rejects.toMatchObject({
    code: "verify/old-code",
  });
  const started = await ana.engine.verifyStart({ ws: ana.ws, user: me(ben) });
  await renewRoot(ben, ana);
  await expect(
    ana.engine.verifyTyped({ ws: ana.ws, user: me(ben), typed: ["00000", "00000"] }),
    "a number that changed between reading and typing",
  ).rejects.toMatchObject({ code: "verify/not-started" });
  expect(started.groups).toHaveLength(12);
  expect(ana.account.notices.filter(({ code }) => code === "verify/keys-differ")).toEqual([]);
});

test("A3 the workspace number is one for everybody, and the longest-standing owner's", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const mine = await ana.engine.workspaceNumber({ ws: ana.ws });
  expect(mine.owner).toBe(me(ana));
  expect(mine.groups).toHaveLength(12);
  expect(await ben.engine.workspaceNumber({ ws: ben.ws })).toEqual(mine);
  expect(mine.groups).not.toEqual((await ben.engine.safetyNumber({ ws: ben.ws, user: me(ana) })).groups);
});
