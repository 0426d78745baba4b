// Names and faces for ids, as one object that stays the same while nobody changes.
"use client";

import { useMemo, useRef } from "react";
import { useWords } from "@/app/_words/words.ts";
import type { UserId } from "@/lib/base/ids.ts";
import type { Person, WorkspaceView } from "@/lib/client/api.ts";

export type People = {
  readonly me: Person;
  readonly get: (id: UserId) => Person | undefined;
  readonly nameOf: (id: UserId) => string;
  /** The first word of a name where nobody else bears it, else all of it. */
  readonly shortOf: (id: UserId) => string;
  /** Everybody who can be mentioned. */
  readonly active: readonly Person[];
};

function samePerson(a: Person, b: Person): boolean {
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.active === b.active &&
    a.status?.emoji === b.status?.emoji &&
    a.status?.text === b.status?.text &&
    a.status?.until === b.status?.until &&
    a.trust === b.trust &&
    a.change?.n === b.change?.n &&
    a.change?.waits === b.change?.waits &&
    a.avatar?.bytes.length === b.avatar?.bytes.length
  );
}

function firstWord(name: string): string {
  return name.trim().split(/\s+/u)[0] ?? name;
}

function peopleOf(list: readonly Person[], me: Person, someone: string): People {
  const byId = new Map(list.map((one) => [one.id, one]));
  byId.set(me.id, me);
  const bearers = new Map<string, number>();
  for (const one of byId.values()) bearers.set(firstWord(one.name), (bearers.get(firstWord(one.name)) ?? 0) + 1);
  const nameOf = (id: UserId) => byId.get(id)?.name ?? someone;
  return {
    me,
    get: (id) => byId.get(id),
    nameOf,
    shortOf: (id) => {
      const name = nameOf(id);
      const first = firstWord(name);
      return byId.has(id) && bearers.get(first) === 1 ? first : name;
    },
    active: [...byId.values()].filter((one) => one.active),
  };
}

/** Snapshots are copies, so people are compared one by one; rows that show them are then left alone. */
export function usePeople(view: WorkspaceView): People {
  const someone = useWords().frame.someone;
  const kept = useRef<readonly Person[]>([]);
  const now = [...view.people, view.me];
  const same =
    kept.current.length === now.length &&
    now.every((one, at) => {
      const before = kept.current[at];
      return before !== undefined && samePerson(before, one);
    });
  if (!same) kept.current = now;
  const list = kept.current;
  return useMemo(() => {
    const me = list.at(-1);
    return peopleOf(list, me as Person, someone);
  }, [list, someone]);
}
