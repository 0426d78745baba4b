// Sentences of entries with the names of this workspace.
"use client";

import { useMemo } from "react";
import { useFrame } from "@/app/_frame/context.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { type EntryLine, sentenceOf } from "./sentence.ts";

export function useSentence(): (line: EntryLine) => string {
  const words = useWords().record;
  const formats = useFormats();
  const { nameOf } = useFrame();
  return useMemo(() => {
    const teller = { words, nameOf, list: formats.list };
    return (line) => sentenceOf(line, teller);
  }, [words, formats, nameOf]);
}
