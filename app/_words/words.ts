// The words of the language now spoken: the browser's choice at first, changeable, kept on this device.
"use client";

import { useSyncExternalStore } from "react";
import { Fault } from "@/lib/base/errors.ts";
import type { Words } from "./en.ts";
import { chosen, LANGUAGE_KEY, type Language } from "./languages.ts";

/** How to fetch the words of each language; each is a chunk of its own. */
export const CATALOGUES: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import("./en.ts")).en,
  fr: async () => (await import("./fr.ts")).fr,
};

const listeners = new Set<() => void>();
let wanted: Language | undefined;
let spoken: { readonly language: Language; readonly words: Words } | undefined;

/** Turns to `language` once its words are here; the last one asked for wins. Rejects when they can't be had. */
async function turnTo(language: Language): Promise<void> {
  wanted = language;
  const words = await CATALOGUES[language]();
  if (wanted === language) speakWith(language, words);
}

/** Draws with these words from now on. */
export function speakWith(language: Language, words: Words): void {
  spoken = { language, words };
  if (typeof document !== "undefined") document.documentElement.lang = language;
  for (const changed of listeners) changed();
}

let beginning: Promise<void> | undefined;

/** Resolves when there are words to draw with, in the chosen language where it can be had. Nothing is drawn before. */
export function wordsReady(): Promise<void> {
  if (beginning === undefined) {
    const language = chosen();
    beginning = turnTo(language).catch(() => turnTo("en"));
    addEventListener("storage", (event) => {
      if (event.key === LANGUAGE_KEY) void turnTo(chosen()).catch(() => undefined); // changed in another tab
    });
  }
  return beginning;
}

function follow(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function useSpoken(): { readonly language: Language; readonly words: Words } {
  const now = useSyncExternalStore(
    follow,
    () => spoken,
    () => spoken,
  );
  if (now === undefined) throw new Fault("bug/unexpected", { detail: "drawn before there were words" });
  return now;
}

/** The language now spoken. */
export function useLanguage(): Language {
  return useSpoken().language;
}

/** The catalogue of the language now spoken: `const { ui, message } = useWords()`. */
export function useWords(): Words {
  return useSpoken().words;
}

/** Changes the language here and on later visits; what can't be fetched just now changes nothing. */
export function speak(language: Language): void {
  try {
    localStorage.setItem(LANGUAGE_KEY, language);
  } catch {
    // the choice then lasts as long as the page
  }
  void turnTo(language).catch(() => undefined);
}
