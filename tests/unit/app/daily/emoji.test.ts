// The list of emoji as it is built, and what is found in it behind a colon.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { colonBefore } from "@/app/_channel/composer/complete/use-emoji-names.ts";
import { customName } from "@/app/_frame/emoji/custom.ts";
import { type EmojiEntry, matchEmoji } from "@/app/_frame/emoji/data.ts";
import { inTone } from "@/app/_frame/emoji/tone.ts";
import { root } from "@/tests/house/tree.ts";

type Row = [string, string, number, number, string, string, string?];
type Built = { emojiOf: (folder: string, language: string) => { emoji: Row[] } };
const { emojiOf } = (await import(pathToFileURL(join(root, "cli/house/emoji.mjs")).href)) as Built;

const entries = (language: string): EmojiEntry[] =>
  emojiOf(root, language).emoji.map(([emoji, label, group, , tags, names, tones]) => ({
    emoji,
    label,
    group,
    tags: tags.split(" "),
    names: names.split(" "),
    tones: tones === undefined ? [] : tones.split(" "),
  }));

test("both languages have every emoji, with the names that people know", () => {
  const [en, fr] = [entries("en"), entries("fr")];
  expect(en.length).toBeGreaterThan(1800);
  expect(fr.map((one) => one.emoji)).toEqual(en.map((one) => one.emoji));
  for (const list of [en, fr]) {
    expect(list.find((one) => one.names.includes("tada"))?.emoji).toBe("🎉");
    expect(list.find((one) => one.names.includes("+1"))?.emoji).toBe("👍️");
  }
  expect(fr.find((one) => one.emoji === "🎉")?.label).not.toBe(en.find((one) => one.emoji === "🎉")?.label);
});

test("the best match comes first: the name itself, then names that begin so, then what it is about", () => {
  const all = entries("en");
  const found = (query: string) => matchEmoji(all, query, 5).map((one) => one.emoji);
  expect(found("tada")[0]).toBe("🎉");
  expect(found("heart")[0]).toBe("❤️");
  expect(found("thumbsu")[0]).toBe("👍️");
  expect(found("lol").length).toBeGreaterThan(0);
  expect(found("qqqq")).toEqual([]);
});

test("a colon opens the list where a word begins, and not in times, addresses and words", () => {
  const at = (text: string) => colonBefore(text, text.length);
  expect(at("well :par")).toEqual({ at: 5, query: "par" });
  expect(at(":tada")).toEqual({ at: 0, query: "tada" });
  expect(at("(:+1")).toEqual({ at: 1, query: "+1" });
  for (const text of ["10:30", "https://a", "note:this", ":p", ": par", "a :par t"]) expect(at(text), text).toBeNull();
});

test("a tone is applied where there is one; only whole names are the workspace's own", () => {
  const wave = entries("en").find((one) => one.names.includes("wave"));
  const ship = entries("en").find((one) => one.names.includes("ship"));
  if (wave === undefined || ship === undefined) throw new TypeError("missing");
  expect(inTone(wave, "none")).toBe("👋");
  expect(inTone(wave, "dark")).toBe("👋🏿");
  expect(inTone(ship, "dark")).toBe(ship.emoji);
  expect(customName(":party-2:")).toBe("party-2");
  for (const text of ["party", ":Party:", "::", ":a b:", "🎉"]) expect(customName(text)).toBeUndefined();
});
