// MS-38 and 45: a poisoned store and a lying member: nothing forged is believed, one liar stops nobody.
import { expect, test } from "vitest";
import type { Storage } from "@/lib/client/ports.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { craftEvent, message, nextPos, postRaw } from "@/tests/hostile/crafter.ts";
import { beliefs, openStage, refused, settled, stopped, warned } from "@/tests/hostile/stage.ts";

const SECRET = "behind the third stone";

async function rows(storage: Storage, table: string): Promise<{ key: string; value: Uint8Array }[]> {
  return await storage.scan(table, { limit: 10_000 });
}

test("MS-38 rows of the store that were altered or swapped are used by nothing, named, and fetched again", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  for (const text of ["one of three", "two of three", SECRET]) await ana.say(stage.general, text);
  await ben.reads(stage.general, SECRET);
  const before = beliefs(ben);
  const { storage } = ben.profile;
  const ledger = await rows(storage, "ledger");
  const events = (await rows(storage, "event")).filter(({ key }) => key.includes(stage.general));
  const [, second, third] = ledger;
  const [first, middle, last] = events;
  if (!second || !third || !first || !middle || !last) throw new TypeError("rows");
  await ben.stop();
  await storage.write([
    // Two links in each other's place, one event altered, another one in the place of a third.
    { op: "put", table: "ledger", key: second.key, value: third.value },
    { op: "put", table: "ledger", key: third.key, value: second.value },
    { op: "put", table: "event", key: first.key, value: first.value.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) },
    { op: "put", table: "event", key: middle.key, value: last.value },
  ]);
  await ben.reload();
  expect(await warned(ben, "store/damaged")).toMatchObject({ severity: "alarm" });
  await settled(ben, ana.account.state.n);
  await ben.online();
  expect(beliefs(ben)).toEqual(before);
  for (const text of ["one of three", "two of three", SECRET]) await ben.reads(stage.general, text);
  const view = await ben.until(`timeline:${ben.ws}:${stage.general}`, () => true);
  const texts = view.items.flatMap((item) => (item.t === "message" ? [item.text] : []));
  expect(texts).toEqual(["one of three", "two of three", SECRET]);
  await ben.say(stage.general, "and still here");
  await ana.reads(stage.general, "and still here");
  expect(liar.leaks(SECRET)).toEqual([]);
  // The list of accounts, or its keys: a loss that is said, never a fresh start over what is there (A5).
  const [list] = (await rows(storage, "account")).filter(({ key }) => key === "list");
  if (list === undefined) throw new TypeError("no list");
  await ben.stop();
  await storage.write([{ op: "put", table: "account", key: list.key, value: list.value.slice().reverse() }]);
  await ben.reload();
  await ben.until("session", ({ phase }) => phase === "keys-gone", "keys gone");
  await expect(
    ben.engine.joinWorkspace({ fragment: `#v1.${"A".repeat(22)}.${"A".repeat(43)}`, name: "Ben", avatar: null }),
  ).rejects.toMatchObject({ code: "store/vault-gone" });
  expect((await rows(storage, "event")).length).toBeGreaterThan(0);
});

test("MS-45 one member's lying gossip warns, and stops nobody", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const before = beliefs(ana, stage.general);
  const at = (n: number, head: Uint8Array) => ({ n, head });
  const lies = [
    at(ben.account.state.n, randomBytes(32)),
    at(1, randomBytes(32)),
    at(0, randomBytes(32)),
    at(2, ben.account.state.head),
  ];
  for (const lie of lies) await postRaw(ben, stage.general, await craftEvent(ben, stage.general, message("?"), lie));
  // From far ahead of any ledger: it waits, and asks the server no more than once each.
  const ahead = await craftEvent(ben, stage.general, message("??"), at(2 ** 40, randomBytes(32)));
  await postRaw(ben, stage.general, ahead);
  for (const reader of [ana, cleo]) {
    await refused(reader, stage.general, "proof/fork");
    const notice = await warned(reader, "proof/fork");
    expect(notice).toMatchObject({ severity: "alarm", detail: ben.account.me });
    await reader.until(`timeline:${reader.ws}:${stage.general}`, ({ items }) =>
      items.some((item) => item.t === "waiting" && item.id === ahead.fields.id),
    );
    expect(reader.account.book.stop).toBeNull();
    expect(reader.account.notices.filter(({ code }) => code === "proof/fork")).toHaveLength(1);
  }
  expect(beliefs(ana, stage.general)).toEqual(before);
  await ana.say(stage.general, SECRET);
  await cleo.reads(stage.general, SECRET);
  await cleo.say(stage.general, "we go on");
  await ana.reads(stage.general, "we go on");
  // After a restart the warning is still there, and still nothing stops.
  await ana.reload();
  expect(await warned(ana, "proof/fork")).toMatchObject({ detail: ben.account.me });
  await ana.online();
  expect(ana.account.book.stop).toBeNull();
  // He repeats himself as often as he likes: one voice. A second person's word is another matter.
  await postRaw(ben, stage.general, await craftEvent(ben, stage.general, message("?"), at(3, randomBytes(32))));
  await ana.say(stage.general, "still going on");
  expect(ana.account.book.stop).toBeNull();
  await postRaw(cleo, stage.general, await craftEvent(cleo, stage.general, message("!"), at(3, randomBytes(32))));
  await stopped(ana, "proof/fork");
  expect(nextPos(ana, stage.general)).toBeGreaterThan(1);
  stage.expectNoLeak(SECRET, "we go on and on");
});
