// The emoji there are, in the language spoken: fetched once from our own server, searched by the names between colons.

import type { Language } from "@/app/_words/languages.ts";

/** character, label, group, version, tags, names, skin tones from light to dark */
type Row = readonly [string, string, number, number, string, string, string?];
type File = { readonly groups: readonly (readonly [number, string])[]; readonly emoji: readonly Row[] };

export type EmojiEntry = {
  readonly emoji: string;
  readonly label: string;
  readonly group: number;
  readonly tags: readonly string[];
  /** what is written between colons, the best known first */
  readonly names: readonly string[];
  /** light, medium-light, medium, medium-dark, dark; empty: it has none */
  readonly tones: readonly string[];
};
export type EmojiList = {
  readonly groups: readonly { readonly index: number; readonly label: string }[];
  readonly emoji: readonly EmojiEntry[];
};

const lists = new Map<Language, Promise<EmojiList>>();
const SIDE = 16;

/** False where this device has no picture for it: then it is drawn without colour, as an empty box. */
function isDrawn(context: OffscreenCanvasRenderingContext2D, emoji: string): boolean {
  context.clearRect(0, 0, SIDE, SIDE);
  context.fillText(emoji, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  for (let at = 0; at < data.length; at += 4)
    if (data[at] !== data[at + 1] || data[at + 1] !== data[at + 2]) return true;
  return false;
}

/** The newest version of which this device draws an emoji; everything where none is drawn in colour. */
function newestDrawn(rows: readonly Row[]): number {
  const samples = new Map<number, string>();
  // the newest faces and things tell; people are drawn from parts, which old fonts have
  for (const [emoji, , group, version] of rows) if (group !== 1 && !samples.has(version)) samples.set(version, emoji);
  const context = new OffscreenCanvas(SIDE, SIDE).getContext("2d", { willReadFrequently: true });
  if (context === null) return Number.POSITIVE_INFINITY;
  context.font = `${SIDE - 2}px sans-serif`;
  context.textBaseline = "top";
  const newest = [...samples].sort((a, b) => b[0] - a[0]).find(([, emoji]) => isDrawn(context, emoji));
  return newest?.[0] ?? Number.POSITIVE_INFINITY;
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
const words = (text: string | undefined) => (text === undefined || text === "" ? [] : text.split(" "));

async function fetchList(language: Language): Promise<EmojiList> {
  const answer = await fetch(`/emoji/${language}.json`, { credentials: "omit" });
  const file = (await answer.json()) as File;
  const newest = newestDrawn(file.emoji);
  return {
    groups: file.groups.map(([index, label]) => ({ index, label: capital(label) })),
    emoji: file.emoji.flatMap(([emoji, label, group, version, tags, names, tones]) =>
      version > newest
        ? []
        : [{ emoji, label: capital(label), group, tags: words(tags), names: words(names), tones: words(tones) }],
    ),
  };
}

/** Rejects where it can't be fetched; the next call tries again. */
export function emojiList(language: Language): Promise<EmojiList> {
  const known = lists.get(language);
  if (known !== undefined) return known;
  const list = fetchList(language);
  lists.set(language, list);
  list.catch(() => lists.delete(language));
  return list;
}

/** The best matches for what stands behind a colon: names that begin with it first, then words of the label. */
export function matchEmoji(all: readonly EmojiEntry[], query: string, most: number): readonly EmojiEntry[] {
  const wanted = query.toLocaleLowerCase();
  const rank = ({ names, tags, label }: EmojiEntry): number => {
    if (names.includes(wanted)) return 0;
    if (names.some((name) => name.startsWith(wanted))) return 1;
    if (names.some((name) => name.includes(`_${wanted}`))) return 2;
    if (label.toLocaleLowerCase().split(" ").includes(wanted) || tags.includes(wanted)) return 3;
    return tags.some((tag) => tag.startsWith(wanted)) ? 4 : 9;
  };
  return all
    .map((one, at) => ({ one, at, rank: rank(one) }))
    .filter((entry) => entry.rank < 9)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, most)
    .map(({ one }) => one);
}
