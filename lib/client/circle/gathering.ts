// What helpers sent, judged: which circle it is by the word of most, whose part is good, whose is not (PROTOCOL D6).
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { MailboxId, UserId } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import { takeShare } from "@/lib/crypto/circle/shares.ts";
import { type CircleShare, secretFrom } from "@/lib/crypto/keys.ts";
import { type CircleName, circleId } from "@/lib/proof/hash.ts";
import {
  type CirclePart,
  type CircleWord,
  circlePartStructure,
  circleWordStructure,
} from "@/lib/protocol/mailbox/circle.ts";

/** One request as it lies in the vault; `word` and `part` are letters of the helper as they came. */
export type StoredAsk = {
  code: Uint8Array;
  seed: Uint8Array;
  at: number;
  word: Uint8Array | null;
  part: Uint8Array | null;
  fault: string;
};

export type Judged = {
  readonly id: MailboxId;
  readonly ask: StoredAsk;
  readonly word: CircleWord | null;
  /** the part, where it is the one that the helper's own word names */
  readonly share: CircleShare | null;
  readonly boxes: Uint8Array | null;
  readonly why: "helper" | "owner" | null;
  readonly fault: FaultCode | null;
};

export function circleIn({ account }: CircleWord): CircleName {
  const helpers = account.helpers.map(({ user, hash }) => ({ user, hash }));
  return { ws: account.ws, user: account.user, threshold: account.threshold, helpers };
}

const nameOf = (word: CircleWord): string => mintId(circleId(circleIn(word)));

/** Each by itself, then against the others: whoever tells of another circle than most is told apart (D6). */
export function judge(asks: readonly { readonly id: MailboxId; readonly ask: StoredAsk }[]): Judged[] {
  const alone = asks.map((one) => judgeOne(one));
  const usual = usualName(alone);
  return alone.map((one) =>
    one.fault === null && one.word !== null && usual !== null && nameOf(one.word) !== usual
      ? { ...one, share: null, fault: "circle/differs" }
      : one,
  );
}

function judgeOne({ id, ask }: { readonly id: MailboxId; readonly ask: StoredAsk }): Judged {
  const bare: Judged = { id, ask, word: null, share: null, boxes: null, why: null, fault: null };
  if (ask.word === null) return bare;
  try {
    const word = circleWordStructure.parse(ask.word);
    const circle = circleIn(word);
    const { threshold, helpers } = circle;
    const fits = threshold >= 2 && threshold <= helpers.length && helpers.some(({ user }) => user === word.by);
    if (!fits) return { ...bare, fault: "circle/forged" };
    if (ask.part === null) return { ...bare, word };
    return judgePart({ ...bare, word }, circlePartStructure.parse(ask.part));
  } catch (thrown) {
    return { ...bare, fault: asFault(thrown).entry.blame === "bug" ? "bug/unexpected" : "circle/forged" };
  }
}

function judgePart(one: Judged, { part, why }: CirclePart): Judged {
  if (one.word === null) return one;
  if (part === null) return { ...one, why: why === "owner" ? "owner" : "helper" };
  const mine = { mailbox: one.id, seed: secretFrom("circle-kem", one.ask.seed) };
  const share = takeShare(circleIn(one.word), one.word.by, mine, part.seal);
  return typeof share === "string" ? { ...one, fault: "circle/forged" } : { ...one, share, boxes: part.boxes };
}

/** The circle that most different helpers tell of. Null: nobody told; empty: as many tell of another, and none counts. */
function usualName(all: readonly Judged[]): string | null {
  const told = new Map<string, Set<UserId>>();
  for (const { word, fault } of all) {
    if (word === null || fault !== null) continue;
    const name = nameOf(word);
    told.set(name, new Set([...(told.get(name) ?? []), word.by]));
  }
  const [first, second] = [...told].sort(([, a], [, b]) => b.size - a.size);
  if (first === undefined) return null;
  return second?.[1].size === first[1].size ? "" : first[0];
}

/** The circle, the good parts by helper, and the boxes that came with them: whoever lies may send others. */
export function gather(all: readonly Judged[]): {
  circle: CircleName | null;
  shares: Map<UserId, CircleShare>;
  boxes: Uint8Array[];
  names: string[];
} {
  const good = all.filter(({ word, fault }) => word !== null && fault === null);
  const word = good[0]?.word ?? null;
  const shares = new Map<UserId, CircleShare>();
  const boxes: Uint8Array[] = [];
  for (const one of good) {
    if (one.word === null || one.share === null || one.boxes === null) continue;
    shares.set(one.word.by, one.share);
    boxes.push(one.boxes);
  }
  const names = word?.account.helpers.map(({ name }) => name) ?? [];
  return { circle: word === null ? null : circleIn(word), shares, boxes, names };
}
