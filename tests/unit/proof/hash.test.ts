// Identifiers, commitments and numbers: what each covers (PROTOCOL C2, L1, I1, E1, A3).
import { beforeAll, describe, expect, it } from "vitest";
import { enc } from "@/lib/base/encoding.ts";
import { mintId } from "@/lib/base/ids.ts";
import type { Recipient } from "@/lib/proof/hash.ts";
import {
  deviceId,
  epochCommit,
  eventHash,
  H,
  inviteBoxCommit,
  inviteId,
  linkHash,
  mainChannel,
  nextHead,
  rcptHash,
  safetyNumber,
  selfScope,
  sortRecipients,
  workspaceNumber,
} from "@/lib/proof/hash.ts";
import { blake2b, sodiumReady } from "@/lib/proof/sodium.ts";
import { WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";

const bytes = (fill: number, length: number = 32) => new Uint8Array(length).fill(fill);
const ws = mintId<"workspace">(bytes(1));
const user = mintId<"user">(bytes(2, 16));
const scope = mintId<"scope">(bytes(3, 16));
beforeAll(sodiumReady);

/** Every value differs from every other. */
function allDiffer(values: readonly (string | Uint8Array)[]): void {
  const texts = values.map((value) => (typeof value === "string" ? value : value.join()));
  expect(new Set(texts).size).toBe(texts.length);
}

describe("H", () => {
  it("C2 is BLAKE2b-256 of enc(label, fields), so that no two lists of fields meet", () => {
    expect(H("x", bytes(1, 2), 7)).toEqual(blake2b(enc("tacit/1/x", bytes(1, 2), 7)));
    allDiffer([H("a", "b"), H("ab"), H("a", "b", ""), H("a", new Uint8Array([98, 0])), H("a")]);
  });

  it("C2 what each hash covers", () => {
    const stub = { kind: "W", chain: WORKSPACE_CHAIN, seq: 1, hash: bytes(9) } as const;
    allDiffer([
      nextHead(bytes(0), 1, stub),
      nextHead(bytes(1), 1, stub),
      nextHead(bytes(0), 2, stub),
      nextHead(bytes(0), 1, { ...stub, kind: "U" }),
      nextHead(bytes(0), 1, { ...stub, chain: mintId(bytes(1, 16)) }),
      nextHead(bytes(0), 1, { ...stub, seq: 2 }),
      nextHead(bytes(0), 1, { ...stub, hash: bytes(8) }),
    ]);
    const link = { bytes: bytes(1), sig: bytes(2, 64), extra: bytes(3, 64) };
    allDiffer([
      linkHash(link),
      linkHash({ ...link, bytes: bytes(9) }),
      linkHash({ ...link, sig: bytes(9, 64) }),
      linkHash({ ...link, extra: null }),
      linkHash({ ...link, extra: bytes(9, 64) }),
    ]);
    const kem = bytes(5, 1216);
    allDiffer([
      inviteId(ws, bytes(1), bytes(2), bytes(3), kem),
      inviteId(mintId(bytes(9)), bytes(1), bytes(2), bytes(3), kem),
      inviteId(ws, bytes(9), bytes(2), bytes(3), kem),
      inviteId(ws, bytes(1), bytes(9), bytes(3), kem),
      inviteId(ws, bytes(1), bytes(2), bytes(9), kem),
      inviteId(ws, bytes(1), bytes(2), bytes(3), null),
    ]);
    allDiffer([
      epochCommit(ws, scope, 1, bytes(4)),
      epochCommit(mintId(bytes(9)), scope, 1, bytes(4)),
      epochCommit(ws, mintId(bytes(9, 16)), 1, bytes(4)),
      epochCommit(ws, scope, 2, bytes(4)),
      epochCommit(ws, scope, 1, bytes(5)),
    ]);
    allDiffer([
      deviceId({ sign: bytes(1), kem }),
      deviceId({ sign: bytes(2), kem }),
      deviceId({ sign: bytes(1), kem: bytes(6, 1216) }),
    ]);
    allDiffer([eventHash(bytes(1), bytes(2)), eventHash(bytes(2), bytes(2)), eventHash(bytes(1), bytes(3))]);
    allDiffer([mainChannel(scope), scope, selfScope(ws, user), selfScope(ws, mintId(bytes(9, 16)))]);
    allDiffer([inviteBoxCommit(bytes(1)), inviteBoxCommit(bytes(2)), bytes(1)]);
  });

  it("E1 rcpt is of a set: sorted bytewise, every part of each entry covered", () => {
    const entry = (id: number, change: Partial<Recipient> = {}): Recipient => ({
      kind: "user",
      id: mintId<"user">(bytes(id, 16)),
      gen: 1,
      pub: bytes(id, 1216),
      ...change,
    });
    const set = [entry(200), entry(3), entry(90), entry(1, { kind: "invite", gen: 0 })];
    expect(rcptHash(scope, 1, set)).toEqual(rcptHash(scope, 1, [...set].reverse()));
    expect(sortRecipients(set).map(({ id }) => id)).toEqual([3, 90, 200, 1].map((id) => mintId(bytes(id, 16))));
    allDiffer([
      rcptHash(scope, 1, set),
      rcptHash(scope, 2, set),
      rcptHash(mintId(bytes(9, 16)), 1, set),
      rcptHash(scope, 1, set.slice(1)),
      rcptHash(scope, 1, [...set, entry(200)]),
      rcptHash(scope, 1, [...set.slice(1), entry(200, { gen: 2 })]),
      rcptHash(scope, 1, [...set.slice(1), entry(200, { pub: bytes(1, 1216) })]),
      rcptHash(scope, 1, [...set.slice(1), entry(200, { kind: "invite" })]),
    ]);
  });

  it("A3 a safety number is the same from both sides, 12 groups of 5 digits", () => {
    const one = { user, rik: bytes(7) };
    const other = { user: mintId<"user">(bytes(9, 16)), rik: bytes(8) };
    const number = safetyNumber(ws, one, other);
    expect(number).toMatch(/^(\d{5} ){11}\d{5}$/);
    expect(safetyNumber(ws, other, one)).toBe(number);
    allDiffer([
      number,
      safetyNumber(ws, one, { ...other, rik: bytes(9) }),
      safetyNumber(mintId(bytes(9)), one, other),
      workspaceNumber(ws, bytes(7)),
      workspaceNumber(ws, bytes(8)),
    ]);
  });
});
