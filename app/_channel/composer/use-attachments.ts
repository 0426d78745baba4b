// Files that wait in the composer: checked, made ready on this device, removable until they are sent.
"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { type Prepared, preparePicture } from "@/app/_channel/files/prepare-picture.ts";
import { FILE_BYTES, FILES_PER_MESSAGE } from "@/app/_channel/limits.ts";
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
  /** Empties the list and hands over what it held. */
  readonly take: () => readonly Attachment[];
  readonly putBack: (held: readonly Attachment[]) => void;
};

/** False for folders, which browsers hand over as empty files that cannot be read. */
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
      if (count >= FILES_PER_MESSAGE) return words.tooMany(FILES_PER_MESSAGE);
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
  const addOne = useCallback(
    async (file: File) => {
      const why = await refusal(file, newest.current.length);
      if (why !== null) {
        toast(why);
        return;
      }
      const key = nextKey.current++;
      const done = preparePicture(file);
      change([...newest.current, { key, file, ready: null, done }]);
      void done.then((ready) => change(newest.current.map((one) => (one.key === key ? { ...one, ready } : one))));
    },
    [refusal, change],
  );
  return useMemo(
    () => ({
      list,
      add: (files) => {
        void (async () => {
          for (const file of files) await addOne(file);
        })();
      },
      remove: (key) => change(newest.current.filter((one) => one.key !== key)),
      take: () => {
        const held = newest.current;
        change([]);
        return held;
      },
      putBack: (held) => change([...held, ...newest.current].slice(0, FILES_PER_MESSAGE)),
    }),
    [list, addOne, change],
  );
}
