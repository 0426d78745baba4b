// Every vector file with what it is about and what makes it.
import type { VectorFile } from "@/tests/vectors/format.ts";
import { makeCircle } from "./circle.ts";
import { makeDaily, makeIndex, makeUnsent } from "./daily.ts";
import { makeEncoding } from "./encoding.ts";
import { makeContent, makeEvent } from "./event.ts";
import { makeFiles } from "./file.ts";
import { makeFleeting } from "./fleeting.ts";
import { makeHash } from "./hash.ts";
import { makeCard, makeLedger, makeLink } from "./link.ts";
import { makeLinking } from "./linking.ts";
import { makeLock } from "./lock.ts";
import { makeFile } from "./maker.ts";
import { makeEpoch, makeSeal } from "./seal.ts";
import { makeSignature } from "./signature.ts";
import { makeVerify } from "./verify.ts";
import { makeInvite, makeLogin, makeRecovery, makeReturn } from "./way-in.ts";

const FILES = [
  ["encoding", "enc, integers, base64url, deterministic CBOR, padded sizes (C2, C3, M1)", makeEncoding],
  ["hash", "H, KDF, ids, commitments, receipts, safety numbers (C2, L1, I1, E1, A3)", makeHash],
  ["signature", "Signatures, contexts and the edges of Ed25519 and X-Wing keys (C2, C4)", makeSignature],
  ["seal", "Seals, boxes and their contexts (C5)", makeSeal],
  ["card", "User cards and device pops (section 2)", makeCard],
  ["link", "Every type of link (L1, L5, L7)", makeLink],
  ["ledger", "Stubs, heads and the line of links (L1, L2)", makeLedger],
  ["epoch", "Epoch keys, per-user keys, seals and boxes of them (C6, E1, E2, E3)", makeEpoch],
  ["content", "Every kind of content (section 5)", makeContent],
  ["daily", "Contents of a working day: threads, quotes, polls, pins, places, one's own (section 9)", makeDaily],
  ["unsent", "Files that their sender withdrew (F1, section 9)", makeUnsent],
  ["index", "Where a device left its search index (section 9)", makeIndex],
  ["fleeting", "Contents that nobody keeps: who types, who is there (section 9)", makeFleeting],
  ["event", "Events: header, body, signature, padding (M1)", makeEvent],
  ["verify", "Codes that people scan of each other, and what was compared (A3, A4)", makeVerify],
  ["file", "Files: cuts, segments, chunks (F1)", makeFiles],
  ["invite", "Invite and setup links, invite keys and boxes (I1)", makeInvite],
  ["recovery", "Recovery words, keys and the root's box (D3)", makeRecovery],
  ["linking", "Link codes, mailboxes and letters (D1)", makeLinking],
  ["circle", "Recovery circles: parts, boxes, seals, letters, what members hear (D6)", makeCircle],
  ["return", "Return links, and the digits of a new root key (D7)", makeReturn],
  ["lock", "The app lock: its record, and the vault's keys by passphrase and passkey (A5)", makeLock],
  ["login", "Logins and key requests (A1, E7)", makeLogin],
] as const;

export const FILE_NAMES: readonly string[] = FILES.map(([file]) => file);

/** All vectors, made anew. The same at every run: the random source is seeded per file. */
export function makeAll(): { readonly file: string; readonly content: VectorFile }[] {
  return FILES.map(([file, about, fill]) => ({ file, content: makeFile(file, about, fill) }));
}

/** The text of a vector file: one vector a line, so that a change shows in a diff. */
export function formatFile(content: VectorFile): string {
  const groups = Object.entries(content.groups).map(([group, vectors]) => {
    const lines = vectors.map((vector) => `      ${JSON.stringify(vector)}`);
    return `    ${JSON.stringify(group)}: [\n${lines.join(",\n")}\n    ]`;
  });
  return `{\n  "about": ${JSON.stringify(content.about)},\n  "groups": {\n${groups.join(",\n")}\n  }\n}\n`;
}
