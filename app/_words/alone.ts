// The few words of pages that stand alone, without the catalogue: an address that is none of ours, and the last page.
"use client";

import { useEffect, useState } from "react";
import { alone as english } from "@/app/_words/en/first/alone.ts";
import type { Words } from "./en.ts";
import { chosen, type Language } from "./languages.ts";

type Ui = Pick<Words["ui"], "notFound" | "failed">;
type Alone = { readonly language: Language; readonly ui: Ui };

const load: Readonly<Record<Language, () => Promise<Ui>>> = {
  en: async () => english,
  fr: async () => (await import("@/app/_words/fr/first/alone.ts")).alone,
};

/** English until the words of the chosen language are here. */
export function useWordsAlone(): Alone {
  const [alone, setAlone] = useState<Alone>({ language: "en", ui: english });
  useEffect(() => {
    const language = chosen();
    if (language === "en") return;
    load[language]()
      .then((ui) => setAlone({ language, ui }))
      .catch(() => undefined);
  }, []);
  return alone;
}
