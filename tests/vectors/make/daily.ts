// Vectors of the contents of a working day: threads, quotes, polls, pins, voice, places, and what one keeps for oneself.
import { mintId, type UserId } from "@/lib/base/ids.ts";
import { encodeCbor } from "@/lib/protocol/cbor.ts";
import { CONTENT, type Content, encodeContent } from "@/lib/protocol/event.ts";
import type { Maker } from "./maker.ts";
import { some } from "./maker.ts";

const id = <K extends string>() => mintId<K>(some(16));
const AT = 1_790_000_000_000;

function talk(): (readonly [string, Content])[] {
  const target = { id: id<"event">(), hash: some(32) };
  const message = { k: "message", text: "Seen", thread: id<"event">(), mentions: [] as UserId[], files: 0 } as const;
  const quote = { channel: id<"channel">(), ...target, user: id<"user">(), at: AT, text: "Low tide at six" };
  const file = {
    blob: id<"blob">(),
    key: some(32),
    size: 20_000,
    name: "voice.webm",
    type: "audio/webm",
    segments: [some(32)],
    width: null,
    height: null,
    thumbnail: null,
  };
  return [
    ["a reply that stands in the channel too", { ...message, also: true }],
    ["a message that quotes another", { ...message, thread: null, quote }],
    ["a reply that quotes and stands in the channel", { ...message, also: true, quote }],
    ["a voice message", { k: "file", of: id(), index: 0, file, voice: { ms: 4200, peaks: some(128) } }],
    ["a poll", { k: "poll", thread: null, question: "Lunch?", options: ["Soup", "Bread"], many: false }],
    ["a poll in a thread", { k: "poll", thread: id(), question: "", options: ["1", "2", "3"], many: true }],
    ["a vote", { k: "vote", target, rev: 1, choices: [1] }],
    ["a vote taken back", { k: "vote", target, rev: 2, choices: [] }],
    ["a poll closed", { k: "pollend", target, rev: 1, on: true }],
    ["a pin", { k: "pin", channel: id(), target, rev: 1, on: true }],
    ["a pin taken off", { k: "pin", channel: id(), target, rev: 2, on: false }],
  ];
}

function place(): (readonly [string, Content])[] {
  const picture = { type: "image/png", width: 64, height: 64, bytes: some(80) } as const;
  const bookmark = { k: "bookmark", channel: id<"channel">(), item: id<"item">(), rev: 1 } as const;
  return [
    ["what a channel is for", { k: "about", channel: id(), rev: 1, text: "Everything about the harbour" }],
    ["a bookmark", { ...bookmark, title: "Tides", url: "https://tides.example/", place: 0, on: true }],
    ["a bookmark taken away", { ...bookmark, rev: 2, title: "", url: "", place: 0, on: false }],
    ["an emoji of one’s own", { k: "emoji", name: "party-gull", rev: 1, picture }],
    ["an emoji gone", { k: "emoji", name: "0", rev: 2, picture: null }],
    ["a status until a time", { k: "status", rev: 1, emoji: "\u{1F3D6}", text: "By the sea", until: AT }],
    ["no status", { k: "status", rev: 2, emoji: "", text: "", until: null }],
    [
      "a profile with pronouns and a time zone",
      { k: "profile", rev: 4, name: "Anna", title: "", avatar: null, pronouns: "she/her", zone: "Europe/Prague" },
    ],
  ];
}

function own(): (readonly [string, Content])[] {
  const scheduled = {
    k: "scheduled",
    event: id<"event">(),
    channel: id<"channel">(),
    text: "Morning!",
    at: AT,
  } as const;
  return [
    ["a thread read", { k: "thread", channel: id(), root: id(), rev: 1, pos: 88, follow: "auto" }],
    ["a thread left", { k: "thread", channel: id(), root: id(), rev: 2, pos: 88, follow: "off" }],
    [
      "a message for later",
      { k: "later", item: id(), rev: 1, channel: id(), event: id(), text: "", at: AT, state: "open" },
    ],
    [
      "a note of one’s own",
      { k: "later", item: id(), rev: 2, channel: null, event: null, text: "Tea", at: null, state: "done" },
    ],
    ["a message for a time", { ...scheduled, rev: 1, thread: null, state: "waiting" }],
    ["a reply for a time, sent", { ...scheduled, rev: 2, thread: id(), state: "sent" }],
    ["a draft in a thread", { k: "draft", channel: id(), rev: 1, text: "Per", thread: id() }],
  ];
}

function makeBad(maker: Maker): void {
  const bad = (name: string, value: Parameters<typeof encodeCbor>[0]) =>
    maker.refuse("content", name, { bytes: encodeCbor(value) }, "wire/bad-shape");
  const target = { id: some(16), hash: some(32) };
  const message = { k: "message", text: "Hi", thread: null, mentions: [], files: 0 };
  bad("a field that may be absent, there and null", { ...message, quote: null });
  bad("a reply that says it does not stand in the channel", { ...message, also: false });
  bad("a quote without its text", {
    ...message,
    quote: { channel: some(16), ...target, user: some(16), at: AT },
  });
  bad("a poll with one answer", { k: "poll", thread: null, question: "?", options: ["yes"], many: false });
  bad("a poll with 13 answers", { k: "poll", thread: null, question: "?", options: Array(13).fill("a"), many: false });
  bad("a vote for nothing countable", { k: "vote", target, rev: 1, choices: [-1] });
  bad("a vote of 13 choices", { k: "vote", target, rev: 1, choices: Array.from({ length: 13 }, (_, i) => i) });
  bad("a pin without a hash", { k: "pin", channel: some(16), target: { id: some(16) }, rev: 1, on: true });
  bad("an emoji with a capital", { k: "emoji", name: "Gull", rev: 1, picture: null });
  bad("an emoji without a name", { k: "emoji", name: "", rev: 1, picture: null });
  bad("an emoji of 33 letters", { k: "emoji", name: "a".repeat(33), rev: 1, picture: null });
  bad("a thread followed somehow", { k: "thread", channel: some(16), root: some(16), rev: 1, pos: 1, follow: "yes" });
  const scheduled = { k: "scheduled", event: some(16), channel: some(16), text: "x", thread: null, rev: 1, at: AT };
  bad("a scheduled message in no state", { ...scheduled, state: "lost" });
  bad("a scheduled message at no time", { ...scheduled, at: null, state: "waiting" });
  bad("a thing for later with a long note", {
    k: "later",
    item: some(16),
    rev: 1,
    channel: null,
    event: null,
    text: "x".repeat(4001),
    at: null,
    state: "open",
  });
}

export function makeDaily(maker: Maker): void {
  const all = [...talk(), ...place(), ...own()];
  for (const [name, content] of all) {
    if (!Object.hasOwn(CONTENT, content.k)) throw new RangeError(content.k);
    maker.add("content", name, { bytes: encodeContent(content) });
  }
  makeBad(maker);
}

/** A file that its sender withdrew before it was whole. */
export function makeUnsent(maker: Maker): void {
  maker.add("content", "a file withdrawn", { bytes: encodeContent({ k: "unsent", of: id(), index: 9 }) });
  const bad = (name: string, value: Parameters<typeof encodeCbor>[0]) =>
    maker.refuse("content", name, { bytes: encodeCbor(value) }, "wire/bad-shape");
  bad("a file withdrawn of no place", { k: "unsent", of: some(16) });
  bad("a file withdrawn of no message", { k: "unsent", of: null, index: 0 });
  bad("a file withdrawn that is there all the same", { k: "unsent", of: some(16), index: 0, file: null });
}

/** Where a device left its search index, in a file of its own: the kinds before it were frozen when it came. */
export function makeIndex(maker: Maker): void {
  const index = { k: "index", at: AT, rows: 812, blob: id<"blob">(), key: some(32), size: 81_200 } as const;
  maker.add("content", "a search index", { bytes: encodeContent({ ...index, rev: 1, segments: [some(32)] }) });
  const most = { ...index, rev: 7, size: 2 ** 26, segments: Array.from({ length: 8 }, () => some(32)) };
  maker.add("content", "a search index of the most bytes", { bytes: encodeContent(most) });
  const bad = (name: string, value: Parameters<typeof encodeCbor>[0]) =>
    maker.refuse("content", name, { bytes: encodeCbor(value) }, "wire/bad-shape");
  const raw = { k: "index", rev: 1, at: AT, rows: 1, blob: some(16), key: some(32), size: 9 };
  bad("a search index without segments", { ...raw, segments: [] });
  bad("a search index of more bytes than any", { ...raw, size: 2 ** 26 + 1, segments: [some(32)] });
  bad("a search index of nine segments", { ...raw, segments: Array.from({ length: 9 }, () => some(32)) });
  bad("a search index under a short key", { ...raw, key: some(31), segments: [some(32)] });
}
