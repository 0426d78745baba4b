// Every language there is, and which one this browser asks for.

export const LANGUAGE_KEY = "tacit-language";

/** By tag, with the name of each in itself. Its words are fetched when it is spoken: `words.ts`. */
export const LANGUAGES = { en: "English", fr: "Français" } as const;

export type Language = keyof typeof LANGUAGES;

function isLanguage(tag: string | null | undefined): tag is Language {
  return tag !== null && tag !== undefined && Object.hasOwn(LANGUAGES, tag);
}

/** What was chosen on this device, else the first language of the browser that there is, else English. */
export function chosen(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(LANGUAGE_KEY);
  } catch {
    kept = null; // a browser without storage keeps its own language
  }
  if (isLanguage(kept)) return kept;
  const known = navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage);
  return known ?? "en";
}
