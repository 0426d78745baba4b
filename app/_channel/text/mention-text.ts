// Mentions between what one writes and what is sent: "@Ana Duarte" in the box, <@id> in the text.

import type { ChannelId, UserId } from "@/lib/base/ids.ts";

export type Named = { readonly id: UserId; readonly name: string };
export type NamedChannel = { readonly id: ChannelId; readonly name: string };

/** Words behind an @ that call everybody: who is here now, or who is in the channel. */
export const CALLS = ["here", "channel"] as const;
export type Call = (typeof CALLS)[number];

const MENTION = /<@([A-Za-z0-9_-]{22})>/g;
const CALL = /<!(here|channel)>/g;
const PLACE = /<#([A-Za-z0-9_-]{22})>/g;
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;
const LETTER = /[\p{L}\p{N}_]/u;

/** The text as a person edits it: every known mention as "@Name", every channel that he may read as "#name". */
export function toNames(
  text: string,
  nameOf: (id: UserId) => string | undefined,
  channelOf: (id: ChannelId) => string | undefined = () => undefined,
): string {
  return text
    .replace(MENTION, (whole, id: UserId) => {
      const name = nameOf(id);
      return name === undefined ? whole : `@${name}`;
    })
    .replace(CALL, "@$1")
    .replace(PLACE, (whole, id: ChannelId) => {
      const name = channelOf(id);
      return name === undefined ? whole : `#${name}`;
    });
}

/** True when a text that is about to be sent calls everybody. */
export function callsEverybody(text: string): boolean {
  return new RegExp(CALL).test(text);
}

/** A name and what is sent for it. */
type Token = { readonly name: string; readonly token: string };

const byLength = (a: Token, b: Token): number => b.name.length - a.name.length;

/** The longest name that stands at `at`, not in the middle of a word at either side. */
function nameAt(text: string, at: number, names: readonly Token[]): Token | undefined {
  if (at > 0 && LETTER.test(text[at - 1] ?? "")) return undefined;
  return names.find((one) => {
    const end = at + 1 + one.name.length;
    return text.startsWith(one.name, at + 1) && !LETTER.test(text[end] ?? "");
  });
}

function replaceNames(text: string, sign: "@" | "#", names: readonly Token[]): string {
  let out = "";
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf(sign, at);
    if (next < 0) break;
    out += text.slice(at, next);
    const found = nameAt(text, next, names);
    out += found === undefined ? sign : found.token;
    at = next + 1 + (found?.name.length ?? 0);
  }
  return out + text.slice(at);
}

/**
 * The text as it is sent. A name that several people bear goes to the one who was `picked`, else stays a name;
 * inside code everything stays as written.
 */
export function toMentions(
  text: string,
  people: readonly Named[],
  picked: ReadonlyMap<string, UserId>,
  channels: readonly NamedChannel[] = [],
): string {
  if (!/[@#]/.test(text)) return text;
  const byName = new Map<string, UserId | null>();
  for (const one of people) byName.set(one.name, byName.has(one.name) ? null : one.id);
  for (const [name, id] of picked) byName.set(name, id);
  const calls = CALLS.filter((call) => !byName.has(call)).map((call) => ({ name: call, token: `<!${call}>` }));
  const named = [...byName].flatMap(([name, id]) => (id === null || name === "" ? [] : [{ name, token: `<@${id}>` }]));
  const names = [...named, ...calls].sort(byLength);
  const places = channels.flatMap(({ id, name }) => (name === "" ? [] : [{ name, token: `<#${id}>` }])).sort(byLength);
  const replace = (part: string) => replaceNames(replaceNames(part, "@", names), "#", places);
  return text
    .split(CODE)
    .map((part, at) => (at % 2 === 1 ? part : replace(part)))
    .join("");
}

/** What is typed behind an @ just before the caret: "@an", "@Ana Du"; null when no mention is being written. */
export function queryBefore(text: string, caret: number): { at: number; query: string } | null {
  const line = text.slice(Math.max(0, caret - 60), caret);
  const found = /(?:^|[\s(«"'“‘])@([\p{L}\p{N}._'’-]{0,30}(?: [\p{L}\p{N}._'’-]{0,20}){0,2})$/u.exec(line);
  const query = found?.[1];
  return query === undefined ? null : { at: caret - query.length - 1, query };
}

/** What is typed behind a # just before the caret: "#fro"; null inside words and where a heading begins. */
export function hashBefore(text: string, caret: number): { at: number; query: string } | null {
  const line = text.slice(Math.max(0, caret - 60), caret);
  const query = /(?:^|[\s(«"'“‘])#([\p{L}\p{N}_-]{0,40})$/u.exec(line)?.[1];
  return query === undefined ? null : { at: caret - query.length - 1, query };
}

/** Channels whose name, or a part of it, begins with the query. */
export function matchChannels<C extends NamedChannel>(
  channels: readonly C[],
  query: string,
  most: number,
): readonly C[] {
  const wanted = query.toLocaleLowerCase();
  const rank = (name: string) =>
    name.startsWith(wanted) ? 0 : name.split(/[-_ ]/).some((one) => one.startsWith(wanted)) ? 1 : 9;
  return channels
    .map((one) => ({ one, rank: rank(one.name.toLocaleLowerCase()) }))
    .filter((entry) => entry.rank < 9)
    .sort((a, b) => a.rank - b.rank || a.one.name.localeCompare(b.one.name))
    .slice(0, most)
    .map((entry) => entry.one);
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
