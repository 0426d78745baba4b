// MS-30 and 31: a login's challenge used for other ends; an invite that leads elsewhere, a join shown again, a newcomer's keys replaced.
import { expect, test } from "vitest";
import { mintIdentity } from "@/lib/crypto/identity.ts";
import { openInvite, sealInviteBox } from "@/lib/crypto/invite.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { SIG_CONTEXTS, signedBytes, verifySignature } from "@/lib/proof/verify.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { type InviteBox, parseInviteFragment } from "@/lib/protocol/invite.ts";
import { parseLink } from "@/lib/protocol/link.ts";
import { loginBytes } from "@/lib/protocol/signed.ts";
import { Branch, handOf } from "@/tests/hostile/crafter.ts";
import { cardFor, inviteBehind, joinAct } from "@/tests/hostile/keys.ts";
import { Liar } from "@/tests/hostile/liar.ts";
import { beliefs, openStage, type Player, warned } from "@/tests/hostile/stage.ts";

const SECRET = "the miller's ledger";

type Login = { origin: string; challenge: string; nonce: string; sig: string; expires: number };

/** Makes an engine sign in once more; what it signed. */
async function signsIn({ actor, liar }: Player): Promise<Login> {
  const { session } = actor.account;
  session.forget(await session.token());
  await session.token();
  return liar.sent.findLast(({ procedure }) => procedure === "auth.login")?.input as Login;
}

test("MS-30 a login's challenge makes no signature that means anything else, here or elsewhere, or twice", async () => {
  await using stage = await openStage(["Ana"]);
  const { actor: ana, liar } = stage.player(0);
  const { sign } = ana.account.keyring.device.public;
  // What the server would like to have signed: the hash of a link, as it would be signed, or noise.
  const branch = new Branch(ana).add(handOf(ana), { kind: "W", type: "member_remove", body: { user: ana.account.me } });
  const wanted = branch.entries.at(-1);
  if (wanted?.link == null) throw new TypeError("no link");
  const seen: Login[] = [];
  const { session } = ana.account;
  session.forget(await session.token());
  for (const challenge of [wanted.stub.hash, signedBytes("link", wanted.link.bytes).slice(0, 32)]) {
    liar.on("auth.challenge", (answer) => ({ ...answer, challenge: toJson(challenge) }));
    // The real server gave no such challenge.
    await expect(session.token()).rejects.toMatchObject({ code: "may/bad-challenge" });
    seen.push(liar.sent.findLast(({ procedure }) => procedure === "auth.login")?.input as Login);
  }
  for (const login of seen) {
    const sig = fromJson(login.sig);
    const claim = { ...(login as never as Parameters<typeof loginBytes>[0]), nonce: fromJson(login.nonce) };
    const whole = loginBytes({ ...claim, challenge: fromJson(login.challenge) });
    // It does stand for the login that it is, so that the question is not an idle one.
    expect(verifySignature("auth", sign, whole, sig)).toBe(true);
    for (const bytes of [fromJson(login.challenge), wanted.link.bytes, whole])
      for (const context of SIG_CONTEXTS)
        expect(verifySignature(context, sign, bytes, sig), context).toBe(context === "auth" && bytes === whole);
  }
  // A challenge that is as long as a whole link is none.
  liar.on("auth.challenge", (answer) => ({ ...answer, challenge: toJson(wanted.link?.bytes ?? randomBytes(64)) }));
  const before = liar.count("auth.login");
  await expect(session.token()).rejects.toMatchObject({ code: "net/bad-answer" });
  expect(liar.count("auth.login")).toBe(before);
  // Used again, and carried to a server of another name: each is refused there.
  liar.honest();
  const used = await signsIn(stage.player(0));
  expect(used.origin).toBe(stage.world.origin);
  const bare = liar.inner;
  await expect(bare.call("auth.login", used as never, null)).rejects.toMatchObject({ code: "may/bad-challenge" });
  let relayed: unknown;
  liar.forge("auth.login", async (input) => {
    relayed = await bare.call("auth.login", { ...input, origin: "https://evil.example" }, null).catch((e) => e.code);
    return await bare.call("auth.login", input, null);
  });
  await signsIn(stage.player(0)).catch(() => undefined);
  expect(relayed).toMatch(/^may\//);
});

test("MS-31 an invite whose box leads to another inviter, workspace or history is refused, and nobody joins", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 3, hours: 1 });
  const fragment = `#${link.split("#")[1]}`;
  const invite = inviteBehind(ana, link);
  const { box } = await ana.account.session.transport.call("invites.open", { invite: invite.id }, null);
  const opened = openInvite(parseInviteFragment(fragment), box);
  if (typeof opened === "string") throw new TypeError(opened);
  const rikOf = (pk: Uint8Array | undefined) => pk ?? randomBytes(32);
  const benRik = rikOf(ana.account.state.users.get(ben.account.me)?.rik.at(-1)?.value);
  const before = beliefs(ana);
  const swaps: [Partial<InviteBox>, string][] = [
    [{ inviterId: ben.account.me, inviterRik: benRik, inviter: "Ben" }, "proof/invite-swapped"],
    [{ inviterRik: benRik }, "proof/invite-swapped"],
    [{ inviterId: ben.account.me }, "proof/invite-swapped"],
    [{ head: randomBytes(32) }, "proof/fork"],
    [{ n: opened.box.n + 1000 }, "proof/rollback"],
  ];
  const liar = new Liar();
  const newcomer = await stage.world.actor("Nina", { wrap: liar.wrap });
  const tries = async (): Promise<string[]> => {
    const codes: string[] = [];
    for (const attempt of [
      () => newcomer.engine.inspectInvite({ fragment }),
      () => newcomer.engine.joinWorkspace({ fragment, name: "Nina", avatar: null }),
    ])
      codes.push(
        await attempt().then(
          () => "let in",
          (thrown) => thrown.code,
        ),
      );
    return codes;
  };
  for (const [change, code] of swaps) {
    liar.on("invites.open", () => ({ box: sealInviteBox(invite, { ...opened.box, ...change }).ct }));
    expect(await tries(), Object.keys(change).join()).toEqual([code, code]);
  }
  liar.on("invites.open", () => ({ box: toJson(randomBytes(300)) }));
  expect(await tries()).toEqual(["wire/wrong-invite-secret", "wire/wrong-invite-secret"]);
  expect(liar.count("ledger.append")).toBe(0);
  expect(beliefs(ana)).toEqual(before);
  // Of an honest server the same link lets her in.
  liar.honest();
  expect((await newcomer.engine.joinWorkspace({ fragment, name: "Nina", avatar: null })).ws).toBe(ana.ws);
});

test("MS-31 a join shown again, or with other keys in the newcomer's place, makes nobody a member", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: cleo, liar } = stage.player(2);
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 3, hours: 1 });
  await cleo.until(`workspace:${cleo.ws}`, ({ position }) => position >= ana.account.state.n, "the invite");
  await ana.say(stage.general, SECRET);
  await cleo.reads(stage.general, SECRET);
  const before = beliefs(cleo, stage.general);
  const joined = cleo.account.book.entries.findLast((entry) => {
    return entry.link !== null && parseLink(entry.link.bytes).type === "member_join";
  });
  if (joined?.link == null) throw new TypeError("nobody joined");
  // The very link once more; the same card signed again into a new place by the server's own hand.
  liar.tellLedger(new Branch(cleo).put(joined).entries);
  expect(await warned(cleo, "proof/gap")).toMatchObject({ severity: "alarm" });
  expect(beliefs(cleo, stage.general)).toEqual(before);
  // The keys of a thief on a join for which the link's holder signed another card, and on one for which nobody signed.
  const invite = inviteBehind(ana, link);
  const { me: nina, card } = cardFor(cleo);
  const honest = joinAct(card, invite);
  const thief = cardFor(cleo, {}, mintIdentity());
  const extra = new Branch(cleo).sign(handOf(nina), honest.act, honest.twist).extra ?? new Uint8Array(64);
  const forged = { ...honest.act, body: { card: thief.card, invite: invite.id } } as typeof honest.act;
  for (const signature of [extra, randomBytes(64)]) {
    liar.tellLedger(new Branch(cleo).add(handOf(thief.me), forged, { extra: () => signature }).entries);
    expect(await warned(cleo, "proof/bad-signature")).toMatchObject({ severity: "alarm" });
    expect(beliefs(cleo, stage.general)).toEqual(before);
  }
  liar.tellLedger(new Branch(cleo).add(handOf(thief.me), honest.act, honest.twist).entries);
  await expect.poll(() => liar.count("ledger.read")).toBeGreaterThan(0);
  expect(beliefs(cleo, stage.general)).toEqual(before);
  stage.expectNoLeak(SECRET);
});
