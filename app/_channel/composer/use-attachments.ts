// Files that wait in the composer: checked, made ready on this device, removable until they are sent.
"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { type Prepared, preparePicture, prepareSmaller } from "@/app/_channel/files/prepare-picture.ts";
import { FILE_BYTES, FILES_AT_ONCE } from "@/app/_channel/limits.ts";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";

export type Attachment = {
  readonly key: number;
  readonly file: File;
  /** null while its small picture is being made */
  readonly ready: Prepared | null;
  readonly done: Promise<Prepared>;
};

export type Attachments = {
  readonly list: readonly Attachment[];
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (key: number) => void;
  /** Sends a picture as a smaller copy drawn anew, or again as it is. */
  readonly shrink: (key: number, smaller: boolean) => void;
  /** Empties the list and hands over what it held. */
  readonly take: () => readonly Attachment[];
  readonly putBack: (held: readonly Attachment[]) => void;
};

/** False for what cannot be read: folders, which browsers hand over as empty files, and what is gone already. */
async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(() => true)
    .catch(() => false);
}

/** Says why a file cannot come along; null when it can. */
function useRefusal() {
  const words = useWords().composer;
  const formats = useFormats();
  return useCallback(
    async (file: File, count: number): Promise<string | null> => {
      if (count >= FILES_AT_ONCE) return words.tooMany(FILES_AT_ONCE);
      if (file.size > FILE_BYTES) return words.tooLarge(file.name, formats.size(FILE_BYTES));
      return (await isReadable(file)) ? null : words.folder(file.name);
    },
    [words, formats],
  );
}

export function useAttachments(): Attachments {
  const [list, setList] = useState<readonly Attachment[]>([]);
  const newest = useRef(list);
  const nextKey = useRef(1);
  const refusal = useRefusal();
  const change = useCallback((next: readonly Attachment[]) => {
    newest.current = next;
    setList(next);
  }, []);
  /** Shows how one is getting on, unless it is made anew meanwhile or gone. */
  const follow = useCallback(
    (key: number, done: Promise<Prepared>) => {
      void done.then((ready) =>
        change(newest.current.map((one) => (one.key === key && one.done === done ? { ...one, ready } : one))),
      );
    },
    [change],
  );
  const addOne = useCallback(
    async (file: File): Promise<boolean> => {
      const why = await refusal(file, newest.current.length);
      if (why !== null) {
        toast(why);
        return newest.current.length < FILES_AT_ONCE;
      }
      const key = nextKey.current++;
      const done = preparePicture(file);
      change([...newest.current, { key, file, ready: null, done }]);
      follow(key, done);
      return true;
    },
    [refusal, change, follow],
  );
  return useMemo(
    () => ({
      list,
      add: (files) => {
        void (async () => {
          for (const file of files) if (!(await addOne(file))) return;
        })();
      },
      remove: (key) => change(newest.current.filter((one) => one.key !== key)),
      shrink: (key, smaller) => {
        const one = newest.current.find((held) => held.key === key);
        if (one === undefined) return;
        const done = smaller ? prepareSmaller(one.file) : preparePicture(one.file);
        change(newest.current.map((held) => (held.key === key ? { ...held, ready: null, done } : held)));
        follow(key, done);
      },
      take: () => {
        const held = newest.current;
        change([]);
        return held;
      },
      putBack: (held) => change([...held, ...newest.current].slice(0, FILES_AT_ONCE)),
    }),
    [list, addOne, change, follow],
  );
}
