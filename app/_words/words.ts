// Which language the interface speaks: the browser's choice at first, changeable, kept on this device.
"use client";

import { useSyncExternalStore } from "react";
import { en, type Words } from "./en.ts";

const KEY = "tacit-language";

/** Every language there is, by its tag, with its name in itself. */
export const LANGUAGES = { en: { name: "English", words: en } } as const satisfies Record<
  string,
  { name: string; words: Words }
>;

export type Language = keyof typeof LANGUAGES;

const listeners = new Set<() => void>();
let current: Language | undefined;

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
  const spoken = navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage);
  return spoken ?? "en";
}

function snapshot(): Language {
  current ??= chosen();
  return current;
}

function follow(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** The language now spoken; "en" where there is no browser. */
export function useLanguage(): Language {
  return useSyncExternalStore(follow, snapshot, () => "en");
}

/** The catalogue of the language now spoken: `const { ui, message } = useWords()`. */
export function useWords(): Words {
  return LANGUAGES[useLanguage()].words;
}

/** Changes the language here and on later visits. */
export function speak(language: Language): void {
  current = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // the choice then lasts as long as the page
  }
  document.documentElement.lang = language;
  for (const changed of listeners) changed();
}
