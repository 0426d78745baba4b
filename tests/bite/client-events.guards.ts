// The engine's guards against moved, altered and missing events, each with the hostile case that must miss it.
import { client, type Guard } from "./guard.ts";

const INBOX = "lib/client/events/inbox.ts";
const PREVS = "lib/client/events/prevs.ts";
const MESSAGE = "lib/crypto/message.ts";
const CHANGES = "lib/client/view/changes";
const SIGNED = `if (!verifySignature("msg", signPk, event.signed, event.sig, cache)) return "proof/bad-signature";`;
const PLACE = "header.ws !== keys.ws || header.channel !== keys.channel || header.class !== keys.class";
const HOLE = `hole: numbered.verdict === "hole" };`;
const NO_AD = "new Uint8Array(0)";

export const GUARDS: readonly Guard[] = [
  client("MS-07", "replays", "events", INBOX, `if (context.seen(row.id)) return "event/duplicate";`, ""),
  client(
    "MS-08",
    "events of other channels",
    "events",
    INBOX,
    `if (header.channel !== context.channel || row.channel !== context.channel) return "event/wrong-place";`,
    "",
    { file: MESSAGE, find: PLACE, replace: "header.ws !== keys.ws || header.class !== keys.class" },
  ),
  client(
    "MS-08",
    "events of other workspaces and classes",
    "events",
    INBOX,
    `if (header.ws !== context.ws || header.class !== "stored") return "event/wrong-place";`,
    "",
    { file: MESSAGE, find: PLACE, replace: "header.channel !== keys.channel" },
  ),
  client(
    "MS-09",
    "an order that the author did not give",
    "events",
    INBOX,
    `late: numbered.verdict === "late" || header.epoch < mark.maxEpoch,`,
    "late: header.epoch < mark.maxEpoch,",
  ),
  client("MS-09", "numbers that are missing", "events", INBOX, HOLE, "hole: false };"),
  client(
    "MS-10",
    "places and numbers that are missing",
    "events",
    INBOX,
    "const gap = mark.high > 0 && !follows(row.pos, mark.high);",
    "const gap = false;",
    { file: INBOX, find: HOLE, replace: "hole: false };" },
  ),
  client(
    "MS-10",
    "events that another had read",
    "events",
    PREVS,
    `if (hash === undefined && whole) this.#fault("event/hole", channel, record);`,
    "",
  ),
  client("MS-10", "emptied rows", "events", `${CHANGES}/all.ts`, "hearGaps(hearing, records);", ""),
  client(
    "MS-12",
    "a number used twice",
    "events",
    INBOX,
    `if (numbered.verdict === "taken" || collides(context.newer(name), header.seq))`,
    "if (header.seq < 0 && collides(context.newer(name), header.seq))",
  ),
  client(
    "MS-12",
    "an id with two contents",
    "events",
    PREVS,
    "if (hash instanceof Uint8Array && !equal(hash, prev.hash))",
    "if (hash instanceof Uint8Array && equal(hash, new Uint8Array(0)))",
  ),
  client("MS-13", "signatures of others", "events", MESSAGE, SIGNED, ""),
  client(
    "MS-13",
    "rows of another device",
    "events",
    INBOX,
    "header.id !== row.id || header.epoch !== row.epoch || header.device !== row.device",
    "header.epoch !== row.epoch",
  ),
  client(
    "MS-14",
    "altered bytes",
    "events",
    MESSAGE,
    SIGNED,
    "",
    { file: MESSAGE, find: "nonce, header, padded)", replace: `nonce, ${NO_AD}, padded)` },
    {
      file: MESSAGE,
      find: "sealed.nonce, sealed.header, sealed.ciphertext)",
      replace: `sealed.nonce, ${NO_AD}, sealed.ciphertext)`,
    },
  ),
  client(
    "MS-34",
    "edits by others",
    "events",
    `${CHANGES}/edits.ts`,
    "if (named.user !== record.user)",
    "if (named.user === null)",
  ),
  client(
    "MS-34",
    "deletions by others",
    "events",
    `${CHANGES}/deletions.ts`,
    "if (mayDelete(state, by, record.n) !== null)",
    "if (by.user === null && mayDelete(state, by, record.n) !== null)",
  ),
  client(
    "MS-34",
    "edits of another content",
    "events",
    `${CHANGES}/hearing.ts`,
    "if (equal(found.hash, target.hash)) return found;",
    "if (equal(found.hash, found.hash)) return found;",
  ),
  client(
    "MS-37",
    "frames of unknown channels",
    "events",
    "lib/client/account/catch-up.ts",
    `if (account.book.behind === null) account.note("event/wrong-place", "note", channel);`,
    "",
  ),
  client(
    "MS-40",
    "ids that a refused row takes",
    "events",
    "lib/client/events/records.ts",
    `if (record.status !== "refused")\n    ops.push(`,
    "ops.push(",
    {
      file: INBOX,
      find: `if (opened.record.status !== "refused") batch.add(row.id);`,
      replace: "batch.add(row.id);",
    },
  ),
];
