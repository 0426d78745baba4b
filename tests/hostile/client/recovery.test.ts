// MS-33: what a server hands out for a recovery code counts only where the ledger names it; who is out opens nothing later.
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { openEpochSeal, openPreviousEpoch } from "@/lib/crypto/epoch.ts";
import { openPreviousPuk, openPukSeal } from "@/lib/crypto/identity.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { KeysAnswer } from "@/lib/protocol/sync.ts";
import { Liar } from "@/tests/hostile/liar.ts";
import { openStage } from "@/tests/hostile/stage.ts";
import type { Actor } from "@/tests/world.ts";

type Answer = KeysAnswer & { user: string };

async function confirmed(actor: Actor): Promise<string> {
  const words = (await actor.engine.recoveryWords({ ws: actor.ws })) ?? [];
  const answers = [1, 2, 3].map((index) => ({ index, word: words[index] ?? "" }));
  expect(await actor.engine.confirmRecovery({ ws: actor.ws, answers })).toBe(true);
  return words.join(" ");
}

test("MS-33 another's box, an older one, withheld seals or another's name recover nothing and change nothing", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const anas = await confirmed(ana);
  const first = await confirmed(ben);
  const liar = new Liar();
  const empty = await stage.world.actor("Ben again", { wrap: liar.wrap });
  const kept: Answer[] = [];
  const record = async (words: string) => {
    liar.on("keys.recovery", (answer) => {
      kept.push(answer as Answer);
      return answer;
    });
    await empty.engine.inspectRecovery({ words });
    liar.honest();
    const answer = kept.at(-1);
    if (answer === undefined) throw new TypeError("nothing recorded");
    return answer;
  };
  const foreign = await record(anas);
  const old = await record(first);
  await ben.engine.changeRecoveryCode({ ws: ben.ws, words: first });
  const words = await confirmed(ben);
  const { n } = ben.account.state;
  const roots = ({ boxes }: Answer) => boxes.filter(({ purpose }) => purpose === "root");
  const lies: [string, (answer: Answer) => Answer, string, string][] = [
    ["another's box", (answer) => ({ ...answer, boxes: roots(foreign) }), "recovery/bad-box", "root"],
    ["an older box", (answer) => ({ ...answer, boxes: roots(old) }), "recovery/bad-box", "root"],
    ["no box", (answer) => ({ ...answer, boxes: [] }), "recovery/bad-box", "root"],
    ["another's name", (answer) => ({ ...answer, user: foreign.user }), "recovery/bad-box", "person"],
    ["no seals", (answer) => ({ ...answer, seals: [] }), "recovery/withheld", "puk 1"],
    ["another's seals", (answer) => ({ ...answer, seals: foreign.seals }), "recovery/withheld", "puk 1"],
  ];
  for (const [what, lie, code, detail] of lies) {
    liar.on("keys.recovery", (answer) => lie(answer as Answer));
    const tried = empty.engine.recoverAccount({ words, ws: null, signOutOthers: true });
    await expect(tried, what).rejects.toMatchObject({ code, detail });
    liar.honest();
  }
  await ben.account.book.sync();
  expect(ben.account.state.n).toBe(n);
  expect(await empty.profile.storage.scan("ledger", { limit: 1 })).toEqual([]);
  expect(liar.leaks(words.slice(0, 30))).toEqual([]);
}, 60_000);

test("I2 D2 all that a signed-out device holds, with all that the server has, opens nothing later", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const words = await confirmed(ben);
  const input = { ws: ana.ws, kind: "private", topic: "", members: [] } as const;
  for (const history of ["full", "since-join"] as const) {
    const { channel } = await ana.engine.createChannel({ ...input, name: history, history });
    await ana.engine.addMember({ ws: ana.ws, channel, user: ben.account.me });
    await ana.say(channel as ChannelId, `in ${history}`);
    await ben.reads(channel as ChannelId, `in ${history}`);
  }
  const { account } = ben;
  const before = account.state;
  const { keyring } = account;
  const again = await stage.world.actor("Ben again");
  again.ws = (await again.engine.recoverAccount({ words, ws: null, signOutOthers: true })).ws;
  await again.online();
  const { state } = again.account;
  const { user, ws } = keyring;
  const puk = state.users.get(user)?.puks.at(-1)?.value;
  const own = before.users.get(user)?.puks.at(-1)?.value;
  if (puk === undefined || own === undefined) throw new TypeError("no PUK");
  expect(puk.gen).toBe(own.gen + 1);
  // What lies at the server for every member of these scopes, and for the code.
  const { seals, boxes } = await everything(again, ana);
  const seed = keyring.puk(own.gen);
  if (seed === undefined) throw new TypeError("no seed");
  const device = { to: "device", id: keyring.device.id, gen: 0, seed: keyring.device.secrets.kem } as const;
  const pukName = { ws, user, gen: puk.gen };
  for (const row of seals.filter(({ purpose }) => purpose === "puk"))
    expect(typeof openPukSeal({ ...pukName, pk: puk.pk }, row, device)).toBe("string");
  for (const row of boxes.filter((one) => one.purpose === "puk"))
    expect(typeof openPreviousPuk(pukName, seed, puk.pk, row)).toBe("string");
  let later = 0;
  for (const [scope, { epochs }] of state.scopes)
    for (const epoch of epochs.slice(before.scopes.get(scope)?.epochs.length ?? 0)) {
      later += 1;
      const name = { ws, scope, epoch: epoch.epoch, kc: epoch.kc };
      for (const row of seals.filter(({ purpose }) => purpose === "epoch"))
        for (const gen of [own.gen, puk.gen]) {
          const mine = { to: "user", id: user, gen, seed } as const;
          expect(typeof openEpochSeal(name, row, mine)).toBe("string");
        }
      // A box holds what came before; read the wrong way round it yields no later key either.
      const held = await account.rooms.known(scope, epoch.epoch - 1);
      if (held === undefined) throw new TypeError("the former key");
      for (const row of boxes.filter((one) => one.purpose === "prev"))
        expect(typeof openPreviousEpoch({ ws, scope, epoch: epoch.epoch }, held, epoch.kc, row)).toBe("string");
      expect(await account.rooms.known(scope, epoch.epoch)).toBeUndefined();
      expect(await again.account.rooms.known(scope, epoch.epoch)).toBeDefined();
    }
  expect(later).toBe(3);
}, 60_000);

/** Seals and boxes that the server has for these people in every scope, and beside their own keys. */
async function everything(...actors: readonly Actor[]): Promise<{ seals: SealRow[]; boxes: BoxRow[] }> {
  const answers: KeysAnswer[] = [];
  for (const { account } of actors) {
    answers.push(await account.session.call("keys.puk", {}));
    for (const [scope, { epochs }] of account.state.scopes)
      answers.push(await account.session.call("keys.read", { scope, from: 1, to: epochs.length }));
  }
  return { seals: answers.flatMap((one) => one.seals), boxes: answers.flatMap((one) => one.boxes) };
}
