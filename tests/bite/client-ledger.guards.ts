// The engine's guards against forged ledgers and dead keys, each with the hostile case that must miss it.
import { client, type Guard } from "./guard.ts";

const ENVELOPE = "lib/proof/rules/envelope.ts";
const PEOPLE = "lib/proof/rules/people.ts";
const QUERIES = "lib/proof/queries.ts";
const CHAIN = "lib/proof/chain.ts";
const BOOK = "lib/client/ledger/book.ts";
const INBOX = "lib/client/events/inbox.ts";
const ROOMS = "lib/client/keys/rooms.ts";
const RESTORE = `rule(["member_restore"], "L7 An admin restores; a former owner, an owner.", (step, body) =>\n    `;
const CONFLICT = "const conflict = ours === undefined || !equal(ours, opened.head);";
const SEQ = `if (stub.seq !== nextSeq(state, stub.chain)) return refuse("proof/gap");`;

const LEDGER: readonly Guard[] = [
  client(
    "MS-01",
    "links that nobody signed",
    "ledger",
    ENVELOPE,
    `signedByDevice(step) ? null : "proof/bad-signature"`,
    "step.n === 0 && !signedByDevice(step) ? null : null",
  ),
  client(
    "MS-02",
    "links in another's chain",
    "ledger",
    ENVELOPE,
    `(link.chain as string) === link.user ? null : "proof/no-right"`,
    `(link.chain as string) === "" ? "proof/no-right" : null`,
  ),
  client(
    "MS-03",
    "rekeys without a right",
    "ledger",
    PEOPLE,
    `return alone || mayBringBack(step, body.user) ? null : "proof/no-right";`,
    `return alone && step.n === 0 ? "proof/no-right" : null;`,
  ),
  client(
    "MS-03",
    "links that are not what their stub says",
    "ledger",
    CHAIN,
    `if (!equal(linkHash(link), stub.hash)) return refuse("proof/bad-hash");`,
    "",
  ),
  client(
    "MS-04",
    "restoring without a right",
    "ledger",
    PEOPLE,
    `${RESTORE}mayBringBack(step, body.user) ? null`,
    `${RESTORE}step.n > 0 || mayBringBack(step, body.user) ? null`,
  ),
  client(
    "MS-04",
    "events of the removed",
    "ledger",
    QUERIES,
    `if (roleAt(state, by.user, by.n) === null) return "proof/not-member";`,
    "",
  ),
  client("MS-05", "gaps in a chain", "ledger", CHAIN, SEQ, ""),
  client(
    "MS-05",
    "withheld bodies",
    "ledger",
    CHAIN,
    `mustSee(state, viewer, stub) ? refuse("proof/withheld-body") : { ok: true, link: null }`,
    `state.n < 0 && mustSee(state, viewer, stub) ? refuse("proof/withheld-body") : { ok: true, link: null }`,
  ),
  client(
    "MS-05",
    "heads below the highest",
    "ledger",
    BOOK,
    "if (page.head.n < Math.max(this.state.n, this.#highest.n)) {",
    "if (page.head.n < 0) {",
  ),
  client(
    "MS-05",
    "rollbacks past a damaged disk",
    "ledger",
    BOOK,
    "Math.max(this.state.n, this.#highest.n)",
    "this.state.n",
  ),
  client(
    "MS-05",
    "forks past a damaged disk",
    "ledger",
    BOOK,
    `if (stoodAt !== undefined && !equal(stoodAt, this.#highest.hash)) return this.#halt("proof/fork");`,
    "",
  ),
  client("MS-06", "authors of another history", "ledger", INBOX, CONFLICT, "const conflict = ours === undefined;"),
  client(
    "MS-06",
    "writing on after two conflicts",
    "ledger",
    "lib/client/verify/forks.ts",
    `if (parts.warnings.forkers().size >= 2) parts.book.block("proof/fork");`,
    "",
  ),
  client(
    "MS-06",
    "warnings that a restart forgets",
    "ledger",
    "lib/client/account/notices.ts",
    `if (severity === "alarm") void this.#keep(key, { code, at, detail }, evidence);`,
    "",
  ),
  client("MS-41", "mislabelled removals", "ledger", CHAIN, SEQ, ""),
];

const EPOCHS: readonly Guard[] = [
  client(
    "MS-15",
    "writing under a dead key",
    "epochs",
    ROOMS,
    "if (epoch === null || needsRotation(state, scope)) return true;",
    "if (epoch === null) return true;",
  ),
  client(
    "MS-15",
    "reading what was written under it",
    "epochs",
    QUERIES,
    `return scope.revoking.some((p) => p > epoch.n && p <= by.n) ? "proof/revoked-between" : null;`,
    "return null;",
  ),
  client(
    "MS-16",
    "epochs for one too many",
    "epochs",
    "lib/proof/rules/epochs.ts",
    `return equal(body.rcpt, expected) ? null : "proof/bad-epoch";`,
    `return equal(body.rcpt, body.rcpt) || expected ? null : "proof/bad-epoch";`,
  ),
  client(
    "MS-17",
    "epochs that go back",
    "epochs",
    "lib/proof/rules/epochs.ts",
    `body.epoch === scope.epochs.length + 1 ? null : "proof/bad-epoch"`,
    `body.epoch === 0 ? "proof/bad-epoch" : null`,
  ),
  client(
    "MS-42",
    "one bad key that stops all",
    "epochs",
    ROOMS,
    `if (!isFault(thrown, "crypto/bad-kem-key")) throw asFault(thrown);`,
    "throw asFault(thrown);",
  ),
  client(
    "MS-42",
    "bad KEM keys in the ledger",
    "epochs",
    "lib/proof/verify.ts",
    "checkDeviceKeys(card.device, cache) && checkKemKey(card.puk.pk)",
    "checkDeviceKeys(card.device, cache)",
  ),
  client(
    "MS-44",
    "garbage that nobody looks at",
    "epochs",
    "lib/client/account/catch-up.ts",
    "await account.audit.run();",
    "",
  ),
  client(
    "MS-44",
    "a garbage prevBox that stays",
    "epochs",
    "lib/client/keys/audit.ts",
    "return previous === undefined ? undefined : boxPreviousEpoch(name, key, previous);",
    "return undefined;",
  ),
  client(
    "MS-46",
    "rekeyed partners in private scopes",
    "epochs",
    QUERIES,
    "return !removed && !person.rekeyedAt.some((p) => p > since && p <= n);",
    "return !removed;",
  ),
  client(
    "MS-47",
    "links that outlive a removal",
    "epochs",
    "lib/proof/effects/people.ts",
    "  closeInstantInvites(draft);\n  closeInvitesOf(draft, user, () => true);",
    "  closeInvitesOf(draft, user, () => true);",
  ),
];

const RECOVERY: readonly Guard[] = [
  client(
    "MS-33",
    "another's name beside a recovery code",
    "recovery",
    "lib/client/recovery/open.ts",
    "if (person === undefined || !mine)",
    "if (person === undefined)",
  ),
  client(
    "MS-33",
    "recovery without the newest keys",
    "recovery",
    "lib/client/recovery/open.ts",
    `if (!found.has(newest)) throw new Fault("recovery/withheld", { detail: \`puk \${newest}\` });`,
    "",
  ),
];

export const GUARDS: readonly Guard[] = [...LEDGER, ...EPOCHS, ...RECOVERY];
