// Which language the interface speaks: the browser's choice at first, changeable, kept on this device.
"use client";

import { useSyncExternalStore } from "react";
import { en, type Words } from "./en.ts";

const KEY = "tacit-language";

/** Every language there is, by its tag, with its name in itself. English comes along; others are fetched when spoken. */
export const LANGUAGES = {
  en: { name: "English", load: async () => en },
  fr: { name: "Français", load: async () => (await import("./fr.ts")).fr },
} as const satisfies Record<string, { name: string; load: () => Promise<Words> }>;

export type Language = keyof typeof LANGUAGES;

const listeners = new Set<() => void>();
const catalogues = new Map<Language, Words>([["en", en]]);
let wanted: Language | undefined;
let spoken: Language = "en";

function isLanguage(tag: string | null | undefined): tag is Language {
  return tag !== null && tag !== undefined && Object.hasOwn(LANGUAGES, tag);
}

function chosen(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    kept = null; // a browser without storage keeps its own language
  }
  if (isLanguage(kept)) return kept;
  const known = navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage);
  return known ?? "en";
}

/** Turns to `language` once its words are here; the last one asked for wins. A catalogue that can't be had changes nothing. */
async function turnTo(language: Language): Promise<void> {
  wanted = language;
  let words = catalogues.get(language);
  if (words === undefined) {
    try {
      words = await LANGUAGES[language].load();
    } catch {
      return; // offline before the catalogue was ever fetched: what was spoken so far goes on
    }
    catalogues.set(language, words);
  }
  if (wanted !== language) return;
  spoken = language;
  document.documentElement.lang = language;
  for (const changed of listeners) changed();
}

let beginning: Promise<void> | undefined;

/** Settles when the words of the language to begin with are here, or can't be had. Nothing should be drawn before. */
export function wordsReady(): Promise<void> {
  if (beginning === undefined) {
    beginning = turnTo(chosen());
    addEventListener("storage", (event) => {
      if (event.key === KEY) void turnTo(chosen()); // changed in another tab
    });
  }
  return beginning;
}

function follow(changed: () => void): () => void {
  listeners.add(changed);
  void wordsReady();
  return () => listeners.delete(changed);
}

/** The language now spoken; "en" where there is no browser. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    follow,
    () => spoken,
    () => "en",
  );
}

/** The catalogue of the language now spoken: `const { ui, message } = useWords()`. */
export function useWords(): Words {
  return catalogues.get(useLanguage()) ?? en;
}

/** Changes the language here and on later visits. */
export function speak(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // the choice then lasts as long as the page
  }
  void turnTo(language);
}
