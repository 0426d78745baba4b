// MS-32 and 48, the part of linking: somebody stands at the mailbox, or has a photograph of the code; neither gets a key in or out.
import { expect, test } from "vitest";
import { mintDevice } from "@/lib/crypto/identity.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { mailboxOf, mintCode, openLetter, sealLetter } from "@/lib/crypto/mailbox/code.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { activeDevices } from "@/lib/proof/queries.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { formatCode, parseCode } from "@/lib/protocol/mailbox/code.ts";
import {
  LINK_SLOTS,
  linkOfferStructure,
  linkRequestStructure,
  linkResultStructure,
} from "@/lib/protocol/mailbox/letters.ts";
import { Liar } from "@/tests/hostile/liar.ts";
import { beliefs, openStage } from "@/tests/hostile/stage.ts";
import { codeOf, link } from "@/tests/linking.ts";
import type { Actor } from "@/tests/world.ts";

const inspect = (actor: Actor, code: string) => actor.engine.inspectLink({ ws: actor.ws, code });

/** The request of an attacker, with keys of his own, boxed as whoever knows the code can. */
function forgedRequest(code: string): string {
  const thief = mintDevice();
  const { r } = mintCode("link", [thief.public.sign, thief.public.kem]);
  const request = linkRequestStructure.encode({ v: 1, device: thief.public, r, name: "Ana’s new phone" });
  return toJson(sealLetter(mailboxOf("link", parseCode(code)), LINK_SLOTS.request, request));
}

test("MS-32 whoever stands at the mailbox can swap no keys, read no letter, and lead to no other account", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana, liar } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const liesToFresh = new Liar();
  const fresh = await stage.world.actor("Fresh", { wrap: liesToFresh.wrap });
  const before = beliefs(ana);
  const code = await codeOf(fresh);
  // The server, which has all that went over it and not the code: a letter under another key, in another slot, altered.
  const put = liesToFresh.sent.find(({ procedure }) => procedure === "mailbox.put");
  if (put === undefined) throw new TypeError("no letter");
  const { letter } = put.input as { letter: string };
  const bytes = fromJson(letter);
  const noise = toJson(randomBytes(2048));
  const flipped = toJson(bytes.map((byte, i) => (i === 500 ? byte ^ 1 : byte)));
  for (const forged of [noise, flipped]) {
    liar.on("mailbox.read", (answer) => ({ ...answer, letter: forged }));
    await expect(inspect(ana, code)).rejects.toMatchObject({ code: "link/swapped" });
  }
  // A letter of the same mailbox in the place of another is none.
  expect(openLetter(mailboxOf("link", parseCode(code)), LINK_SLOTS.offer, bytes)).toBe("crypto/cannot-open");
  // The server even knows the code, and puts keys of its own under it.
  liar.on("mailbox.read", (answer) => ({ ...answer, letter: forgedRequest(code) }));
  await expect(inspect(ana, code)).rejects.toMatchObject({ code: "link/swapped" });
  liar.honest();
  expect(beliefs(ana)).toEqual(before);
  // Toward the new device: an offer that says another root key, and a result that never came into the ledger.
  const mailbox = mailboxOf("link", parseCode(code));
  const { state, me } = ana.account;
  const account = {
    ws: ana.ws,
    user: me,
    rik: randomBytes(32),
    n: state.n,
    head: state.head,
    workspace: "Riverbend",
    person: "Ana",
  };
  const offer = toJson(sealLetter(mailbox, LINK_SLOTS.offer, linkOfferStructure.encode({ v: 1, account })));
  const at = { n: state.n, head: state.head };
  const result = toJson(sealLetter(mailbox, LINK_SLOTS.result, linkResultStructure.encode({ v: 1, at })));
  liesToFresh.on("mailbox.read", (answer, { slot }) => ({
    ...answer,
    letter: slot === LINK_SLOTS.offer ? offer : slot === LINK_SLOTS.result ? result : answer.letter,
  }));
  liesToFresh.forge("mailbox.put", () => ({ letters: 3, left: 60_000 }));
  await fresh.until("link", ({ joining }) => joining?.phase === "asked");
  await fresh.engine.confirmLink({});
  const failed = await fresh.until("link", ({ joining }) => joining?.phase === "failed");
  expect(failed.joining?.fault).toBe("link/not-added");
  expect(fresh.engine.accounts.size).toBe(0);
  expect(activeDevices(ana.account.state, me)).toHaveLength(1);
  // An account that the new device did come into, under a root key that it was told falsely: nothing is kept of it.
  liesToFresh.honest();
  liesToFresh.on("mailbox.read", (answer, { slot }) => {
    if (slot !== LINK_SLOTS.offer || answer.letter === null) return answer;
    const again = mailboxOf("link", parseCode(second));
    const content = openLetter(again, slot, fromJson(answer.letter));
    if (typeof content === "string") return answer;
    const honest = linkOfferStructure.parse(content).account;
    if (honest === null) return answer;
    const swapped = linkOfferStructure.encode({ v: 1, account: { ...honest, rik: randomBytes(32) } });
    return { ...answer, letter: toJson(sealLetter(again, slot, swapped)) };
  });
  const second = await codeOf(fresh);
  await expect(link(ana, fresh, second)).rejects.toThrow("link/other-account");
  expect(fresh.engine.accounts.size).toBe(0);
  stage.expectNoLeak(
    code,
    parseCode(code).toString(),
    ...[ana, ben].map(({ account: one }) => toJson(exposeSecret(one.keyring.device.secrets.kem))),
  );
});

test("MS-48 who photographs the code can add no device of his, and not have the new one join him unasked", async () => {
  await using stage = await openStage(["Ana", "Mallory"]);
  const { actor: ana, liar } = stage.player(0);
  const { actor: mallory } = stage.player(1);
  const fresh = await stage.world.actor("Fresh");
  const code = await codeOf(fresh);
  // He cannot lay another request: the slot is written. Nor does what he shows Ana fit the code.
  const mailbox = mailboxOf("link", parseCode(code));
  await expect(
    mallory.transport.call("mailbox.put", { mailbox: mailbox.id, slot: 0, letter: forgedRequest(code) }, null),
  ).rejects.toMatchObject({ code: "may/letter-exists" });
  liar.on("mailbox.read", (answer) => ({ ...answer, letter: forgedRequest(code) }));
  await expect(inspect(ana, code)).rejects.toMatchObject({ code: "link/swapped" });
  liar.honest();
  // He is first with an account of his own: the new device says whose it is, and does nothing without a yes.
  await inspect(mallory, code);
  await mallory.engine.approveLink({ ws: mallory.ws });
  const asked = await fresh.until("link", ({ joining }) => joining?.phase === "asked");
  expect(asked.joining?.account?.person).toBe("Mallory");
  expect(fresh.engine.accounts.size).toBe(0);
  await expect(inspect(ana, code)).rejects.toMatchObject({ code: "may/letter-exists" });
  await fresh.engine.cancelLink({});
  await mallory.until("link", ({ adding }) => adding?.fault === "link/refused");
  for (const actor of [ana, mallory]) expect(activeDevices(actor.account.state, actor.account.me)).toHaveLength(1);
  // And a new code leads to Ana as if nothing had been.
  await link(ana, fresh, await codeOf(fresh));
  expect(fresh.account.me).toBe(ana.account.me);
});

test("MS-32 keys of small order are refused", async () => {
  await using stage = await openStage(["Ana"]);
  const { actor: ana } = stage.player(0);
  const real = mintDevice();
  for (const device of [
    { ...real.public, sign: new Uint8Array(32) },
    { ...real.public, kem: new Uint8Array(1216) },
    { ...real.public, sign: Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0)) },
  ]) {
    const { code, r } = mintCode("link", [device.sign, device.kem]);
    const mailbox = mailboxOf("link", code);
    const letter = toJson(
      sealLetter(mailbox, LINK_SLOTS.request, linkRequestStructure.encode({ v: 1, device, r, name: "x" })),
    );
    await ana.transport.call("mailbox.put", { mailbox: mailbox.id, slot: 0, letter }, null);
    await expect(inspect(ana, formatCode(code))).rejects.toMatchObject({
      code: "proof/bad-key",
    });
  }
});
