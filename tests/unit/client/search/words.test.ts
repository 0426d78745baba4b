// Words of texts and queries: folded alike, taken apart without ever failing, and shown with what was found in them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Clause } from "@/lib/client/search/shelf/plan.ts";
import { termsOf, wordsOf } from "@/lib/client/search/words/fold.ts";
import { parseQuery } from "@/lib/client/search/words/query.ts";
import { snippet, tokensOf } from "@/lib/client/search/words/tokens.ts";

const ANA = "AAAAAAAAAAAAAAAAAAAAAA";

describe("words", () => {
  test.each([
    ["Évry, naïve ÅNGSTRÖM", ["evry", "naive", "angstrom"]],
    ["Straße ŁÓDŹ Ærø œuvre", ["strasse", "lodz", "aero", "oeuvre"]],
    ["ΣΊΣΥΦΟΣ", ["σισυφοσ"]],
    ["don’t l'été", ["don", "t", "l", "ete"]],
    ["station-4 snake_case v1.2", ["station", "4", "snake", "case", "v1", "2"]],
    ["ﬁne ｆｕｌｌ", ["fine", "full"]],
    ["東京へ行く OK", ["東", "京", "へ", "行", "く", "ok"]],
    ["がぎ", ["が", "ぎ"]],
    ["party 🎉 time", ["party", "🎉", "time"]],
    ["שָׁלוֹם مُحَمَّد", ["שלום", "محمد"]],
    ["x".repeat(100), ["x".repeat(64)]],
    ["", []],
    ["\u202e\u200b", []],
  ])("%s", (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });

  test("the quick way and the one with places agree, and places lie in the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" })), (text) => {
        const words = wordsOf(text);
        expect(termsOf(text)).toEqual(words.map(({ term }) => term));
        let last = 0;
        for (const { from, to } of words) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeLessThanOrEqual(text.length);
          last = to;
        }
      }),
    );
  });

  test("a text of 100,000 letters without a space takes no time to speak of", () => {
    const from = performance.now();
    expect(termsOf("水".repeat(100_000))).toHaveLength(100_000);
    expect(termsOf("é".repeat(100_000))).toHaveLength(1);
    expect(performance.now() - from).toBeLessThan(5_000);
  });
});

describe("queries", () => {
  test.each<[string, unknown, unknown]>([
    ["cadmium stat", [["cadmium"], ["stat"]], []],
    ['"limit for cadmium" now', [["limit", "for", "cadmium"], ["now"]], []],
    ["from:@Ana in:#river-story x", [["x"]], ["from Ana", "in river-story"]],
    ['FROM:"Ana Duarte" in:“river story”', [], ["from Ana Duarte", "in river story"]],
    ["has:file is:thread before:2026-11-03", [], ["has file", "is thread", "before 2026-11-03"]],
    ["from: in: x", [["from"], ["in"], ["x"]], []],
    ["http://example.org", [["http", "example", "org"]], []],
    ['"', [], []],
  ])("%s", (text, terms, filters) => {
    const query = parseQuery(text);
    expect(query.terms.map(({ words }) => words)).toEqual(terms);
    expect(query.filters.map(({ operator, value }) => `${operator} ${value}`)).toEqual(filters);
  });

  test("a phrase that is not closed yet may go on; a closed one is exact", () => {
    expect(parseQuery('"limit fo').terms).toEqual([{ words: ["limit", "fo"], exact: false }]);
    expect(parseQuery('"limit fo"').terms).toEqual([{ words: ["limit", "fo"], exact: true }]);
  });

  test("whatever is typed, nothing throws and nothing grows without bound", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const { terms, filters } = parseQuery(text);
        expect(terms.length + filters.length).toBeLessThanOrEqual(33);
      }),
    );
    expect(parseQuery("a ".repeat(10_000)).terms).toHaveLength(32);
  });
});

describe("what is shown", () => {
  const clause = (words: string[], open = true, also: string[] = []): Clause => ({ words, open, also });
  const nameOf = () => "Ana Duarte";
  const marked = (text: string, ...clauses: Clause[]) =>
    snippet(text, clauses, nameOf)
      .map(({ text: part, hit }) => (hit ? `[${part}]` : part))
      .join("");

  test("whole words are marked, where they begin as was sought", () => {
    expect(marked("Six stations, one Station", clause(["station"]))).toBe("Six [stations], one [Station]");
    expect(marked("Six stations, one Station", clause(["station"], false))).toBe("Six stations, one [Station]");
    expect(marked("limit for cadmium, cadmium", clause(["for", "cadmium"]))).toBe("limit [for] [cadmium], cadmium");
  });

  test("mentions are shown as names, and marked where a name was sought", () => {
    expect(marked(`ask <@${ANA}> now`, clause(["duarte"], true, [`@${ANA}`]))).toBe("ask [@Ana Duarte] now");
    expect(tokensOf([`ask <@${ANA}> now`, "file.pdf"])).toEqual(["ask", "", `@${ANA}`, "", "now", "", "file", "pdf"]);
  });

  test("a long text is cut around what was found, and never through a letter", () => {
    const text = `${"😀 word ".repeat(200)}cadmium ${"tail ".repeat(200)}`;
    const shown = marked(text, clause(["cadmium"]));
    expect(shown).toContain("[cadmium]");
    expect(shown.startsWith("… ")).toBe(true);
    expect(shown.endsWith(" …")).toBe(true);
    expect(shown.length).toBeLessThan(400);
    expect(shown.isWellFormed()).toBe(true);
  });

  test("shown without marks it is the text, whatever was sought", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.constantFrom("a", "b", "1"), (text, word) => {
        const whole = snippet(text, [clause([word])], nameOf);
        expect(whole.map((part) => part.text).join("")).toBe(text.replace(/\s/g, " ").toWellFormed());
      }),
    );
  });
});
