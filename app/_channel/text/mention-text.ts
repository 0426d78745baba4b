// Mentions between what one writes and what is sent: "@Ana Duarte" in the box, <@id> in the text.

import type { UserId } from "@/lib/base/ids.ts";

export type Named = { readonly id: UserId; readonly name: string };

const MENTION = /<@([A-Za-z0-9_-]{22})>/g;
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;
const LETTER = /[\p{L}\p{N}_]/u;

/** The text as a person edits it: every known mention as "@Name". */
export function toNames(text: string, nameOf: (id: UserId) => string | undefined): string {
  return text.replace(MENTION, (whole, id: UserId) => {
    const name = nameOf(id);
    return name === undefined ? whole : `@${name}`;
  });
}

/** The longest name that stands at `at`, not in the middle of a word at either side. */
function nameAt(text: string, at: number, names: readonly Named[]): Named | undefined {
  if (at > 0 && LETTER.test(text[at - 1] ?? "")) return undefined;
  return names.find((one) => {
    const end = at + 1 + one.name.length;
    return text.startsWith(one.name, at + 1) && !LETTER.test(text[end] ?? "");
  });
}

function replaceNames(text: string, names: readonly Named[]): string {
  let out = "";
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf("@", at);
    if (next < 0) break;
    out += text.slice(at, next);
    const found = nameAt(text, next, names);
    out += found === undefined ? "@" : `<@${found.id}>`;
    at = next + 1 + (found?.name.length ?? 0);
  }
  return out + text.slice(at);
}

/**
 * The text as it is sent. A name that several people bear goes to the one who was `picked`, else stays a name;
 * inside code everything stays as written.
 */
export function toMentions(text: string, people: readonly Named[], picked: ReadonlyMap<string, UserId>): string {
  if (!text.includes("@")) return text;
  const byName = new Map<string, UserId | null>();
  for (const one of people) byName.set(one.name, byName.has(one.name) ? null : one.id);
  for (const [name, id] of picked) byName.set(name, id);
  const names = [...byName]
    .flatMap(([name, id]) => (id === null || name === "" ? [] : [{ name, id }]))
    .sort((a, b) => b.name.length - a.name.length);
  return text
    .split(CODE)
    .map((part, at) => (at % 2 === 1 ? part : replaceNames(part, names)))
    .join("");
}

/** What is typed behind an @ just before the caret: "@an", "@Ana Du"; null when no mention is being written. */
export function queryBefore(text: string, caret: number): { at: number; query: string } | null {
  const line = text.slice(Math.max(0, caret - 60), caret);
  const found = /(?:^|[\s(«"'“‘])@([\p{L}\p{N}._'’-]{0,30}(?: [\p{L}\p{N}._'’-]{0,20}){0,2})$/u.exec(line);
  const query = found?.[1];
  return query === undefined ? null : { at: caret - query.length - 1, query };
}

/** People whose name, or a word of it, begins with the query; letters without accents match those with. */
export function matchPeople<P extends Named>(people: readonly P[], query: string, most: number): readonly P[] {
  const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const wanted = plain(query);
  const ranked = people.flatMap((one) => {
    const name = plain(one.name);
    if (name.startsWith(wanted)) return [{ one, rank: 0 }];
    return name.split(/\s+/u).some((word) => word.startsWith(wanted)) ? [{ one, rank: 1 }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.one.name.localeCompare(b.one.name))
    .slice(0, most)
    .map((entry) => entry.one);
}
