// What a person typed into the search field, taken apart: words, phrases, and filters such as `from:` and `before:`.
import { wordsOf } from "./fold.ts";

export const OPERATORS = ["from", "in", "before", "after", "on", "has", "is"] as const;
export type Operator = (typeof OPERATORS)[number];

/** A word or phrase: its folded words; `exact` when it stood in quotes, else the last one may go on. */
export type QueryTerm = { readonly words: readonly string[]; readonly exact: boolean };
/** A filter as it was written: `source` is its very text, `value` without quotes and signs. */
export type QueryFilter = { readonly operator: Operator; readonly value: string; readonly source: string };
export type Query = { readonly terms: readonly QueryTerm[]; readonly filters: readonly QueryFilter[] };

const PART =
  /(?:(from|in|before|after|on|has|is):)?(?:["\u201c\u201d\u00ab]([^"\u201c\u201d\u00bb]*)["\u201c\u201d\u00bb]?|(\S+))/giu;
/** More words than this nobody means; what follows is left out. */
const MOST = 32;

/** Never fails: what makes no sense is looked for as words. */
export function parseQuery(text: string): Query {
  const terms: QueryTerm[] = [];
  const filters: QueryFilter[] = [];
  for (const match of text.matchAll(PART)) {
    if (terms.length + filters.length >= MOST) break;
    const [source, name, quoted, bare] = match;
    const operator = OPERATORS.find((one) => one === name?.toLowerCase());
    const value = (quoted ?? bare ?? "").trim();
    if (operator !== undefined) {
      const plain = value.replace(/^[@#]/, "");
      if (plain !== "") filters.push({ operator, value: plain, source });
      continue;
    }
    const words = wordsOf(value).map(({ term }) => term);
    const exact = quoted !== undefined && /["\u201d\u00bb]$/u.test(source) && source.length > 1;
    if (words.length > 0) terms.push({ words: words.slice(0, MOST), exact });
  }
  return { terms, filters };
}
