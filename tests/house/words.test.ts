// Every language says everything that English says, in words of its own, and French in French typography.
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it, test } from "vitest";
import { outside } from "@/app/_words/en/first/outside.ts";
import { en, type Words } from "@/app/_words/en.ts";
import { fr } from "@/app/_words/fr.ts";
import { CATALOGUES } from "@/app/_words/words.ts";
import { textOf } from "./tree.ts";

/** Words that are the same in both languages, or no words at all. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  fr: [
    ...[
      "Tacit",
      "Message",
      "Messages",
      "Notifications",
      "message",
      "Code",
      "Version",
      "Admin",
      "Mentions",
      "Description",
      "Section",
      "Vote",
      "Compact",
      "Position",
      "Signature",
    ],
    ...["six", ".", "7", "Code: 7", "7, 7", "7 mentions", "7 · 7", "(7) 7 · 7"],
  ],
};

/** Stands for any argument: reads as 7, has every property, can be called and walked through. */
const anything: unknown = new Proxy(() => "", {
  get: (_target, key) => {
    if (key === Symbol.toPrimitive) return () => "7";
    if (key === Symbol.iterator) return [][Symbol.iterator].bind(["7"]);
    return key === "toString" ? () => "7" : anything;
  },
  apply: () => anything,
});

type Said = { readonly key: string; readonly text: string };

/** Every text of a catalogue, functions called with anything, by its path. */
function walk(value: unknown, key = ""): Said[] {
  if (typeof value === "function") return value === anything ? [{ key, text: "7" }] : walk(callOf(value), `${key}()`);
  if (typeof value !== "object" || value === null) return [{ key, text: String(value) }];
  return Object.entries(value).flatMap(([name, child]) => walk(child, key === "" ? name : `${key}.${name}`));
}

function callOf(said: unknown): unknown {
  return (said as (...given: unknown[]) => unknown)(...Array.from({ length: 8 }, () => anything));
}

const others = Object.keys(CATALOGUES).filter((tag) => tag !== "en") as Exclude<keyof typeof CATALOGUES, "en">[];

describe.each(others)("the catalogue of %s", (tag) => {
  let theirs: Said[] = [];
  const ours = walk(en);

  beforeAll(async () => {
    const words: Words = await CATALOGUES[tag].all();
    theirs = walk(words);
  });

  it("has every key of English and no other", () => {
    expect(theirs.map(({ key }) => key).sort()).toEqual(ours.map(({ key }) => key).sort());
    expect(ours.length).toBeGreaterThan(900);
  });

  it("leaves nothing empty that English says", () => {
    const said = new Map(theirs.map(({ key, text }) => [key, text]));
    expect(ours.filter(({ key, text }) => text.trim() !== "" && said.get(key)?.trim() === "")).toEqual([]);
  });

  it("says it in words of its own", () => {
    const english = new Map(ours.map(({ key, text }) => [key, text]));
    const same = theirs.filter(({ key, text }) => text !== "" && english.get(key) === text);
    expect(same.filter(({ text }) => !SAME[tag]?.includes(text))).toEqual([]);
  });
});

describe("French", () => {
  const said = walk(fr);

  it.each([
    ["a space that breaks before : ; ! ? »", /(?:^|[^\u00a0\u202f])[ ][:;!?»]/u],
    ["a mark without a space before it", /\p{L}[;!?](?:\s|$)|\p{L}:(?:\s|$)/u],
    ["a space that breaks after «, or none", /«(?!\u00a0)/u],
    ["an upright apostrophe or quotation mark", /['"“”]/u],
    ["two spaces", / {2}/u],
    ["a capital I of English", /\bI(?:’m|’ve| )/u],
  ])("has nowhere %s", (_what, wrong) => {
    expect(said.filter(({ text }) => wrong.test(text))).toEqual([]);
  });

  it("counts none and one in the singular", () => {
    const { channel, ui, panels } = fr;
    expect([0, 1, 2].map(channel.newBelow)).toEqual(["0 nouveau message", "1 nouveau message", "2 nouveaux messages"]);
    expect([0, 1, 2].map(ui.unread)).toEqual(["0 non lu", "1 non lu", "2 non lus"]);
    expect([0, 1, 2].map(panels.readers.devices)).toEqual(["0 appareil", "1 appareil", "2 appareils"]);
  });

  it("elides before a vowel", () => {
    expect(fr.verify.scan("Ana")).toBe("Scanner le code d’Ana");
    expect(fr.verify.scan("Élodie")).toBe("Scanner le code d’Élodie");
    expect(fr.verify.scan("Ben")).toBe("Scanner le code de Ben");
  });
});

/** Files that come with the first screens: all that `app/root.tsx` imports for good, and not when it is needed. */
function firstFiles(): string[] {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path) || !/\.tsx?$/.test(path)) return;
    seen.add(path);
    for (const [, from = ""] of textOf(path).matchAll(/^import (?!type\b)[^;]*?"([^"]+)";/gms)) {
      if (from.startsWith("@/")) visit(from.slice(2));
      else if (from.startsWith("./")) visit(join(dirname(path), from));
    }
  };
  visit("app/root.tsx");
  return [...seen];
}

test("what is drawn before all words are here uses the words that come first alone", () => {
  const used = firstFiles()
    .filter((path) => path !== "app/_words/words.ts")
    .flatMap((path) => {
      const parts = textOf(path).split(/^(?:export )?(?:default )?function /m);
      return parts.slice(1).flatMap((text) => {
        const direct = [...text.matchAll(/useWords\(\)\.(\w+)/g)].map(([, group]) => group);
        const taken = [...text.matchAll(/\{ ([^}]+) \} = useWords\(\)/g)].flatMap(([, names = ""]) =>
          names.split(", "),
        );
        const whole = [...text.matchAll(/const (\w+) = useWords\(\);/g)].flatMap(([, name = ""]) =>
          [...text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))].map(([, group]) => group),
        );
        return [...direct, ...taken, ...whole].map((group) => `${path} ${group}`);
      });
    });
  expect(used.length).toBeGreaterThan(15);
  const known = Object.keys(outside);
  expect(used.filter((one) => !known.includes(one.split(" ")[1] ?? ""))).toEqual([]);
});
