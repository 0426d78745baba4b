// The words of the language now spoken: the browser's choice at first, changeable, kept on this device.
"use client";

import { useSyncExternalStore } from "react";
import type { Outside } from "@/app/_words/en/first/outside.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Words } from "./en.ts";
import { chosen, LANGUAGE_KEY, type Language } from "./languages.ts";

/** How to fetch the words of each language: those of the first screens, and all. */
export const CATALOGUES: Readonly<Record<Language, { first: () => Promise<Outside>; all: () => Promise<Words> }>> = {
  en: {
    first: async () => (await import("@/app/_words/en/first/outside.ts")).outside,
    all: async () => (await import("./en.ts")).en,
  },
  fr: {
    first: async () => (await import("@/app/_words/fr/first/outside.ts")).outside,
    all: async () => (await import("./fr.ts")).fr,
  },
};

const listeners = new Set<() => void>();
let wanted: Language = "en";
let whole = false;
let spoken: { readonly language: Language; readonly words: Words } | undefined;

/** Turns to `language` once its words are here; the last one asked for wins. Rejects when they can't be had. */
async function turnTo(language: Language): Promise<void> {
  wanted = language;
  const { first, all } = CATALOGUES[language];
  // What is drawn before `allWords` uses no other words: a test of the house holds that.
  const words = whole ? await all() : ((await first()) as Words);
  if (wanted === language) speakWith(language, words);
}

/** Draws with these words from now on. */
export function speakWith(language: Language, words: Words): void {
  spoken = { language, words };
  if (typeof document !== "undefined") document.documentElement.lang = language;
  for (const changed of listeners) changed();
}

let beginning: Promise<void> | undefined;
let rest: Promise<void> | undefined;

/** Resolves when the first screens have words, in the chosen language where it can be had. Nothing is drawn before. */
export function wordsReady(): Promise<void> {
  if (beginning === undefined) {
    beginning = turnTo(chosen()).catch(() => turnTo("en"));
    addEventListener("storage", (event) => {
      if (event.key === LANGUAGE_KEY) void turnTo(chosen()).catch(() => undefined); // changed in another tab
    });
  }
  return beginning;
}

async function fetchAll(): Promise<void> {
  await wordsReady();
  whole = true;
  await turnTo(wanted);
}

/** Resolves when all words are here; what lies behind the first screens is drawn after that. */
export function allWords(): Promise<void> {
  rest ??= fetchAll().catch((thrown: unknown) => {
    whole = false;
    rest = undefined;
    throw thrown;
  });
  return rest;
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
