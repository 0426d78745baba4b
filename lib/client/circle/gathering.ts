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
  const [first, second] = gather(alone);
  const usual = first === undefined || (second !== undefined && compareGroups(first, second) === 0) ? null : first.name;
  return alone.map((one) =>
    one.fault === null && one.word !== null && nameOf(one.word) !== usual ? { ...one, fault: "circle/differs" } : one,
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

/** One circle as some helpers tell of it, with their good parts, and the boxes that came with them. */
export type Group = {
  readonly name: string;
  readonly circle: CircleName;
  readonly names: readonly string[];
  readonly tellers: Set<UserId>;
  readonly shares: Map<UserId, CircleShare>;
  readonly boxes: Uint8Array[];
};

function compareGroups(a: Group, b: Group): number {
  return b.tellers.size - a.tellers.size || b.shares.size - a.shares.size;
}

/** By circle, the one that most helpers tell of first. Which is the true one, the code that opens decides (D5). */
export function gather(all: readonly Judged[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { word, share, boxes } of all) {
    if (word === null) continue;
    const name = nameOf(word);
    const names = word.account.helpers.map((one) => one.name);
    const fresh = { name, circle: circleIn(word), names, tellers: new Set<UserId>(), shares: new Map(), boxes: [] };
    const group: Group = groups.get(name) ?? fresh;
    groups.set(name, group);
    group.tellers.add(word.by);
    if (share === null || boxes === null) continue;
    group.shares.set(word.by, share);
    group.boxes.push(boxes);
  }
  return [...groups.values()].sort(compareGroups);
}
