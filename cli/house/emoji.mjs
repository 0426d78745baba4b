// The emoji that the picker and the completion know, as one small file for each language, out of the package's large ones.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LANGUAGES = ["en", "fr"];
/** Parts of emoji, such as skin tones by themselves, that nobody picks. */
const COMPONENTS = 2;

const read = (folder, path) =>
  JSON.parse(readFileSync(join(folder, "node_modules", "emojibase-data", ...path.split("/")), "utf8"));

const asList = (value) => (value === undefined ? [] : [value].flat());

/** The names that are written between colons; the ones that people know from elsewhere come first. */
function namesOf(language, hexcode, sources) {
  const own = language === "en" ? [] : asList(sources.own[hexcode]);
  return [...new Set([...asList(sources.github[hexcode]), ...asList(sources.english[hexcode]), ...own])];
}

/**
 * `[groups, emoji]`, each emoji as [character, label, group, version, tags, names, skin tones from light to dark].
 * Lists inside are joined by spaces; the order is Unicode's.
 */
export function emojiOf(folder, language) {
  const data = read(folder, `${language}/data.json`).filter(
    (one) => one.group !== undefined && one.group !== COMPONENTS,
  );
  const { groups } = read(folder, `${language}/messages.json`);
  const sources = {
    github: read(folder, "en/shortcodes/github.json"),
    english: read(folder, "en/shortcodes/emojibase.json"),
    own: read(folder, `${language}/shortcodes/emojibase.json`),
  };
  const emoji = data
    .sort((a, b) => a.order - b.order)
    .map((one) => {
      const tones = (one.skins ?? []).filter((skin) => typeof skin.tone === "number").map((skin) => skin.emoji);
      const names = namesOf(language, one.hexcode, sources);
      const row = [one.emoji, one.label, one.group, one.version, (one.tags ?? []).join(" "), names.join(" ")];
      return tones.length === 5 ? [...row, tones.join(" ")] : row;
    });
  const named = groups.filter((group) => group.order !== COMPONENTS).map((group) => [group.order, group.message]);
  return { groups: named, emoji };
}

/** Writes `emoji/<language>.json` into the folder of a built client. */
export function writeEmoji(folder, out) {
  mkdirSync(join(out, "emoji"), { recursive: true });
  for (const language of LANGUAGES)
    writeFileSync(join(out, "emoji", `${language}.json`), JSON.stringify(emojiOf(folder, language)));
}
