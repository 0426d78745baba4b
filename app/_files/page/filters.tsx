// What is looked for among files: words, kind, place, person, time.
"use client";

import { Search } from "lucide-react";
import { useFrame } from "@/app/_frame/context.tsx";
import { Input } from "@/app/_ui/fields/input.tsx";
import { Select } from "@/app/_ui/fields/select.tsx";
import { useWords } from "@/app/_words/words.ts";
import { FILE_KINDS, type FileKind } from "@/lib/base/file-kind.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import styles from "./files-view.module.css";
import type { FilesFilter } from "./use-found.ts";

const ANY = "any";
const DAYS = [1, 7, 30, 365];

interface FiltersProps {
  filter: FilesFilter;
  onChange: (filter: FilesFilter) => void;
}

/** A choice of which the first is none. */
function choice<T extends string>(value: T | null, pick: (value: T | null) => void) {
  return { value: value ?? ANY, onChange: (next: string) => pick(next === ANY ? null : (next as T)) };
}

export function Filters({ filter, onChange }: FiltersProps) {
  const words = useWords().files.page;
  const { view, titleOf } = useFrame();
  const change = (next: Partial<FilesFilter>) => onChange({ ...filter, ...next });
  const kinds = FILE_KINDS.map((kind) => ({ value: kind as string, label: words.kind[kind] }));
  const channels = view.channels.map((one) => ({
    value: one.id as string,
    label: one.kind === "dm" ? titleOf(one) : `#${one.name}`,
  }));
  const people = view.people.map((one) => ({ value: one.id as string, label: one.name }));
  const days = DAYS.map((count) => ({ value: String(count), label: words.days(count) }));
  const { kind, channel, author } = filter;
  return (
    <search className={styles.filters}>
      <span className={styles.box}>
        <Search aria-hidden="true" />
        <Input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={filter.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </span>
      <Select
        label={words.kinds}
        options={[{ value: ANY, label: words.kind.all }, ...kinds]}
        {...choice<FileKind>(kind, (next) => change({ kind: next }))}
      />
      <Select
        label={words.channel}
        options={[{ value: ANY, label: words.everywhere }, ...channels]}
        {...choice<ChannelId>(channel, (next) => change({ channel: next }))}
      />
      <Select
        label={words.person}
        options={[{ value: ANY, label: words.anybody }, ...people]}
        {...choice<UserId>(author, (next) => change({ author: next }))}
      />
      <Select
        label={words.when}
        options={[{ value: ANY, label: words.anyTime }, ...days]}
        value={filter.days === null ? ANY : String(filter.days)}
        onChange={(next) => change({ days: next === ANY ? null : Number(next) })}
      />
    </search>
  );
}
