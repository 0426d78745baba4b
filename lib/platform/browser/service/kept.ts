// What the service worker keeps for itself: the words it may say, and up to where each channel was shown. No content of anyone.
import { type DBSchema, openDB } from "idb";
import { readFrom } from "@/lib/platform/browser/database.ts";

/** Words of the interface in its language; the app puts them here, since a worker cannot ask which one is spoken. */
export type ServiceWords = {
  /** instead of who and what */
  readonly bare: string;
  /** `{name}` and `{place}` are put in */
  readonly inPlace: string;
  /** `{count}` is put in */
  readonly more: string;
  /** shown for a moment where a browser wants to see something and there is nothing to tell */
  readonly quiet: string;
};

interface KeptSchema extends DBSchema {
  words: { key: string; value: ServiceWords };
  shown: { key: string; value: number };
}

const NAME = "tacit-service";
const WORDS = "words";

function open() {
  return openDB<KeptSchema>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore("words");
      db.createObjectStore("shown");
    },
  });
}

async function using<T>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const db = await open();
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

export async function keepWords(words: ServiceWords): Promise<void> {
  await using((db) => db.put("words", words, WORDS));
}

export async function readKept(): Promise<{ words: ServiceWords | undefined; shown: ReadonlyMap<string, number> }> {
  return await using(async (db) => {
    const [words, keys, values] = await Promise.all([
      readFrom(db, "words").get(WORDS),
      readFrom(db, "shown").getAllKeys(),
      readFrom(db, "shown").getAll(),
    ]);
    return { words, shown: new Map(keys.map((key, i) => [key, values[i] ?? 0])) };
  });
}

export async function keepShown(channel: string, pos: number): Promise<void> {
  await using((db) => db.put("shown", pos, channel));
}
