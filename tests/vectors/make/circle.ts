// Vectors of recovery circles: codes, parts, boxes of the code, seals, letters, what members hear (D6).
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { boxCode, handShare, sealShare, shareHash } from "@/lib/crypto/circle/shares.ts";
import { mintPuk } from "@/lib/crypto/identity.ts";
import { exposeSecret, mintSecret, secretFrom } from "@/lib/crypto/keys.ts";
import { mailboxOf, mintCode, sealLetter } from "@/lib/crypto/mailbox/code.ts";
import { kemPublic } from "@/lib/crypto/seal.ts";
import { type CircleName, circleId } from "@/lib/proof/hash.ts";
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import { encodeContent } from "@/lib/protocol/event.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { circlePartStructure, circleRequestStructure, circleWordStructure } from "@/lib/protocol/mailbox/circle.ts";
import { hex } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

function mintCircle(helpers: number, threshold: number) {
  const ws = mintId<"workspace">(some(32));
  const user = mintId<"user">(some(16));
  const people = Array.from({ length: helpers }, () => mintId<"user">(some(16)));
  const shares = people.map(() => mintSecret("circle-share"));
  const circle: CircleName = {
    ws,
    user,
    threshold,
    helpers: people.map((one, i) => ({
      user: one,
      hash: shareHash(ws, user, one, shares[i] ?? mintSecret("circle-share")),
    })),
  };
  const fields = {
    ws: idBytes(ws),
    user: idBytes(user),
    threshold,
    helpers: circle.helpers.map((one) => [hex(idBytes(one.user)), hex(one.hash)]),
  };
  return { circle, shares, fields };
}

type Made = ReturnType<typeof mintCircle>;

function makeBoxes(maker: Maker, { circle, shares, fields }: Made): void {
  const code = mintSecret("recovery");
  const boxes = fromJson(boxCode(circle, shares, code).ct);
  const of = (...places: readonly number[]) =>
    places.map((i) => [fields.helpers[i]?.[0] ?? "", hex(exposeSecret(shares[i] ?? mintSecret("circle-share")))]);
  const opens = [hex(exposeSecret(code))];
  const what = `${circle.threshold} of ${circle.helpers.length}`;
  const enough = circle.helpers.map((_, i) => i).slice(-circle.threshold);
  maker.add("boxes", `${what}, as many as suffice`, { ...fields, shares: of(...enough), boxes }, opens);
  const all = circle.helpers.map((_, i) => i);
  maker.add("boxes", `${what}, all`, { ...fields, shares: of(...all), boxes }, opens);
  maker.add("boxes", `${what}, one too few`, { ...fields, shares: of(...enough.slice(1)), boxes }, []);
  const forged = [...of(...enough.slice(1)), [fields.helpers[enough[0] ?? 0]?.[0] ?? "", hex(some(32))]];
  maker.add("boxes", `${what}, one forged`, { ...fields, shares: forged, boxes }, []);
  const other = { ...fields, helpers: [...fields.helpers].reverse() };
  maker.add("boxes", `${what}, helpers in another order`, { ...other, shares: of(...enough), boxes }, []);
}

function makeSeals(maker: Maker, { circle, shares, fields }: Made): void {
  const puk = mintPuk(3);
  const helper = circle.helpers[1]?.user ?? circle.user;
  const share = shares[1] ?? mintSecret("circle-share");
  const to = { user: helper, gen: 3, pk: puk.public.pk };
  const ct = fromJson(sealShare(circle, to, share).ct);
  const good = { ...fields, helper: idBytes(helper), gen: 3, seed: exposeSecret(puk.seed), ct };
  maker.add("seal", "to a helper", good, hex(exposeSecret(share)));
  maker.refuse("seal", "another generation", { ...good, gen: 2 }, "crypto/cannot-open");
  maker.refuse("seal", "another circle", { ...good, threshold: 3 }, "crypto/cannot-open");
  maker.refuse("seal", "a byte changed", { ...good, ct: flip(ct, 1130) }, "crypto/cannot-open");
  const wrong = fromJson(sealShare(circle, to, mintSecret("circle-share")).ct);
  maker.refuse("seal", "another part than the circle names", { ...good, ct: wrong }, "crypto/bad-commitment");
  const kem = mintSecret("circle-kem");
  const mailbox = mintId<"mailbox">(some(16));
  const asker = { mailbox, kem: kemPublic(kem) };
  const part = handShare(circle, helper, asker, share);
  const handed = { ...fields, helper: idBytes(helper), mailbox: idBytes(mailbox), seed: exposeSecret(kem), ct: part };
  maker.add("part", "to the asker", handed, hex(exposeSecret(share)));
  maker.refuse("part", "for another request", { ...handed, mailbox: some(16) }, "crypto/cannot-open");
  maker.refuse("part", "in another helper’s name", { ...handed, helper: some(16) }, "crypto/cannot-open");
  const lie = handShare(circle, helper, asker, secretFrom("circle-share", some(32)));
  maker.refuse("part", "another than the circle names", { ...handed, ct: lie }, "crypto/bad-commitment");
}

function makeLetters(maker: Maker, { circle }: Made): void {
  const kem = kemPublic(mintSecret("circle-kem"));
  const { code, r } = mintCode("circle", [kem]);
  maker.add("code", "as it should be", { kem, r });
  maker.add("code", "another r", { kem, r: some(32) });
  const mailbox = mailboxOf("circle", code);
  const bytes = (slot: number) => (slot === 0 ? LIMITS.letterBytes : LIMITS.circleLetterBytes);
  const letter = (slot: number, content: Uint8Array) => ({
    code,
    slot,
    ct: sealLetter(mailbox, slot, content, bytes(slot)),
  });
  const helpers = circle.helpers.map((one, i) => ({ ...one, name: `Helper ${i}` }));
  const who = { ws: circle.ws, user: circle.user, rik: some(32), n: 40, head: some(32) };
  const account = { ...who, workspace: "Quarry", person: "Anna", threshold: circle.threshold, helpers };
  const by = circle.helpers[0]?.user ?? circle.user;
  const word = circleWordStructure.encode({ v: 1, by, waits: 86_400_000, account });
  const part = { seal: some(1168), boxes: some(72) };
  maker.add("letter", "the request", letter(0, circleRequestStructure.encode({ v: 1, kem, r })));
  maker.add("letter", "a helper’s word", letter(1, word));
  maker.add("letter", "a part", letter(2, circlePartStructure.encode({ v: 1, part, why: "given" })));
  for (const why of ["helper", "owner"] as const)
    maker.add("letter", `no part, by the ${why}`, letter(2, circlePartStructure.encode({ v: 1, part: null, why })));
  const good = letter(1, word);
  maker.refuse("letter", "in another slot", { ...good, slot: 2 }, "crypto/cannot-open");
  const short = { ...good, ct: sealLetter(mailbox, 1, new Uint8Array(8)) };
  maker.refuse("letter", "as short as the request", short, "crypto/bad-padding");
  const lone = { ...account, helpers: helpers.slice(0, 1) };
  const { helpers: _, ...rest } = lone;
  const plain = { ...rest, ws: idBytes(rest.ws), user: idBytes(rest.user), helpers: [] };
  const odd = encodeCbor({ v: 1, by: idBytes(by), waits: 1, account: plain });
  maker.refuse("letter", "a circle of nobody", letter(1, odd), "wire/bad-shape");
}

function makeContents(maker: Maker): void {
  const [user, ask] = [mintId<"user">(some(16)), mintId<"ask">(some(16))];
  for (const [i, step] of (["asked", "given", "ended"] as const).entries()) {
    const content = { k: "circle", user, rev: i + 1, ask, n: 40, step, at: 1_790_000_000_000 } as const;
    maker.add("content", step, { bytes: encodeContent(content) });
  }
  const wrong = { k: "circle", user: idBytes(user), rev: 1, ask: idBytes(ask), n: 40, step: "opened", at: 1 };
  maker.refuse("content", "an unknown step", { bytes: encodeCbor(wrong) }, "wire/bad-shape");
}

export function makeCircle(maker: Maker): void {
  const small = mintCircle(3, 2);
  const share = small.shares[0] ?? mintSecret("circle-share");
  const { ws, user } = small.fields;
  const helper = idBytes(small.circle.helpers[0]?.user ?? small.circle.user);
  maker.add("share", "of a helper", { ws, user, helper, share: exposeSecret(share) });
  maker.add("share", "in another person’s circle", { ws, user: some(16), helper, share: exposeSecret(share) });
  maker.add("id", "2 of 3", small.fields, {
    id: hex(circleId(small.circle)),
    number: Number.parseInt(hex(circleId(small.circle)).slice(0, 12), 16),
  });
  maker.add("id", "another threshold", { ...small.fields, threshold: 3 });
  makeBoxes(maker, small);
  makeBoxes(maker, mintCircle(7, 4));
  makeSeals(maker, small);
  makeLetters(maker, small);
  makeContents(maker);
}
