// SRV-04, SRV-05, SRV-06 where anybody may lay something down: mailboxes, letters of a recovery circle, what is given back after a restore.
import { describe, expect, onTestFinished, test } from "vitest";
import type { MailboxId } from "@/lib/base/ids.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { CIRCLE_SLOTS } from "@/lib/protocol/mailbox/circle.ts";
import { toEventJson, toLinkJson } from "@/lib/protocol/sync.ts";
import { Mailboxes } from "@/server/auth/mailboxes.ts";
import type { Limits } from "@/server/env.ts";
import type { Person } from "@/tests/ledger-kit.ts";
import { b64, freshId, ServerWorld } from "@/tests/server-kit.ts";

const letter = (bytes: number = LIMITS.letterBytes): string => b64(bytes);
const DAY_MS = 86_400_000;

async function founded(limits: Partial<Limits> = {}): Promise<ServerWorld> {
  const world = await ServerWorld.founded({ limits });
  onTestFinished(() => world.stop());
  return world;
}

describe("mailboxes", () => {
  test("SRV-04 mailboxes that one address opens; letters in those that stand are not among them", async () => {
    const world = await founded({ mailboxes: { burst: 2, perMinute: 1 } });
    const [one, two, three] = [freshId(), freshId(), freshId()];
    const open = async (mailbox: string) =>
      (await world.call("mailbox.put", { mailbox, slot: 0, letter: letter() })).fault;
    expect([await open(one), await open(two), await open(three)]).toEqual([null, null, "may/too-many"]);
    expect((await world.call("mailbox.put", { mailbox: one, slot: 1, letter: letter() })).fault).toBeNull();
    world.clock.at += 60_000;
    expect(await open(three)).toBeNull();
  });

  test("SRV-04 guesses at mailboxes, by reading and by writing", async () => {
    for (const guess of ["mailbox.read", "mailbox.put"] as const) {
      const world = await founded({ guesses: { burst: 3, perMinute: 1 } });
      const input = () => ({ mailbox: freshId(), slot: 1, ...(guess === "mailbox.put" ? { letter: letter() } : {}) });
      const faults: (string | null)[] = [];
      for (let i = 0; i < 5; i += 1) faults.push((await world.call(guess, input())).fault);
      // The workspace's own setup was a guess, too.
      expect(faults).toEqual(["may/no-mailbox", "may/no-mailbox", ...Array(3).fill("may/too-many")]);
    }
  });

  test("SRV-05 a slot is written once, in order, for ten minutes; of all mailboxes there are only so many", async () => {
    const world = await founded();
    const mailbox = freshId<"mailbox">();
    const put = async (slot: number, text: string) =>
      (await world.call("mailbox.put", { mailbox, slot, letter: text })).fault;
    const first = letter();
    expect([await put(0, first), await put(0, first)]).toEqual([null, null]);
    expect([await put(0, letter()), await put(2, letter())]).toEqual(["may/letter-exists", "may/no-mailbox"]);
    world.clock.at += LIMITS.mailboxMinutes * 60_000;
    expect((await world.call("mailbox.read", { mailbox, slot: 0 })).fault).toBe("may/no-mailbox");
    let now = 1;
    const all = new Mailboxes(() => now);
    const fill = () => all.put(freshId<"mailbox">() as MailboxId, 0, new Uint8Array(1));
    for (let i = 0; i < 4000; i += 1) fill();
    expect(fill()).toBe("may/too-many");
    now += LIMITS.mailboxMinutes * 60_000;
    expect(fill()).toMatchObject({ letters: 1 });
  });

  test("SRV-06 letters of another size, slots beyond the last", async () => {
    const world = await founded();
    for (const [slot, bytes] of [
      [0, LIMITS.letterBytes - 1],
      [0, LIMITS.letterBytes + 1],
      [LIMITS.mailboxSlots, LIMITS.letterBytes],
      [-1, LIMITS.letterBytes],
      [0, 20_000],
    ] as const) {
      const answer = await world.call("mailbox.put", { mailbox: freshId(), slot, letter: letter(bytes) });
      expect(answer.status, `${slot} ${bytes}`).toBe(bytes > 10_000 ? 413 : 400);
    }
  });
});

describe("letters of a recovery circle", () => {
  test("SRV-05 one person's letters are counted, and another's are not his affair", async () => {
    const world = await founded();
    const bob = await world.join("bob");
    const put = async (by: Person, mailbox: string, text: string) =>
      (await world.call("circle.put", { mailbox, slot: CIRCLE_SLOTS.word, letter: text }, await world.login(by))).fault;
    const [box, text] = [freshId(), letter(LIMITS.circleLetterBytes)];
    expect(await put(bob, box, text)).toBeNull();
    for (let i = 1; i < 100; i += 1) await put(bob, freshId(), letter(LIMITS.circleLetterBytes));
    expect(await put(bob, freshId(), letter(LIMITS.circleLetterBytes))).toBe("may/quota");
    expect(await put(bob, box, text), "the same again").toBeNull();
    expect(await put(world.book.founder, box, letter(LIMITS.circleLetterBytes))).toBe("may/letter-exists");
    expect(await put(world.book.founder, freshId(), letter(LIMITS.circleLetterBytes))).toBeNull();
  });

  test("SRV-04 SRV-06 strangers who read, letters of another size, slots that are none", async () => {
    const world = await founded({ strangers: { burst: 6, perMinute: 1 } });
    const token = await world.login(world.book.founder);
    for (const [slot, bytes] of [
      [0, LIMITS.circleLetterBytes],
      [CIRCLE_SLOTS.part + 1, LIMITS.circleLetterBytes],
      [CIRCLE_SLOTS.word, LIMITS.circleLetterBytes - 1],
      [CIRCLE_SLOTS.word, LIMITS.circleLetterBytes + 1],
    ] as const) {
      const input = { mailbox: freshId(), slot, letter: letter(bytes) };
      expect((await world.call("circle.put", input, token)).fault, `${slot} ${bytes}`).toBe("may/bad-body");
    }
    const faults: (string | null)[] = [];
    for (let i = 0; i < 8; i += 1)
      faults.push((await world.call("circle.read", { mailbox: freshId(), slot: CIRCLE_SLOTS.word })).fault);
    expect(faults[0]).toBeNull();
    expect(faults.at(-1)).toBe("may/too-many");
  });
});

describe("what is given back after a restore", () => {
  const rowsOf = (world: ServerWorld, by: Person, channel: string, count: number, bytes = 528) =>
    Array.from({ length: count }, (_, i) => {
      const { h, n, c } = toEventJson(world.event(by, channel as never, { bytes }));
      return { pos: i + 1, receivedAt: 1, h, n, c };
    });

  test("SRV-04 rows and links cost by their number, so that nobody fills the place in one breath", async () => {
    const world = await founded({ calls: { burst: 16, perMinute: 60 } });
    const { founder } = world.book;
    const channel = await world.channel();
    const token = await world.login(founder);
    world.clock.at += 60_000;
    expect((await world.call("restore.begin", {}, token)).fault).toBeNull();
    const give = async (count: number) =>
      (await world.call("restore.rows", { channel, rows: rowsOf(world, founder, channel, count) }, token)).fault;
    expect(await give(100)).toBeNull();
    expect(await give(100)).toBe("may/too-many");
    world.clock.at += 60_000;
    const link = toLinkJson(
      world.book.sign(founder, { kind: "W", type: "member_remove", body: { user: founder.user } }),
    );
    const links = Array.from({ length: 120 }, () => link);
    const offer = async () => (await world.call("restore.links", { after: world.head(1), links }, token)).fault;
    expect(await offer()).not.toBe("may/too-many");
    expect(await offer()).toBe("may/too-many");
  });

  test("SRV-05 a member's word stops nobody, and takes one stretch of places a day, not more", async () => {
    const world = await founded();
    const bob = await world.join("bob");
    const channel = await world.channel();
    const token = await world.login(bob);
    const one = (await world.call("restore.begin", {}, token)).data;
    expect(one.open).toBe(false);
    expect((await world.call("restore.begin", {}, token)).data.id).toBe(one.id);
    await world.write(world.book.founder, channel);
    world.clock.at += DAY_MS + 1;
    world.forget(bob.device);
    const later = await world.call("restore.begin", {}, await world.login(bob));
    expect(later.data.id).not.toBe(one.id);
  });

  test("SRV-06 lists beyond their caps, rows too large, bodies too large", async () => {
    const world = await founded();
    const { founder } = world.book;
    const channel = await world.channel();
    const token = await world.login(founder);
    await world.call("restore.begin", {}, token);
    const fault = async (place: "restore.rows" | "restore.missing" | "restore.links", input: object) =>
      (await world.call(place, input, token)).fault;
    const [row] = rowsOf(world, founder, channel, 1);
    const tooMany = rowsOf(world, founder, channel, LIMITS.eventsPerAppend + 1);
    expect(await fault("restore.rows", { channel, rows: tooMany })).toBe("may/bad-body");
    expect(await fault("restore.rows", { channel, rows: [] })).toBe("may/bad-body");
    expect(await fault("restore.rows", { channel, rows: [{ ...row, c: b64(LIMITS.eventBytes + 1) }] })).toBe(
      "may/bad-body",
    );
    expect(await fault("restore.rows", { channel, rows: [{ ...row, h: b64(513) }] })).toBe("may/bad-body");
    const held = Array.from({ length: LIMITS.eventsPerRead + 1 }, () => ({ id: freshId(), pos: 1 }));
    expect(await fault("restore.missing", { channel, held })).toBe("may/bad-body");
    expect(await fault("restore.missing", { channel, held: [{ id: freshId(), pos: -1 }] })).toBe("may/bad-body");
    const wide = Array.from({ length: 8000 }, () => ({ id: freshId(), pos: 1 }));
    expect((await world.call("restore.missing", { channel, held: wide }, token)).status).toBe(413);
    const link = toLinkJson(world.book.entries[0]!.link!);
    const links = Array.from({ length: LIMITS.batchLinks + 1 }, () => link);
    expect(await fault("restore.links", { after: world.head(1), links })).toBe("may/bad-body");
  });
});
