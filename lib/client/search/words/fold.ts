// From text to the words that are looked for: split, case and accents folded; scripts without spaces letter by letter.

/** A word as it is indexed, and where it stands in the text it came from. */
export type Word = { readonly term: string; readonly from: number; readonly to: number };

/** Longer words are cut here, in texts and in queries alike, so that they still find each other. */
const MOST_LETTERS = 64;
const PLAIN = /^\p{ASCII}*$/u;
const PLAIN_WORDS = /[a-z0-9]+/g;
const WORDS = /[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic: left out by those who type in a hurry. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;
/** Scripts that put no spaces between words: each letter is a word, and several in a row are a phrase. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PIECES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
/** Letters that no decomposition takes apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ħ: "h",
  ı: "i",
  þ: "th",
  ς: "σ",
};
const LETTER = /[ßæœøđðłħıþς]/g;

function foldWord(word: string): string {
  const bare = word
    .toLowerCase()
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .toLowerCase()
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFC");
  return bare.length > MOST_LETTERS ? bare.slice(0, MOST_LETTERS).toWellFormed() : bare;
}

/** The words of a text in order, with their places in it. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const add = (piece: string, from: number) => {
    const term = foldWord(piece);
    if (term !== "") words.push({ term, from, to: from + piece.length });
  };
  for (const match of text.matchAll(WORDS)) {
    const [word] = match;
    if (UNSPACED.test(word)) for (const piece of word.matchAll(PIECES)) add(piece[0], match.index + piece.index);
    else add(word, match.index);
  }
  return words;
}

/** The same words without their places; the quick way for the index. */
export function termsOf(text: string): string[] {
  if (!PLAIN.test(text)) return wordsOf(text).map(({ term }) => term);
  const found = text.toLowerCase().match(PLAIN_WORDS) ?? [];
  return found.map((word) => (word.length > MOST_LETTERS ? word.slice(0, MOST_LETTERS) : word));
}
