// The rows of one segment that answer a plan: words first through the dictionary, the rest column by column.

import { type Dict, find } from "./dict.ts";
import type { Columns } from "./doc.ts";
import type { Clause, Plan } from "./plan.ts";
import { eachPlace, markRows, SPAN } from "./postings.ts";

/** A segment as a search needs it: occurrences are read from the disk only where a word is looked for. */
export type Open = {
  readonly columns: Columns;
  readonly dict: Dict;
  readonly dead: ReadonlySet<number>;
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
};

/** Calls back with the bytes of each word that is sought, read at once since they lie side by side. */
async function occurrences(
  segment: Open,
  term: string,
  prefix: boolean,
  each: (bytes: Uint8Array, from: number, to: number) => void,
): Promise<void> {
  const found = find(segment.dict, term, prefix);
  if (found === null) return;
  const bytes = await segment.read(
    found.from,
    found.lengths.reduce((sum, one) => sum + one, found.from),
  );
  let from = 0;
  for (const length of found.lengths) {
    each(bytes, from, from + length);
    from += length;
  }
}

async function markTerm(segment: Open, term: string, prefix: boolean, marks: Uint8Array): Promise<void> {
  await occurrences(segment, term, prefix, (bytes, from, to) => markRows(bytes, from, to, marks));
}

/** Marks the rows in which the words of a clause stand in a row. */
async function markPhrase(segment: Open, { words, open }: Clause, hits: Uint8Array, marks: Uint8Array): Promise<void> {
  /** where a phrase may begin: as far as the words before say */
  let begins: Set<number> | null = null;
  for (const [i, word] of words.entries()) {
    const here = new Set<number>();
    const prefix = open && i === words.length - 1;
    const before: ReadonlySet<number> | null = begins;
    await occurrences(segment, word, prefix, (bytes, from, to) =>
      eachPlace(bytes, from, to, (row, place) => {
        const begin = row * SPAN + place - i;
        if (hits[row] === 1 && place >= i && (before === null || before.has(begin))) here.add(begin);
      }),
    );
    begins = here;
    if (here.size === 0) return;
  }
  for (const begin of begins ?? []) marks[Math.floor(begin / SPAN)] = 1;
}

/** Rows of channels that are searched, which are not dead. */
function inChannels({ columns, dead }: Open, plan: Plan): Uint8Array {
  const hits = new Uint8Array(columns.count);
  columns.channels.forEach((channel, index) => {
    const wanted = plan.channels.has(channel) && plan.places?.has(channel) !== false;
    if (wanted) hits.fill(1, columns.starts[index], columns.starts[index + 1]);
  });
  for (const row of dead) hits[row] = 0;
  return hits;
}

/** Leaves of `hits` the rows whose columns pass; those alone are looked at. */
function sift({ columns }: Open, plan: Plan, hits: Uint8Array): void {
  const { authors: some, since, until, flags, places } = plan;
  const timeless = since === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY;
  if (some === null && timeless && flags === 0 && places === null) return;
  const authors = columns.authors.map((author) => some === null || some.has(author));
  columns.channels.forEach((channel, index) => {
    const kept = places?.get(channel);
    const to = columns.starts[index + 1] as number;
    for (let row = columns.starts[index] as number; row < to; row += 1) {
      if (hits[row] === 0) continue;
      const at = columns.at[row] as number;
      const stays =
        at >= since &&
        at < until &&
        authors[columns.author[row] as number] === true &&
        ((columns.flags[row] as number) & flags) === flags &&
        (kept === undefined || kept.has(columns.pos[row] as number));
      if (!stays) hits[row] = 0;
    }
  });
}

/** One byte for each row: 1 where it answers the plan. */
export async function match(segment: Open, plan: Plan): Promise<Uint8Array> {
  const { count } = segment.columns;
  const hits = inChannels(segment, plan);
  for (const clause of plan.clauses) {
    const marks = new Uint8Array(count);
    for (const term of clause.also) await markTerm(segment, term, false, marks);
    const [only] = clause.words;
    if (clause.words.length === 1 && only !== undefined) await markTerm(segment, only, clause.open, marks);
    else await markPhrase(segment, clause, hits, marks);
    for (let row = 0; row < count; row += 1) hits[row] = (hits[row] as number) & (marks[row] as number);
  }
  sift(segment, plan, hits);
  return hits;
}
