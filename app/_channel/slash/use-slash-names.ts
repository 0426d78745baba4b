// The list behind a slash at the beginning: the commands there are, with what they do.
"use client";

import type { RefObject } from "react";
import { type Completion, useCompletion } from "@/app/_channel/composer/complete/use-completion.ts";
import { useWords } from "@/app/_words/words.ts";
import { COMMANDS, type Command } from "./parse.ts";

export type SlashChoice = { readonly name: Command; readonly usage: string; readonly about: string };

export function useSlashNames(area: RefObject<HTMLTextAreaElement | null>): Completion<SlashChoice> {
  const words = useWords().slash;
  return useCompletion<SlashChoice>({
    area,
    ask: (text, caret) => {
      const query = /^\/([a-zA-Z]{0,10})$/.exec(text.slice(0, caret))?.[1];
      return query === undefined || /^[a-zA-Z]/.test(text.slice(caret)) ? null : { at: 0, query };
    },
    find: (query) => {
      const wanted = query.toLowerCase();
      // Written out it is what is meant: Enter runs it rather than picking it from a list.
      if (COMMANDS.some((name) => name === wanted)) return [];
      return COMMANDS.filter((name) => name.startsWith(wanted)).map((name) => ({
        name,
        usage: `/${name} ${words.args[name]}`.trim(),
        about: words.about[name],
      }));
    },
    text: ({ name }) => `/${name} `,
  });
}
