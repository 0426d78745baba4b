// Guards of files on their way up and down, each with the test that must miss it.
import type { Guard, Patch } from "./guard.ts";

const uploads = (rule: string, keeps: string, name: string, file: string, find: string, replace: string): Guard => ({
  rule,
  keeps,
  file,
  find,
  replace,
  test: "tests/scenario/uploads.test.ts",
  name,
});

const SENDING = "lib/client/files/sending.ts";

const stream = (keeps: string, name: string, find: string): Guard => ({
  rule: "F1",
  keeps,
  file: "lib/crypto/inside/stream.ts",
  find,
  replace: "",
  test: "tests/unit/crypto/stream.test.ts",
  name,
});

const reading = (
  keeps: string,
  file: string,
  find: string,
  replace: string,
  name: string,
  test: string,
  ...more: readonly Patch[]
): Guard => ({ rule: "F1", keeps, file, find, replace, test, name, more });
const HELD = "lib/client/files/held.ts";
const READING = "tests/unit/client/reading.test.ts";
const HOST = "lib/platform/browser/stream/host.ts";
const STREAM = "tests/unit/platform/stream.test.ts";

export const GUARDS: readonly Guard[] = [
  reading(
    "what came for a place that was left from taking the line of the one that is looked at",
    HELD,
    "this.#leave(fileName(file), segment.index);",
    "",
    "whoever winds a film",
    READING,
  ),
  reading(
    "what somebody waits for from being broken off by who looks elsewhere",
    HELD,
    "!held.whole && held.readers === 0;",
    "!held.whole;",
    "what somebody waits for goes on",
    READING,
    { file: HELD, find: "if (held.readers > 0) return;", replace: "" },
  ),
  reading(
    "two who read in turns from fetching the same again and again",
    HELD,
    "const HELD = 3;",
    "const HELD = 1;",
    "two who read one file in turns",
    READING,
  ),
  reading(
    "an answer that nobody takes from being fetched to its end",
    "lib/platform/browser/stream/route.ts",
    "cancel: left,",
    "",
    "who lets go of an answer",
    STREAM,
  ),
  reading(
    "a request that was broken off from being fetched",
    "lib/platform/browser/stream/route.ts",
    'request.signal.addEventListener("abort", leave, { once: true });',
    "",
    "who lets go of an answer",
    STREAM,
  ),
  reading(
    "the first bytes from waiting for a segment behind theirs",
    HOST,
    "return Math.min(to, from + PIECE, border);",
    "return Math.min(to, from + PIECE, border + PIECE);",
    "no answer waits for the segment behind",
    STREAM,
  ),
  reading(
    "a question that is repeated from being fetched twice",
    HOST,
    "if (going.has(ask)) return",
    'if (ask === "") return',
    "a question that is repeated",
    STREAM,
  ),
  stream(
    "a segment's key from staying in libsodium's memory",
    "neither a stream's key",
    "inside().HEAPU8.fill(0, to, to + key.length);",
  ),
  stream(
    "what a segment's key became from staying in libsodium's memory",
    "neither a stream's key",
    "inside().HEAPU8.fill(0, at, at + bytes);",
  ),
  uploads(
    "F1",
    "a second plaintext from meeting the key of the first",
    "a file that changes while it is read",
    "lib/crypto/file.ts",
    "if (how.before !== null && !equal(how.before.hash, step.value.hash)) throw",
    "if (how.before !== null && how.before.hash.length === 0) throw",
  ),
  uploads(
    "F1",
    "what was sent from being sealed to other bytes after a reload",
    "goes on after a reload",
    SENDING,
    "await vault.write([...arrived, markOp(entry.id, segment.index, { ...sealed, there: false })]);",
    "await vault.write(arrived);",
  ),
  uploads(
    "F1",
    "segments that the server has from going up again",
    "goes on after a reload",
    SENDING,
    "if (before?.there === true) continue;",
    "",
  ),
  uploads(
    "F1",
    "an upload from beginning again under the key that a forgotten place had",
    "forgets what it was given",
    SENDING,
    "place = null;",
    "place = { ...(place as never as object) } as never;",
  ),
  uploads(
    "F1",
    "true sizes from the server",
    "files of one padding class",
    "lib/crypto/file.ts",
    "return cutOf(padmeSize(size)).map(",
    "return cutOf(Math.max(1, size)).map(",
  ),
  uploads(
    "F1",
    "what was paused from going on by itself",
    "pause stops it",
    "lib/client/files/uploads.ts",
    'entry.state === "going" && running === null && !resting,',
    "running === null && !resting,",
  ),
  uploads(
    "F1",
    "others from waiting for what was withdrawn",
    "a file withdrawn leaves",
    "lib/client/view/items/files.ts",
    'else if (record?.content?.k === "unsent" || pending?.content.k === "unsent") continue;',
    "",
  ),
  uploads(
    "F1",
    "a withdrawal from being forgotten before it is told",
    "a file withdrawn leaves",
    "lib/client/files/uploads.ts",
    "await told?.(run.entry);",
    "",
  ),
  ...(
    [
      [
        "what is being named from being withdrawn, bytes and all",
        "lib/client/files/uploads.ts",
        "if (run === undefined || run.naming) return;",
        "if (run === undefined) return;",
        "a file whose event is being written",
      ],
      [
        "what was withdrawn too late from staying at the server for ever",
        "lib/client/files/uploads.ts",
        "await this.#end(run.entry, true);",
        "await this.#end(run.entry, false);",
        "a file withdrawn after the server had all of it",
      ],
      [
        "a place from being forgotten before the server has it back",
        "lib/client/files/uploads.ts",
        'if (entry.state === "gone") this.#back.add(entry);',
        'if (entry.state === "gone") await this.#end(entry, false);',
        "withdrawn without a line",
      ],
      [
        "files from being lost between two writes",
        "lib/client/commands/messages.ts",
        "account.send(input.channel, content, id, ops),",
        "account.vault.write(ops).then(() => account.send(input.channel, content, id)),",
        "a crash as a message is sent",
      ],
    ] as const
  ).map(
    ([keeps, file, find, replace, name]): Guard => ({
      rule: "F1",
      keeps,
      file,
      find,
      replace,
      test: "tests/scenario/withdrawn.test.ts",
      name,
    }),
  ),
  {
    rule: "SRV-07",
    keeps: "files that were forwarded from being taken away by who began them",
    file: "server/routers/files.ts",
    find: "if (!own || blob.channels.length > 1) throw",
    replace: "if (!own) throw",
    test: "tests/hostile/server/srv-07-blobs.test.ts",
    name: "what is given up goes at once",
  },
  {
    rule: "F1",
    keeps: "files that are coming from being said withdrawn by another",
    file: "lib/client/view/changes/files.ts",
    find: "if (root.user === record.user) return",
    replace: 'if (root.id !== "") return',
    test: "tests/hostile/client/events.test.ts",
    name: "nobody changes or deletes what another wrote",
  },
  {
    rule: "F1",
    keeps: "files of places that one may not read",
    file: "lib/client/files/list/list.ts",
    find: "if (!readable.has(row.channel) ||",
    replace: "if (readable.size < 0 ||",
    test: "tests/scenario/file-list.test.ts",
    name: "a place that one has left",
  },
  {
    rule: "MS-26",
    keeps: "types that run, from an address of the service worker",
    file: "lib/platform/browser/stream/route.ts",
    find: 'if (played) return { "content-type": type };',
    replace: 'if (played || type !== "") return { "content-type": type };',
    test: "tests/unit/platform/stream.test.ts",
    name: "MS-26",
  },
];
