// A3: numbers and codes of two people: the same from both sides, and nothing but what they were made of.
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { mintId } from "@/lib/base/ids.ts";
import { groupsOf, pickTwo, sameGroups } from "@/lib/client/verify/number.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { formatVerifyCode, parseVerifyCode } from "@/lib/protocol/verify/code.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const user = bytes(16).map((one) => mintId<"user">(one));
const workspace = bytes(32).map((one) => mintId<"workspace">(one));
const pair = fc.tuple(workspace, user, user, bytes(32), bytes(32)).filter(([, one, other]) => one !== other);

beforeAll(cryptoReady);

describe("A3 numbers", () => {
  test("A3 both sides have the same sixty digits, and another key, person or workspace makes other ones", () => {
    fc.assert(
      fc.property(pair, fc.nat(31), fc.nat(7), ([ws, one, other, own, theirs], at, bit) => {
        const mine = groupsOf(ws, one, other, { own, theirs });
        expect(groupsOf(ws, other, one, { own: theirs, theirs: own })).toEqual(mine);
        expect(mine.join("")).toMatch(/^\d{60}$/);
        const swapped = theirs.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        expect(groupsOf(ws, one, other, { own, theirs: swapped })).not.toEqual(mine);
      }),
      { numRuns: 200 },
    );
  });

  test("A3 two different groups are asked, in order, and every one of them comes up", () => {
    const seen = new Map<number, number>();
    for (let i = 0; i < 1_200; i += 1) {
      const [one, two] = pickTwo();
      expect(one).toBeLessThan(two);
      for (const group of [one, two]) seen.set(group, (seen.get(group) ?? 0) + 1);
    }
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    // 200 each on average; 110 lies seven standard deviations below
    expect(Math.min(...seen.values())).toBeGreaterThan(110);
  });

  test("A3 both groups count, blanks and hyphens do not", () => {
    const groups = Array.from({ length: 12 }, (_, i) => `${i}`.padStart(5, "0"));
    expect(sameGroups(groups, [2, 11], ["00002", "00011"])).toBe(true);
    expect(sameGroups(groups, [2, 11], [" 000-02", "0 0 0 1 1"])).toBe(true);
    for (const wrong of [
      ["00002", "00012"],
      ["00003", "00011"],
      ["00011", "00002"],
      ["0002", "00011"],
      ["", ""],
      ["00002"],
    ])
      expect(sameGroups(groups, [2, 11], wrong), wrong.join()).toBe(false);
  });
});

test("A3 a code says what it was made of, and no changed letter says the same", () => {
  fc.assert(
    fc.property(pair, bytes(32), fc.nat(2 ** 31), fc.nat(400), ([ws, by, to, own, theirs], head, n, at) => {
      const code = { ws, by, own, to, theirs, n, head };
      const text = formatVerifyCode(code);
      expect(parseVerifyCode(text)).toEqual(code);
      const place = at % text.length;
      const other = text[place] === "A" ? "B" : "A";
      const changed = `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
      let read: unknown = null;
      try {
        read = parseVerifyCode(changed);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: expect.stringMatching(/^verify\//) });
      }
      expect(read).not.toEqual(code);
    }),
    { numRuns: 300 },
  );
});
