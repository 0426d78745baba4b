// Names as others wrote them, fit to stand in a line beside real ones: nothing invisible, nothing that turns text around (MS-25).

/** Controls, soft hyphen, fillers, bidi marks, embeddings, overrides and isolates, zero widths, tags. */
const UNSEEN =
  /\p{Cc}|[\u00AD\u061C\u115F\u1160\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|\u17B4|\u17B5|[\u{E0000}-\u{E0FFF}]/gu;
/** Joiners belong between emoji, and into scripts that need them; between Latin letters they only deceive. */
const IDLE_JOINER =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Malayalam}|\p{Script=Sinhala}|\p{Script=Kannada}|\p{Script=Telugu}|\p{Script=Tamil}|\p{Script=Khmer}|\p{Script=Mongolian})[\u200C\u200D]/gu;
/** More marks on one letter than any language puts there. */
const STACKED = /(\p{M}{4})\p{M}+/gu;

/** A name, topic or title of somebody else: one line, visible characters, no direction changes. */
export function plainLabel(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(UNSEEN, "").replace(IDLE_JOINER, "").replace(STACKED, "$1");
  return line.replace(/ +/g, " ").trim();
}
