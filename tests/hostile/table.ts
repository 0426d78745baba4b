// What is tried, by number: what refuses it by which name, what a person is told, and what is known not to be refused.

/** alarm: a warning that lasts. stop: writing in the workspace ends, too. note: said once. shown: on the row itself. */
export type Telling = "alarm" | "stop" | "note" | "shown" | "thrown" | "";
export type Row = {
  readonly id: string;
  readonly tries: string;
  /** the faults by which it is refused */
  readonly codes: string;
  readonly told: Telling;
};

const ms = (number: string, tries: string, codes: string, told: Telling): Row => ({
  id: `MS-${number}`,
  tries,
  codes,
  told,
});
const srv = (number: string, tries: string): Row => ({ id: `SRV-${number}`, tries, codes: "", told: "" });

export const TABLE: readonly Row[] = [
  ms("01", "ghost device on a member", "proof/bad-signature, proof/not-active", "alarm"),
  ms("02", "device added by the wrong account", "proof/no-right, proof/not-active", "alarm"),
  ms(
    "03",
    "a member's root key swapped",
    "proof/no-right, proof/bad-signature, proof/bad-hash, verify/keys-differ",
    "alarm",
  ),
  ms("04", "a removed member listed or taken back", "proof/bad-signature, proof/no-right, proof/not-member", "alarm"),
  ms("05", "ledger dropped, reordered, rolled back", "proof/gap, -withheld-body, -rollback, -fork", "stop"),
  ms("06", "forked views shown to two members", "proof/fork, verify/fork", "alarm"),
  ms("07", "replay in the same channel", "event/duplicate, event/wrong-place", "note"),
  ms("08", "replay across channels and workspaces", "event/wrong-place, proof/bad-signature", "shown"),
  ms("09", "reorder", "event/hole", "alarm"),
  ms("10", "drop in the middle, silent purge", "event/hole", "alarm"),
  ms("11", "a withheld tail", "event/hole, once another's word names it", "alarm"),
  ms("12", "one number, two contents", "event/equivocation", "alarm"),
  ms("13", "sender field swapped", "event/wrong-place, proof/bad-signature, proof/not-active", "shown"),
  ms("14", "every byte of an event flipped", "crypto/cannot-open, event/wrong-place, wire/…", "shown"),
  ms("15", "old epoch key after a removal", "proof/revoked-between", "shown"),
  ms("16", "a seal to one recipient too many", "proof/bad-epoch", "alarm"),
  ms("17", "epoch rollback", "proof/bad-epoch, event/wrong-place", "alarm"),
  ms("18", "unknown version, type or suite", "wire/unknown-version, -type, event/newer", "stop"),
  ms("19", "weakened costs of a passphrase's key", "lock/weak, store/vault-gone", "thrown"),
  ms("20", "low-order and non-canonical keys", "proof/bad-key, proof/bad-signature, crypto/bad-kem-key", "alarm"),
  ms("21", "file segments and chunks moved", "crypto/file-altered, crypto/file-truncated", "thrown"),
  ms("22", "false size and type of a file", "crypto/file-size, -altered, -truncated", "thrown"),
  ms("23", "oversized, endless, stalling", "net/bad-answer, net/timeout", "alarm"),
  ms("24", "deep, huge, doubled, poisoned JSON", "net/bad-answer", "note"),
  ms("25", "hostile text, names and mentions", "(made harmless)", ""),
  ms("26", "attachments that would run", "wire/bad-shape; else handed out as bytes", "shown"),
  ms("27", "file names that would escape", "(made harmless)", ""),
  ms("29", "clocks far ahead or behind", "net/clock, circle/too-early", "shown"),
  ms("30", "a login's challenge for other ends", "net/bad-answer, may/bad-challenge", "thrown"),
  ms("31", "invite: inviter, join, keys swapped", "proof/invite-swapped, -bad-signature, -gap, -fork", "thrown"),
  ms("33", "another's or an older recovery box, seals withheld", "recovery/bad-box, recovery/withheld", "thrown"),
  ms("34", "edit or deletion by a non-author", "event/wrong-author, event/unknown-target", "shown"),
  ms("36", "errors with markup and paths", "(own codes and sentences alone)", "thrown"),
  ms("37", "live event for an unknown channel", "event/wrong-place", "note"),
  ms("38", "poisoned store on this device", "store/damaged, store/vault-gone", "alarm"),
  ms("39", "redirect to another origin", "net/redirected", "alarm"),
  ms("40", "another's ciphertext under my id", "event/wrong-place, event/exists", "shown"),
  ms("41", "a removal passed off as a private link", "proof/gap, proof/fork", "stop"),
  ms("42", "malformed KEM key", "proof/bad-key, crypto/bad-kem-key", "alarm"),
  ms("43", "folds under clocks a year apart", "(the same fold)", ""),
  ms("44", "garbage seals and prevBox", "crypto/bad-seal", "note"),
  ms("45", "one member's lying gossip", "proof/fork", "alarm"),
  ms("46", "rekey of a partner, to read DMs", "(no key for him; may/not-found)", "shown"),
  ms("32", "man in the middle of linking", "link/swapped, -not-added, -other-account, proof/bad-key", "thrown"),
  ms("48", "a photographed link code", "link/swapped, may/letter-exists", "thrown"),
  ms("47", "leaked invite after a removal", "proof/invite-closed", "thrown"),
  ms("49", "a restore claimed, or denied", "proof/rollback, proof/fork, event/hole, -equivocation", "alarm"),
  srv("01", "every procedure, route and frame by every kind of caller"),
  srv("02", "foreign ids on every id input"),
  srv("03", "enumeration"),
  srv("04", "rates"),
  srv("05", "quotas"),
  srv("06", "bodies: size, depth, caps"),
  srv("07", "blobs: ids, paths, overwriting, ranges"),
  srv("08", "sockets: entitlement, expiry, backpressure"),
  srv("09", "origins"),
  srv("10", "tokens replayed, fixed, revoked"),
  srv("11", "a challenge used twice"),
  srv("12", "invites guessed, and used twice at once"),
  srv("13", "injection"),
  srv("14", "badly signed membership changes"),
  srv("15", "writing right after a removal"),
  srv("16", "false Host and X-Forwarded-For"),
  srv("17", "slow requests"),
  srv("18", "a full disk"),
  srv("19", "kill -9 in mid-write"),
  srv("20", "backups altered, restores misled"),
  srv("21", "what the logs say"),
  srv("22", "what errors say"),
  srv("23", "source maps and sources"),
  srv("24", "paths outside the list"),
];

/** Said openly: what a lying server, member or disk can still do. */
export const NOT_REFUSED: readonly { readonly id: string; readonly what: string }[] = [
  { id: "MS-06", what: "A client that is kept wholly apart hears nobody who could tell it." },
  { id: "MS-10", what: "An edit or file of an author whose message was deleted may be emptied without a word." },
  { id: "MS-11", what: "A withheld tail shows only when somebody else's event names what is missing." },
  { id: "MS-11", what: "What the server acknowledges and then drops counts as delivered here until it is looked for." },
  { id: "MS-12", what: "Of one session and channel the last 200 missing numbers are remembered, not more." },
  { id: "MS-15", what: "A member may date back in his own name, in an epoch that he knew: it shows, marked as late." },
  {
    id: "MS-25",
    what: "Letters of another alphabet that look alike are not told apart in names; ids and trust signs are.",
  },
  {
    id: "MS-38",
    what: "Whoever writes this device's whole disk may turn all of it back, or make it forget single rows' order.",
  },
  {
    id: "MS-44",
    what: "The rotator that is named for garbage may be innocent: the server can have altered what he laid.",
  },
  { id: "MS-45", what: "Two members who lie together stop the workspace." },
];
