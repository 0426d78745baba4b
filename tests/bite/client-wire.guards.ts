// The engine's guards against false answers, files, texts and floods, each with the hostile case that must miss it.
import { client, type Guard } from "./guard.ts";

const CATCH_UP = "lib/client/account/catch-up.ts";
const FILE = "lib/crypto/file.ts";
const NAMES = "lib/client/files/names.ts";
const DOWNLOADS = "lib/client/files/downloads.ts";
const LIVE = "lib/client/wire/live.ts";
const HTTP = "lib/platform/http.ts";
const MARKUP = "lib/platform/markup.ts";
const BOOK = "lib/client/ledger/book.ts";
const INERT = `return INERT.test(claimed) ? claimed : "application/octet-stream";`;
const CLAIMED = `return INERT.test("") ? "" : claimed;`;
const PICTURES = `z.enum(["image/webp", "image/jpeg", "image/png"]),`;
const READY = "name: plainName(file.name), ...said(file), voice, state:";

const FORMS: readonly Guard[] = [
  client(
    "MS-18",
    "links of another version",
    "versions",
    "lib/protocol/link.ts",
    "outer.v !== VERSION)",
    "outer.v === null)",
  ),
  client(
    "MS-18",
    "suites and policies from the future",
    "versions",
    "lib/proof/membership.ts",
    `if (code === null && isBeyond(placed.link)) return "wire/unknown-version";`,
    "",
  ),
  client(
    "MS-18",
    "events of another version",
    "versions",
    "lib/crypto/message.ts",
    `value.v !== VERSION) return "event/newer";`,
    `value.v === null) return "event/newer";`,
  ),
  client(
    "MS-20",
    "keys that are none",
    "versions",
    "lib/proof/rules/cards.ts",
    "card === null ? null : judgeCardKeys(card, cache),",
    "card === null || cache === undefined ? null : null,",
  ),
  client(
    "MS-24",
    "answers of any shape",
    "answers",
    "lib/client/engine.ts",
    "transport: checkedTransport(ports.transport)",
    "transport: ports.transport",
  ),
  client(
    "MS-36",
    "codes that a server may not send",
    "answers",
    HTTP,
    "return allowed ? value : undefined;",
    "return allowed ? value : value;",
  ),
  client("MS-36", "codes that are none", "answers", HTTP, "if (!isFaultCode(value)) return undefined;", "", {
    file: HTTP,
    find: "const allowed = SERVER_AREAS.some((area) => value.startsWith(area)) || SERVER_CODES.includes(value);",
    replace: "const allowed = true;",
  }),
  client("MS-39", "redirects", "answers", HTTP, `redirect: "manual",`, `redirect: "follow",`),
];

const FILES: readonly Guard[] = [
  client(
    "MS-21",
    "cut segments",
    "files",
    FILE,
    "if (sealed.length < segment.sealedBytes) throw",
    "if (sealed.length < 0) throw",
  ),
  client(
    "MS-21",
    "lengthened segments",
    "files",
    FILE,
    "if (sealed.length > segment.sealedBytes || !equal(segmentHash(sealed), expected))",
    "if (expected.length === 0)",
  ),
  client(
    "MS-22",
    "sizes that are not true",
    "files",
    FILE,
    "if (!isZero(padded.subarray(trueBytes))) throw",
    "if (!isZero(padded.subarray(plain(trueBytes)))) throw",
    {
      file: FILE,
      find: "function openChunks(",
      replace: "const plain = (bytes: number): number => bytes + 2 ** 40;\n\nfunction openChunks(",
    },
  ),
  client("MS-22", "types that are claimed", "files", NAMES, INERT, CLAIMED),
  client("MS-26", "types that run", "files", NAMES, INERT, CLAIMED),
  client(
    "MS-26",
    "pictures that run",
    "files",
    "lib/protocol/file.ts",
    PICTURES,
    `z.enum(["image/webp", "image/jpeg", "image/png", "image/svg+xml"]),`,
  ),
  client(
    "MS-27",
    "names as claimed, on screen",
    "files",
    "lib/client/view/items/files.ts",
    READY,
    "name: file.name, ...said(file), voice, state:",
  ),
  client(
    "MS-27",
    "names as claimed, on disk",
    "files",
    DOWNLOADS,
    "const name = plainName(file.name);",
    "const name = file.name;",
  ),
];

const TEXTS: readonly Guard[] = [
  client(
    "MS-25",
    "links that run",
    "text",
    MARKUP,
    "reader.validateLink = (url) => SAFE_LINK.test(url);",
    "reader.validateLink = () => true;",
    {
      file: MARKUP,
      find: "return SAFE_LINK.test(href) ? (kids) => closeLink(href, kids) : null;",
      replace: "return (kids) => closeLink(href, kids);",
    },
  ),
  client("MS-25", "names that hide something", "text", "lib/client/view/label.ts", `.replace(UNSEEN, "")`, ""),
  client(
    "MS-25",
    "mentions that the text does not make",
    "text",
    "lib/client/events/mentions.ts",
    "listed.includes(user) && text",
    "listed.includes(user) || text",
  ),
];

const FLOODS: readonly Guard[] = [
  client(
    "MS-23",
    "pages without end",
    "flood",
    CATCH_UP,
    "if (dark >= DARK_PAGES) return",
    "if (dark >= DARK_PAGES * 20) return",
  ),
  client(
    "MS-23",
    "ledgers without end",
    "flood",
    BOOK,
    "if (page.head.n > MOST_LINKS || page.entries.length > LIMITS.linksPerRead) throw",
    "if (page.entries.length > MOST_LINKS) throw",
  ),
  client(
    "MS-23",
    "sockets that never greet",
    "flood",
    LIVE,
    `if (socket === this.#socket && !this.#greeted) this.#drop("net/timeout");`,
    "",
  ),
  client(
    "MS-23",
    "a server that takes nothing",
    "flood",
    "lib/client/events/outbox.ts",
    `if (idle > PATIENT_ROUNDS) throw new Fault("net/bad-answer", { detail: "events.append" });`,
    "",
  ),
  client("MS-23", "sockets that stall", "flood", LIVE, `if (!this.#answered) return this.#drop("net/timeout");`, ""),
  client(
    "MS-23",
    "greetings without end",
    "flood",
    LIVE,
    "if (!this.#greeted) void this.#ready(socket);",
    "void this.#ready(socket);",
  ),
  client(
    "MS-23",
    "notices without end",
    "flood",
    "lib/client/account/notices.ts",
    "if (alike.length >= MOST) return false;",
    "",
  ),
];

const TRUST: readonly Guard[] = [
  client(
    "MS-38",
    "rows in each other's place",
    "trust",
    "lib/client/vault.ts",
    `return enc("vault", table, key);`,
    `return enc("vault", table, key.slice(0, 0));`,
  ),
  client(
    "MS-38",
    "rows that were lost",
    "trust",
    "lib/client/events/log.ts",
    "await this.replace(record);\n      // What a loaded",
    "// What a loaded",
  ),
  client(
    "MS-38",
    "a lost list of accounts",
    "trust",
    "lib/client/engine.ts",
    `if (vault.damaged.length > 0) throw new Fault("store/vault-gone");`,
    "",
  ),
  client(
    "MS-45",
    "one liar's word as two",
    "trust",
    "lib/client/verify/forks.ts",
    "if (parts.warnings.forkers().size >= 2)",
    "if (parts.warnings.forkers().size >= 1)",
  ),
  client(
    "MS-45",
    "heads that are not ours",
    "trust",
    "lib/client/events/inbox.ts",
    "const conflict = ours === undefined || !equal(ours, opened.head);",
    "const conflict = ours === undefined;",
  ),
];

const TABS: readonly Guard[] = [
  {
    rule: "tabs",
    keeps: "a change of another snapshot than the tab has",
    file: "lib/platform/browser/proxy.ts",
    find: "news.from !== feed.mark",
    replace: "feed.mark === null",
    test: "tests/unit/platform/host.test.ts",
    name: "a change of what a tab doesn’t have",
  },
];

export const GUARDS: readonly Guard[] = [...TABS, ...FORMS, ...FILES, ...TEXTS, ...FLOODS, ...TRUST];
