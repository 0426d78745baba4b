// MS-32 and D6: somebody lies in a recovery circle: a server, a helper, a clock, one who pretends to have lost everything.
import { expect, test } from "vitest";
import { Fault } from "@/lib/base/errors.ts";
import { mintId } from "@/lib/base/ids.ts";
import type { Api, Transport } from "@/lib/client/ports.ts";
import { choices, handShare, openCode, openShare } from "@/lib/crypto/circle/shares.ts";
import { type CircleShare, exposeSecret, mintSecret } from "@/lib/crypto/keys.ts";
import { mailboxOf, mintCode, openLetter, sealLetter } from "@/lib/crypto/mailbox/code.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { parseWords } from "@/lib/crypto/recovery.ts";
import { kemPublic, openBox } from "@/lib/crypto/seal.ts";
import { circleId, H } from "@/lib/proof/hash.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import {
  CIRCLE_SLOTS,
  circlePartStructure,
  circleRequestStructure,
  circleWordStructure,
} from "@/lib/protocol/mailbox/circle.ts";
import { formatCode, parseCode } from "@/lib/protocol/mailbox/code.ts";
import { BOX_BYTES } from "@/lib/protocol/room.ts";
import { accepted, asked, circle, confirmed, HOUR, outcome, readOut, Shifted } from "@/tests/circle-kit.ts";
import { Liar } from "@/tests/hostile/liar.ts";
import { linked } from "@/tests/linking.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";

type Helper = { readonly actor: Actor; readonly liar: Liar; readonly time: Shifted };
type Place = { world: World; time: Shifted; ana: Actor; helpers: Helper[]; words: string };

/** Ana with helpers, each behind a server that may lie to him alone and with a clock of his own; `time` is the server's. */
async function place(names: readonly string[], threshold: number): Promise<Place> {
  const time = new Shifted();
  const world = await startWorld({ clock: time });
  const ana = await world.founder("Ana");
  const helpers: Helper[] = [];
  for (const name of names) {
    const liar = new Liar();
    const own = new Shifted();
    helpers.push({ actor: await world.invited(ana, name, { wrap: liar.wrap, clock: own }), liar, time: own });
  }
  const words = await confirmed(ana);
  await ana.until(`workspace:${ana.ws}`, ({ people }) => people.every(({ name }) => name !== ""));
  await circle(
    ana,
    words,
    helpers.map(({ actor }) => actor),
    threshold,
  );
  return { world, time, ana, helpers, words };
}

/** A day later, by all clocks. */
function aDayLater({ time, helpers }: Place): void {
  for (const clock of [time, ...helpers.map((one) => one.time)]) clock.shift += 24 * HOUR + 60_000;
}

const view = (actor: Actor) => `circle:${actor.ws}` as const;
const nth = <T>(list: readonly T[], i: number): T => {
  const found = list[i];
  if (found === undefined) throw new TypeError(`no ${i}`);
  return found;
};

/** Changes what a helper lays into a slot: a helper who has altered his client. */
function corrupt(liar: Liar, slot: number, change: (content: Uint8Array) => Uint8Array, code: () => string): void {
  const honest = liar.call;
  const call: Transport["call"] = async (procedure, input, token, signal) => {
    const put = input as Api["circle.put"]["input"];
    if (procedure !== "circle.put" || put.slot !== slot) return await honest(procedure, input, token, signal);
    const mailbox = mailboxOf("circle", parseCode(code()));
    const content = openLetter(mailbox, slot, fromJson(put.letter), LIMITS.circleLetterBytes);
    if (typeof content === "string") throw new TypeError(content);
    const letter = toJson(sealLetter(mailbox, slot, change(content), LIMITS.circleLetterBytes));
    return await honest(procedure, { ...put, letter } as never, token, signal);
  };
  liar.call = call;
}

test("D6 a share withheld: a helper whose part is kept from him, or is another, learns it before he promises anything", async () => {
  const all = await place(["Ben", "Cleo"], 2);
  await using _ = all.world;
  const { actor: ben, liar } = nth(all.helpers, 0);
  const asker = await all.world.actor("Asker");
  const lies: ((answer: Api["circle.keys"]["output"]) => unknown)[] = [
    (answer) => ({ ...answer, seals: [] }),
    (answer) => ({ ...answer, boxes: [] }),
    (answer) => ({ ...answer, seals: answer.seals.map((row) => ({ ...row, ct: toJson(randomBytes(1168)) })) }),
  ];
  for (const lie of lies) {
    liar.on("circle.keys", lie);
    const code = await readOut(asker);
    await ben.engine.inspectAsk({ ws: ben.ws, code });
    const me = all.ana.account.me;
    await expect(ben.engine.acceptAsk({ ws: ben.ws, user: me })).rejects.toMatchObject({ code: "circle/withheld" });
  }
  expect(ben.account.circle.items).toEqual([]);
  expect(ben.account.registers.circles()).toEqual([]);
  liar.honest();
  // The same at the end of the day: nothing is handed over, and it can be tried again.
  const ask = await asked(asker, ben, all.ana.account.me);
  aDayLater(all);
  liar.on("circle.keys", (answer) => ({ ...answer, seals: [] }));
  await expect(ben.engine.givePart({ ws: ben.ws, ask })).rejects.toMatchObject({ code: "circle/withheld" });
  liar.honest();
  await ben.engine.givePart({ ws: ben.ws, ask });
  await outcome(asker, "Ben", ({ phase }) => phase === "given");
}, 60_000);

test("D6 a share forged: the helper is named, his part passed over, and the others suffice", async () => {
  const all = await place(["Ben", "Cleo", "Dan", "Eve"], 2);
  await using _ = all.world;
  const [ben, cleo, dan, eve] = [0, 1, 2, 3].map((i) => nth(all.helpers, i));
  if (ben === undefined || cleo === undefined || dan === undefined || eve === undefined) throw new TypeError("four");
  const me = all.ana.account.me;
  const asker = await all.world.actor("Asker");
  let code = await readOut(asker);
  const bens = await accepted(ben.actor, code, me);
  const benCode = code;
  // Ben hands over another part than the circle names, well sealed to the asker.
  const request = async (shown: string) => {
    const mailbox = mailboxOf("circle", parseCode(shown));
    const { letter } = await all.ana.transport.call("mailbox.read", { mailbox: mailbox.id, slot: 0 }, null);
    const content = openLetter(mailbox, 0, fromJson(letter ?? ""));
    if (typeof content === "string") throw new TypeError(content);
    return { mailbox, kem: circleRequestStructure.parse(content).kem };
  };
  const { mailbox, kem } = await request(benCode);
  const own = { ws: all.ana.ws, user: me, ...nthCircle(all.ana, me) };
  const lie = handShare(own, ben.actor.account.me, { mailbox: mailbox.id, kem }, mintSecret("circle-share"));
  corrupt(
    ben.liar,
    CIRCLE_SLOTS.part,
    (content) => {
      const { part, ...rest } = circlePartStructure.parse(content);
      return circlePartStructure.encode({ ...rest, part: part === null ? null : { ...part, seal: lie } });
    },
    () => benCode,
  );
  // Eve tells of a circle of her own making, in which her part is good and she knows all the others.
  code = await readOut(asker);
  const eveCode = code;
  corrupt(
    eve.liar,
    CIRCLE_SLOTS.word,
    (content) => {
      const word = circleWordStructure.parse(content);
      const helpers = word.account.helpers.map((one) => ({ ...one, hash: randomBytes(32) }));
      return circleWordStructure.encode({ ...word, account: { ...word.account, helpers } });
    },
    () => eveCode,
  );
  await eve.actor.engine.inspectAsk({ ws: eve.actor.ws, code });
  await eve.actor.engine.acceptAsk({ ws: eve.actor.ws, user: me });
  const cleos = await asked(asker, cleo.actor, me);
  expect(await outcome(asker, "Eve", ({ phase }) => phase === "failed")).toMatchObject({ fault: "circle/differs" });
  aDayLater(all);
  await ben.actor.engine.givePart({ ws: ben.actor.ws, ask: bens });
  expect(await outcome(asker, "Ben", ({ phase }) => phase === "failed")).toMatchObject({ fault: "circle/forged" });
  await cleo.actor.engine.givePart({ ws: cleo.actor.ws, ask: cleos });
  await outcome(asker, "Cleo", ({ phase }) => phase === "given");
  await expect(asker.engine.openCircle({})).rejects.toMatchObject({ code: "circle/too-few" });
  const dans = await asked(asker, dan.actor, me);
  aDayLater(all);
  await dan.actor.engine.givePart({ ws: dan.actor.ws, ask: dans });
  await outcome(asker, "Dan", ({ phase }) => phase === "given");
  expect((await asker.engine.openCircle({})).words).toBe(all.words);
}, 60_000);

function nthCircle(actor: Actor, user: Actor["account"]["me"]) {
  const found = actor.account.state.users.get(user)?.circle;
  if (found === null || found === undefined) throw new TypeError("no circle");
  return found;
}

test("MS-29 D6 a clock days off: neither a helper's that jumps ahead nor a server's that lies makes him give early", async () => {
  const all = await place(["Ben", "Cleo"], 2);
  await using _ = all.world;
  const { actor: ben, liar, time } = nth(all.helpers, 0);
  const asker = await all.world.actor("Asker");
  const ask = await asked(asker, ben, all.ana.account.me);
  const refused = () =>
    expect(ben.engine.givePart({ ws: ben.ws, ask })).rejects.toMatchObject({ code: "circle/too-early" });
  await refused();
  // The server claims that days have passed: the helper's own clock says no.
  liar.on("sync.state", (answer) => ({ ...answer, now: answer.now + 30 * 24 * HOUR }));
  await refused();
  liar.honest();
  // The helper's clock is put three days ahead: the server's says no, and the screen's word alone gives nothing.
  time.shift += 72 * HOUR;
  await refused();
  // It is put right again, a day behind where it began: from then on it counts anew.
  time.shift -= 96 * HOUR;
  await refused();
  all.time.shift += 25 * HOUR;
  await refused();
  time.shift += 25 * HOUR;
  await ben.engine.givePart({ ws: ben.ws, ask });
  await outcome(asker, "Ben", ({ phase }) => phase === "given");
}, 60_000);

test("D6 the veto counts to the last moment; a server that keeps it back can keep only the whole record back", async () => {
  const all = await place(["Ben", "Cleo"], 2);
  await using _ = all.world;
  const { actor: ben, liar } = nth(all.helpers, 0);
  const phone = await linked(all.world, all.ana, "phone");
  const thief = await all.world.actor("Thief");
  const ask = await asked(thief, ben, all.ana.account.me);
  await phone.until(view(phone), ({ asks }) => asks.length === 1);
  aDayLater(all);
  // No frame tells Ben of it: he looks himself before he gives.
  liar.frames = () => [];
  await phone.engine.stopAsks({ ws: phone.ws });
  await expect(ben.engine.givePart({ ws: ben.ws, ask })).rejects.toMatchObject({ code: "circle/stopped" });
  const { helping } = await ben.until(view(ben), (one) => one.helping.every(({ state }) => state === "ended"));
  expect(helping[0]?.why).toBe("owner");
  await expect(ben.engine.givePart({ ws: ben.ws, ask })).rejects.toMatchObject({ code: "circle/no-request" });
  expect(liar.sent.filter(({ procedure }) => procedure === "circle.put")).toHaveLength(2);
  expect(await outcome(thief, "Ben", ({ phase }) => phase === "refused")).toMatchObject({ why: "owner" });
}, 60_000);

test("D6 as long as nobody could be told, the 24 hours do not begin", async () => {
  const all = await place(["Ben", "Cleo"], 2);
  await using _ = all.world;
  const { actor: ben, liar } = nth(all.helpers, 0);
  const asker = await all.world.actor("Asker");
  // The server takes no notice of it.
  liar.forge("events.append", () => {
    throw new Fault("net/offline");
  });
  await ben.engine.inspectAsk({ ws: ben.ws, code: await readOut(asker) });
  await ben.engine.acceptAsk({ ws: ben.ws, user: all.ana.account.me });
  const { helping } = await ben.until(view(ben), (one) => one.helping.length === 1);
  expect(helping[0]).toMatchObject({ begun: false, state: "waiting" });
  aDayLater(all);
  const ask = nth(helping, 0).ask;
  await expect(ben.engine.givePart({ ws: ben.ws, ask })).rejects.toMatchObject({ code: "circle/not-told" });
  liar.honest();
  ben.account.kick(mintId(fromJson(ben.account.workspaceScope)));
  await ben.until(view(ben), (one) => one.helping.every(({ begun }) => begun));
  await expect(ben.engine.givePart({ ws: ben.ws, ask })).rejects.toMatchObject({ code: "circle/too-early" });
  aDayLater(all);
  await ben.engine.givePart({ ws: ben.ws, ask });
  await outcome(asker, "Ben", ({ phase }) => phase === "given");
}, 60_000);

test("I13 D6 fewer helpers than suffice open nothing, with all that the server has: asserted on the derived secrets", async () => {
  const all = await place(["Ben", "Cleo", "Dan", "Eve"], 3);
  await using _ = all.world;
  const me = all.ana.account.me;
  const name = { ws: all.ana.ws, user: me, ...nthCircle(all.ana, me) };
  const shares = new Map<Actor["account"]["me"], CircleShare>();
  let boxes = new Uint8Array();
  for (const { actor } of all.helpers) {
    const answer = await actor.account.session.call("circle.keys", { user: me });
    expect(answer.seals).toHaveLength(1);
    const seed = actor.account.keyring.puk(1);
    if (seed === undefined) throw new TypeError("no seed");
    const share = openShare(name, { user: actor.account.me, gen: 1, seed }, fromJson(answer.seals[0]?.ct ?? ""));
    if (typeof share === "string") throw new TypeError(share);
    shares.set(actor.account.me, share);
    boxes = fromJson(answer.boxes[0]?.ct ?? "") as Uint8Array<ArrayBuffer>;
  }
  const code = parseWords(all.words);
  if (!("kind" in code)) throw new TypeError("no code");
  const secret = exposeSecret(code);
  expect(boxes).toHaveLength(4 * BOX_BYTES);
  expect(openCode(name, shares, boxes).map(exposeSecret)).toEqual([secret]);
  const users = name.helpers.map(({ user }) => user);
  for (const places of choices(4, 3)) {
    const some = new Map(places.map((i) => [nth(users, i), shares.get(nth(users, i)) as CircleShare]));
    expect(openCode(name, some, boxes).map(exposeSecret)).toEqual([secret]);
  }
  // Two, however they are put together: alone, doubled, with a part made up, or with another circle's.
  for (const places of [...choices(4, 2), ...choices(4, 1)]) {
    const held = places.map((i) => shares.get(nth(users, i)) as CircleShare);
    const few = new Map(places.map((i, at) => [nth(users, i), nth(held, at)]));
    expect(openCode(name, few, boxes)).toEqual([]);
    for (const missing of users.filter((user) => !few.has(user)))
      for (const made of [mintSecret("circle-share"), ...held])
        expect(openCode(name, new Map([...few, [missing, made]]), boxes)).toEqual([]);
    const fields = held.map(exposeSecret);
    for (const parts of [fields, [...fields, ...fields], [...fields, new Uint8Array(32)]])
      for (let at = 0; at < 4; at += 1) {
        const key = H("circle-box", fromJson(name.ws), fromJson(me), ...parts);
        for (const ad of [new Uint8Array(), circleId(name)])
          expect(openBox(key, ad, boxes.subarray(at * BOX_BYTES, (at + 1) * BOX_BYTES))).toBeNull();
      }
  }
  // Whoever is no helper gets neither boxes nor his nor another's part.
  const outsider = await all.world.invited(all.ana, "Outsider");
  await expect(outsider.account.session.call("circle.keys", { user: me })).rejects.toMatchObject({
    code: "may/not-found",
  });
  for (const { liar } of all.helpers)
    for (const one of [...shares.values()].map(exposeSecret)) expect(liar.leaks(one)).toEqual([]);
}, 60_000);

test("MS-32 MS-48 D6 a wrong code, a used one, and a key that somebody put in the asker's place", async () => {
  const all = await place(["Ben", "Cleo"], 2);
  await using _ = all.world;
  const { actor: ben, liar } = nth(all.helpers, 0);
  const { actor: cleo } = nth(all.helpers, 1);
  const liesToAsker = new Liar();
  const asker = await all.world.actor("Asker", { wrap: liesToAsker.wrap });
  const inspect = (actor: Actor, code: string) => actor.engine.inspectAsk({ ws: actor.ws, code });
  const code = await readOut(asker);
  await expect(inspect(ben, code.slice(0, -1))).rejects.toMatchObject({ code: "wire/bad-code" });
  const last = code.endsWith("0") ? "1" : "0";
  await expect(inspect(ben, code.slice(0, -1) + last)).rejects.toMatchObject({ code: "circle/code-gone" });
  // The server knows the code even, and puts a key of its own under it, with any r it likes.
  const thief = kemPublic(mintSecret("circle-kem"));
  const mailbox = mailboxOf("circle", parseCode(code));
  for (const r of [randomBytes(32), mintCode("circle", [thief]).r]) {
    const request = circleRequestStructure.encode({ v: 1, kem: thief, r });
    liar.on("mailbox.read", (answer) => ({ ...answer, letter: toJson(sealLetter(mailbox, 0, request)) }));
    await expect(inspect(ben, code)).rejects.toMatchObject({ code: "circle/swapped" });
  }
  liar.on("mailbox.read", (answer) => ({ ...answer, letter: toJson(randomBytes(2048)) }));
  await expect(inspect(ben, code)).rejects.toMatchObject({ code: "circle/swapped" });
  liar.honest();
  // A key of small order that the code was even made of.
  const flat = new Uint8Array(1216);
  const bad = mintCode("circle", [flat]);
  const odd = mailboxOf("circle", bad.code);
  const letter = toJson(sealLetter(odd, 0, circleRequestStructure.encode({ v: 1, kem: flat, r: bad.r })));
  await ben.transport.call("mailbox.put", { mailbox: odd.id, slot: 0, letter }, null);
  await expect(inspect(ben, formatCode(bad.code))).rejects.toMatchObject({ code: "proof/bad-key" });
  // Nothing of all this began anything; the true code serves one helper once.
  await expect(ben.engine.acceptAsk({ ws: ben.ws, user: all.ana.account.me })).rejects.toMatchObject({
    code: "circle/no-request",
  });
  const ask = await accepted(ben, code, all.ana.account.me);
  await expect(inspect(ben, code)).rejects.toMatchObject({ code: "circle/code-used" });
  await inspect(cleo, code);
  await expect(cleo.engine.acceptAsk({ ws: cleo.ws, user: all.ana.account.me })).rejects.toMatchObject({
    code: "circle/code-used",
  });
  expect(cleo.account.circle.items).toEqual([]);
  // A letter that the server made up is told apart from a helper's.
  aDayLater(all);
  await ben.engine.givePart({ ws: ben.ws, ask });
  liesToAsker.on("circle.read", (answer, { slot }) =>
    slot === CIRCLE_SLOTS.part ? { letter: toJson(randomBytes(LIMITS.circleLetterBytes)) } : answer,
  );
  await outcome(asker, "Ben", ({ fault }) => fault === "circle/forged");
  for (const secret of [code.replaceAll(" ", ""), parseCode(code)])
    for (const one of [liar, liesToAsker]) expect(one.leaks(secret)).toEqual([]);
}, 60_000);
