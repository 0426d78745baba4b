// The filters of a search as chips: those that hold, as they were understood, and a few to add.
"use client";

import { Plus } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { Chip } from "@/app/_ui/controls/chip.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { SearchFilter } from "@/lib/client/api/finding/search.ts";
import styles from "./search.module.css";
import { type Search, setSearch } from "./state.ts";

const OFFERED = ["has:file", "has:link", "has:image", "is:thread", "is:dm"] as const;

/** What a filter says, in the reader's words. */
export function useFilterWords(): (source: string, heard: SearchFilter | undefined) => { name: string; value: string } {
  const words = useWords().search;
  const formats = useFormats();
  const { view, nameOf, titleOf } = useFrame();
  return (source, heard) => {
    const [operator = "", raw = ""] = source.split(/:(.*)/s);
    const name = Object.hasOwn(words.operators, operator.toLowerCase())
      ? words.operators[operator.toLowerCase() as keyof typeof words.operators]
      : operator;
    const plain = raw.replace(/^"|"$/g, "");
    const known = Object.hasOwn(words.values, plain.toLowerCase()) ? words.values[plain.toLowerCase()] : undefined;
    if (operator === "is" && known !== undefined) return { name: "", value: known };
    if (known !== undefined) return { name, value: known };
    if (heard === undefined || !heard.known) return { name, value: plain };
    const [channel, ...more] = heard.channels;
    const item = more.length === 0 ? view.channels.find((one) => one.id === channel) : undefined;
    if (item !== undefined) return { name, value: item.kind === "dm" ? titleOf(item) : `#${item.name}` };
    const [user, ...others] = heard.people;
    if (user !== undefined && others.length === 0) return { name, value: nameOf(user) };
    return { name, value: heard.span === null ? plain : formats.date(heard.span.since) };
  };
}

export function Filters({ search, heard }: { search: Search; heard: readonly SearchFilter[] }) {
  const words = useWords().search;
  const say = useFilterWords();
  const { filters } = search;
  const change = (next: readonly string[]) => setSearch({ ...search, filters: next });
  return (
    <fieldset className={styles.chips}>
      <legend className="sr">{words.filters}</legend>
      {filters.map((source) => {
        const { name, value } = say(
          source,
          heard.find((one) => one.source === source),
        );
        return (
          <Chip
            key={source}
            on
            removable
            aria-label={words.remove(`${name} ${value}`.trim())}
            onClick={() => change(filters.filter((one) => one !== source))}
          >
            {name !== "" && <span>{name}</span>}
            <b>{value}</b>
          </Chip>
        );
      })}
      {OFFERED.filter((source) => !filters.includes(source)).map((source) => {
        const { name, value } = say(source, undefined);
        return (
          <Chip
            key={source}
            on={false}
            icon={<Plus />}
            aria-label={words.add(`${name} ${value}`.trim())}
            onClick={() => change([...filters, source])}
          >
            {`${name} ${value}`.trim()}
          </Chip>
        );
      })}
    </fieldset>
  );
}
