// New root keys that nobody should get, and lost answers on the way to one that somebody should (D7, L3, L7).
import { expect, test } from "vitest";
import { equal } from "@/lib/base/bytes.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import { mintIdentity, mintPuk } from "@/lib/crypto/identity.ts";
import { mintSecret } from "@/lib/crypto/keys.ts";
import { sign, signPublic } from "@/lib/crypto/sign.ts";
import { latest } from "@/lib/proof/state.ts";
import { appendRaw, Branch, handOf } from "@/tests/hostile/crafter.ts";
import { cardFor } from "@/tests/hostile/keys.ts";
import { openStage, settled } from "@/tests/hostile/stage.ts";
import { linked } from "@/tests/linking.ts";
import { tryWords } from "@/tests/recovery-kit.ts";
import type { Actor } from "@/tests/world.ts";

const renewals = (actor: Actor) => `renewals:${actor.ws}` as const;
const rootOf = (by: Actor, of: Actor) => latest(by.account.state.users.get(of.account.me)?.rik ?? []);

/** A device of this person announces a root key that is not made on his app's way. */
async function announceRaw(actor: Actor): Promise<Uint8Array> {
  const fresh = mintSecret("rik");
  const rik = signPublic(fresh);
  await actor.account.book.sync();
  const act = { kind: "U", type: "root_renew", body: { rik } } as const;
  await appendRaw(actor, new Branch(actor).add(handOf(actor), act, { extra: (bytes) => sign("root", fresh, bytes) }));
  return rik;
}

test("D7 a stolen device asks: the others hear of it, and retiring it takes the request away from every admin", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const stolen = await linked(stage.world, ben, "phone");
  const before = rootOf(ana, ben);
  await stolen.engine.renewRoot({ ws: ben.ws, leaked: false });
  const { mine } = await ben.until(renewals(ben), (view) => view.mine !== null);
  expect(mine).toMatchObject({ here: false, device: stolen.account.keyring.device.id });
  const { requests } = await ana.until(renewals(ana), (view) => view.requests.length === 1);
  await ben.engine.retireDevice({ ws: ben.ws, device: stolen.account.keyring.device.id });
  await ana.until(renewals(ana), (view) => view.requests.length === 0, "no request");
  expect((await ben.until(renewals(ben), () => true)).mine).toBeNull();
  const root = requests[0]?.root ?? "";
  const asked = { ws: ana.ws, user: ben.account.me, root };
  await expect(ana.engine.approveRoot(asked)).rejects.toMatchObject({ code: "app/request-changed" });
  // Nor by an admin who looks away: the fold has forgotten it.
  const act = { kind: "W", type: "rekey", body: { user: ben.account.me, card: null, root: fromBase64(root) } } as const;
  const refused = appendRaw(ana, new Branch(ana).add(handOf(ana), act));
  await expect(refused).rejects.toMatchObject({ code: "proof/unknown-target" });
  expect(rootOf(ana, ben)).toEqual(before);
});

const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));

test("D7 a request replaced while the admin looks at it is not the one that he approves", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  await ben.engine.renewRoot({ ws: ben.ws, leaked: false });
  const { requests } = await ana.until(renewals(ana), (view) => view.requests.length === 1);
  const shown = requests[0]?.root ?? "";
  const other = await announceRaw(ben);
  await settled(ana, ben.account.state.n);
  const asked = { ws: ana.ws, user: ben.account.me, root: shown };
  await expect(ana.engine.approveRoot(asked)).rejects.toMatchObject({ code: "app/request-changed" });
  const now = await ana.until(renewals(ana), (view) => view.requests[0]?.root !== shown);
  expect(now.requests.map(({ root }) => root)).toEqual([toBase64url(other)]);
  expect(now.requests[0]?.check).not.toBe(requests[0]?.check);
});

test("L7 D7 an admin rekeys no owner, and a demoted one nobody, not even by a link that he held back", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const [ana, ben, cleo] = [0, 1, 2].map((i) => stage.player(i).actor) as [Actor, Actor, Actor];
  const cardOf = (user: Actor) => {
    const fake = mintIdentity();
    const puk = mintPuk(2);
    return cardFor(cleo, { user: user.account.me, puk: puk.public }, fake).card;
  };
  const rekey = (user: Actor) =>
    ({ kind: "W", type: "rekey", body: { user: user.account.me, card: cardOf(user), root: null } }) as const;
  await ana.engine.setRole({ ws: ana.ws, user: cleo.account.me, role: "admin" });
  await settled(cleo, ana.account.state.n);
  await expect(appendRaw(cleo, new Branch(cleo).add(handOf(cleo), rekey(ana)))).rejects.toMatchObject({
    code: "proof/no-right",
  });
  const refused = cleo.engine.createReturnLink({ ws: cleo.ws, user: ana.account.me });
  await expect(refused).rejects.toMatchObject({ code: "proof/no-right" });
  const held = new Branch(cleo).add(handOf(cleo), rekey(ben)).entries.at(-1);
  if (held === undefined) throw new TypeError("no link");
  await ana.engine.setRole({ ws: ana.ws, user: cleo.account.me, role: "member" });
  await settled(cleo, ana.account.state.n);
  await expect(appendRaw(cleo, new Branch(cleo).add(handOf(cleo), rekey(ben)))).rejects.toMatchObject({
    code: "proof/no-right",
  });
  // A server that puts the link of old behind all that came since shows a ledger that does not add up (L3).
  const { liar } = stage.player(1);
  const before = rootOf(ben, ben);
  liar.tellLedger([...ben.account.book.entries, held]);
  await ben.until(`workspace:${ben.ws}`, ({ stopped }) => stopped !== null, "a stop");
  expect(rootOf(ben, ben)).toEqual(before);
});

test("D7 L3 answers that are lost on the way leave one code: the one that the ledger knows", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben, liar } = stage.player(1);
  const words = await ben.engine.recoveryWords({ ws: ben.ws });
  await ben.engine.renewRoot({ ws: ben.ws, leaked: true });
  const { requests } = await ana.until(renewals(ana), (view) => view.requests.length === 1);
  // What the server did with the new code's batch this device does not hear, and then it is switched off.
  let lost = 0;
  const offline = () => {
    throw new Fault("net/offline");
  };
  liar.on("ledger.append", () => {
    lost += 1;
    liar.forge("ledger.read", offline);
    return offline();
  });
  await ana.engine.approveRoot({ ws: ana.ws, user: ben.account.me, root: requests[0]?.root ?? "" });
  const reset = (by: Actor) => by.account.state.users.get(ben.account.me)?.resetAt.length ?? 0;
  await ana.until(`workspace:${ana.ws}`, () => reset(ana) === 1, "the reset");
  expect(lost).toBe(1);
  expect(reset(ben)).toBe(0);
  await ben.stop();
  liar.honest();
  await ben.reload();
  const inForce = () => {
    const { rik } = ben.account.keyring;
    return rik !== null && equal(signPublic(rik), rootOf(ben, ben) ?? new Uint8Array());
  };
  await ben.until(`workspace:${ben.ws}`, inForce, "the new code");
  const fresh = await ben.engine.recoveryWords({ ws: ben.ws });
  expect(fresh).not.toEqual(words);
  const opened = await tryWords(fresh ?? [], ben);
  if (typeof opened === "string") throw new TypeError(opened);
  expect(opened.rik === null ? null : signPublic(opened.rik)).toEqual(rootOf(ben, ben));
  // One reset, not two: the second try found the first in the ledger.
  expect(reset(ben)).toBe(1);
});
