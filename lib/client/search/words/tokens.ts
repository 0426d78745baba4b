// A text as people wrote it, mentions and all: as terms for the index, and as it is shown with what was found in it.
import type { UserId } from "@/lib/base/ids.ts";
import type { SnippetPart } from "@/lib/client/api/finding/search.ts";
import type { Clause } from "@/lib/client/search/shelf/plan.ts";
import { termsOf, wordsOf } from "./fold.ts";

const MENTION = /<@([A-Za-z0-9_-]{22})>/g;
/** Letters shown of a long text, and how many of them before the first word that was found. */
const MOST = 320;
const LEAD = 80;

/** The term of a mention: no word that anybody writes, since it begins with a sign. */
export function mentionTerm(user: string): string {
  return `@${user}`;
}

type Piece = { readonly user: string | null; readonly text: string };

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(MENTION)) {
    pieces.push({ user: null, text: text.slice(at, match.index) }, { user: match[1] ?? "", text: match[0] });
    at = match.index + match[0].length;
  }
  return [...pieces, { user: null, text: text.slice(at) }];
}

/** The terms of several texts; between two of them, and around mentions, no phrase goes on. */
export function tokensOf(texts: readonly string[]): string[] {
  const tokens: string[] = [];
  texts.forEach((text, i) => {
    if (i > 0) tokens.push("");
    if (!text.includes("<@")) {
      for (const term of termsOf(text)) tokens.push(term);
      return;
    }
    for (const piece of piecesOf(text)) {
      if (piece.user === null) tokens.push(...termsOf(piece.text));
      else tokens.push("", mentionTerm(piece.user), "");
    }
  });
  return tokens;
}

type Placed = { readonly term: string; readonly from: number; readonly to: number };

/** The text as it is shown, with the place of each term in it. */
function shown(text: string, nameOf: (user: UserId) => string): { line: string; words: Placed[] } {
  let line = "";
  const words: Placed[] = [];
  for (const piece of piecesOf(text)) {
    const from = line.length;
    if (piece.user === null) {
      const plain = piece.text.replace(/\s/g, " ");
      for (const word of wordsOf(plain)) words.push({ term: word.term, from: from + word.from, to: from + word.to });
      line += plain;
    } else {
      line += `@${nameOf(piece.user as UserId)}`;
      words.push({ term: "", from, to: from }, { term: mentionTerm(piece.user), from, to: line.length });
      words.push({ term: "", from: line.length, to: line.length });
    }
  }
  return { line, words };
}

/** The places in a text that answer any of the clauses, in order and apart. */
function hitsIn(words: readonly Placed[], clauses: readonly Clause[]): { from: number; to: number }[] {
  const hit = new Set<Placed>();
  for (const { words: sought, open, also } of clauses) {
    words.forEach((word, at) => {
      if (word.term === "") return;
      if (also.includes(word.term)) hit.add(word);
      const fits = sought.every((term, i) => {
        const here = words[at + i]?.term ?? "";
        return open && i === sought.length - 1 ? here !== "" && here.startsWith(term) : here === term;
      });
      if (fits && sought.length > 0) for (let i = 0; i < sought.length; i += 1) hit.add(words[at + i] as Placed);
    });
  }
  return words.filter((word) => hit.has(word));
}

/** A text cut to what a list shows, with what was found in it; whole when it is short. */
export function snippet(text: string, clauses: readonly Clause[], nameOf: (user: UserId) => string): SnippetPart[] {
  const { line, words } = shown(text, nameOf);
  const hits = hitsIn(words, clauses);
  const first = hits[0]?.from ?? 0;
  const begin = line.length <= MOST || first <= LEAD ? 0 : (words.find(({ from }) => from >= first - LEAD)?.from ?? 0);
  const end = Math.min(line.length, begin + MOST);
  const parts: SnippetPart[] = [];
  const add = (from: number, to: number, hit: boolean) => {
    const piece = line.slice(from, Math.min(to, end)).toWellFormed();
    if (piece !== "") parts.push({ text: piece, hit });
  };
  if (begin > 0) parts.push({ text: "… ", hit: false });
  let at = begin;
  for (const { from, to } of hits) {
    if (from >= end) break;
    add(at, from, false);
    add(Math.max(at, from), to, true);
    at = Math.max(at, to);
  }
  add(at, end, false);
  if (end < line.length) parts.push({ text: " …", hit: false });
  return parts;
}
