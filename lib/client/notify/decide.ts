// Whether a person is told of a message: one pure rule over what came, what he chose, and what time it is where he is (UX 2).
import type { ChannelNotify, NotifySetting } from "@/lib/protocol/setting/notify.ts";

/** What is known of a message when it comes. */
export type Arrival = {
  readonly mine: boolean;
  readonly direct: boolean;
  /** names this person, or everybody here */
  readonly mention: boolean;
  readonly text: string;
  /** null: stands in the channel; else whether one follows its thread */
  readonly thread: { readonly followed: boolean } | null;
  /** a public channel that one has left is read when one goes there, and calls nobody */
  readonly joined: boolean;
};
export type Chosen = { readonly all: NotifySetting; readonly here: ChannelNotify };
/** By the device's own clock and place: `minute` of the day, `weekday` from 0, Sunday. */
export type Moment = { readonly ms: number; readonly minute: number; readonly weekday: number };

/** none: nothing beyond the list's own sign; badge: counted on the app's icon; show: a notification too. */
export type Verdict = "none" | "badge" | "show";

export function isMuted({ muted }: ChannelNotify, ms: number): boolean {
  return muted !== null && ms < muted;
}

/** Quiet hours go over midnight where they end before they begin; equal ends mean the whole day. */
export function isQuiet({ quiet, pause }: NotifySetting, { ms, minute, weekday }: Moment): boolean {
  if (pause !== null && ms < pause) return true;
  if (quiet.weekends && (weekday === 0 || weekday === 6)) return true;
  if (!quiet.on) return false;
  if (quiet.from === quiet.to) return true;
  return quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
}

const LETTER = /[\p{L}\p{N}\p{M}_]/u;

const firstOf = (text: string) => [...text][0] ?? "";
const lastOf = (text: string) => [...text].at(-1) ?? "";

/** Whole words, whatever their case: "cad" is not in "cadmium". */
export function hasWord(text: string, words: readonly string[]): boolean {
  const low = text.toLowerCase();
  return words.some((given) => {
    const word = given.toLowerCase();
    if (word === "") return false;
    for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1)) {
      const before = lastOf(low.slice(Math.max(0, at - 2), at));
      const after = firstOf(low.slice(at + word.length, at + word.length + 2));
      if (!LETTER.test(before) && !LETTER.test(after)) return true;
    }
    return false;
  });
}

export function decide(message: Arrival, { all, here }: Chosen, now: Moment): Verdict {
  if (message.mine || !message.joined) return "none";
  const { mention, direct, thread } = message;
  const named = mention || hasWord(message.text, all.words);
  if (isMuted(here, now.ms)) return mention ? "badge" : "none";
  const level = here.level ?? all.level;
  const called = named || (direct && thread === null) || (thread?.followed === true && all.threads);
  if (!called && (level !== "all" || thread !== null)) return "none";
  if (level === "nothing") return "badge";
  return isQuiet(all, now) ? "badge" : "show";
}
