// What is searched for, kept while this tab lives: never in the address, which browsers write into their history.

import { useSyncExternalStore } from "react";

export type Search = {
  /** what stands in the field */
  readonly text: string;
  /** filters as they would be typed, such as `has:file` */
  readonly filters: readonly string[];
};

const NOTHING: Search = { text: "", filters: [] };
let now: Search = NOTHING;
const listeners = new Set<() => void>();

export function setSearch(search: Search): void {
  now = search;
  for (const listener of listeners) listener();
}

const FINISHED = /(^|\s)((?:from|in|before|after|on|has|is):(?:"[^"]*"|[^\s"]+))\s/i;

/** Takes in the field what is typed: a filter that is finished with a space leaves it and stands beside it. */
export function typed(search: Search, text: string): Search {
  const filters = [...search.filters];
  let rest = text;
  for (let found = FINISHED.exec(rest); found !== null; found = FINISHED.exec(rest)) {
    const [whole, before = "", filter = ""] = found;
    if (!filters.includes(filter)) filters.push(filter);
    rest = rest.slice(0, found.index) + before + rest.slice(found.index + whole.length);
  }
  return { text: rest, filters };
}

/** The whole query, as the engine reads it. */
export function queryOf({ text, filters }: Search): string {
  return [...filters, text].join(" ").trim();
}

export function useSearch(): Search {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => now,
    () => NOTHING,
  );
}

export const FIELD = "search-field";

/** Puts the cursor into the field, with what is there marked; false when there is none. */
export function focusSearch(): boolean {
  const field = document.getElementById(FIELD);
  if (!(field instanceof HTMLInputElement)) return false;
  field.focus();
  field.select();
  return true;
}
