// What may stand as a reaction: one emoji, or the :name: of the workspace's own; never words that somebody puts there.

const CUSTOM = /^:[a-z0-9][a-z0-9_-]{0,31}:$/;
/** Letters, digits and invisible marks make no emoji, except where the parts below need them. */
const PART = /^[\p{Extended_Pictographic}\p{Emoji_Component}\u{e0020}-\u{e007f}]+$/u;
const HEART = /[\p{Extended_Pictographic}\p{Regional_Indicator}]|\u20e3/u;
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** True for one emoji, those of later years included, since their places are kept for them; and for a name like :parrot:. */
export function isEmoji(text: string): boolean {
  if (CUSTOM.test(text)) return true;
  if (text.length > 40 || !PART.test(text) || !HEART.test(text)) return false;
  const [first, second] = graphemes.segment(text);
  return first !== undefined && second === undefined;
}
