// What a search asks of the index, names resolved to ids; and whether a single message answers it.
import type { Doc, Row } from "./doc.ts";

/** Words in a row. When `open`, the last one is the beginning of a word. `also`: terms any of which answers it too. */
export type Clause = { readonly words: readonly string[]; readonly open: boolean; readonly also: readonly string[] };

export type Plan = {
  /** all of them must be answered */
  readonly clauses: readonly Clause[];
  readonly channels: ReadonlySet<string>;
  /** null: whoever wrote it */
  readonly authors: ReadonlySet<string> | null;
  /** from `since` up to and without `until` */
  readonly since: number;
  readonly until: number;
  /** bits that must be set */
  readonly flags: number;
  /** by channel: the only places that count; null: all */
  readonly places: ReadonlyMap<string, ReadonlySet<number>> | null;
};

/** Where the next page begins: after this one, newest first. */
export type After = { readonly at: number; readonly channel: string; readonly pos: number };

/** Newest first; of the same moment by channel, then by place. */
export function byAge(a: After, b: After): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.channel !== b.channel) return a.channel < b.channel ? -1 : 1;
  return b.pos - a.pos;
}

/** Whether a row passes all that is not about words. */
export function passes(row: Row, plan: Plan): boolean {
  if (!plan.channels.has(row.channel) || row.at < plan.since || row.at >= plan.until) return false;
  if (plan.authors !== null && !plan.authors.has(row.author)) return false;
  if ((row.flags & plan.flags) !== plan.flags) return false;
  return plan.places === null || plan.places.get(row.channel)?.has(row.pos) === true;
}

function fitsAt(tokens: readonly string[], at: number, { words, open }: Clause): boolean {
  return words.every((word, i) => {
    const token = tokens[at + i] ?? "";
    return open && i === words.length - 1 ? token.startsWith(word) : token === word;
  });
}

/** Whether the words of a message answer a clause. */
function answers(tokens: readonly string[], clause: Clause): boolean {
  return tokens.some((token, at) => token !== "" && (clause.also.includes(token) || fitsAt(tokens, at, clause)));
}

/** Whether one message answers the whole plan, read word by word. */
export function fits(doc: Doc, plan: Plan): boolean {
  return passes(doc, plan) && plan.clauses.every((clause) => answers(doc.tokens, clause));
}
