// Reading the ledger: pages of lines, one entry to the byte, the whole of it as a file, and how far one has looked (UX 4).
import { toBase64url, toHex } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { LedgerEntry, LedgerFilter, LedgerLine } from "@/lib/client/api/ledger.ts";
import { sendNewer } from "@/lib/client/daily/newer.ts";
import { lineAt, linesBefore } from "@/lib/client/view/ledger/lines.ts";
import { LOOKED, lookedAt, sourceOf } from "@/lib/client/view/ledger/of-account.ts";
import type { Link } from "@/lib/protocol/link.ts";
import { toLinkJson, toStubJson } from "@/lib/protocol/sync.ts";

const MOST_LINES = 200;

export function ledgerPage(
  account: Account,
  input: { filter: LedgerFilter; before: number | null; limit: number },
): { lines: readonly LedgerLine[]; next: number | null } {
  const limit = Math.min(Math.max(1, input.limit), MOST_LINES);
  return linesBefore(sourceOf(account), input.filter, input.before, limit);
}

/** A value as a person can compare it: bytes in hex, ids and texts as they are. */
function show(value: unknown): string {
  if (value instanceof Uint8Array) return toHex(value);
  return typeof value === "string" ? value : String(value);
}

/** A body's fields by their path: `card.rikSig`, `helpers.0.user`. */
function flatten(value: unknown, path: string): { name: string; value: string }[] {
  if (value === null || typeof value !== "object" || value instanceof Uint8Array)
    return [{ name: path, value: value === null ? "" : show(value) }];
  const inside = Object.entries(value);
  return inside.flatMap(([name, part]) => flatten(part, path === "" ? name : `${path}.${name}`));
}

function fieldsOf(link: Link): { name: string; value: string }[] {
  const { body, ...frame } = link;
  return [...flatten(frame, ""), ...flatten(body, "body")];
}

/** One entry with every field and byte of it. Throws may/not-found. */
export function ledgerEntry(account: Account, n: number): LedgerEntry {
  const source = sourceOf(account);
  const entry = source.entries[n - 1];
  const head = account.state.heads[n - 1];
  if (entry === undefined || head === undefined) throw new Fault("may/not-found");
  const link = source.linkAt(n);
  return {
    n,
    kind: entry.stub.kind,
    chain: entry.stub.chain,
    seq: entry.stub.seq,
    hash: toHex(entry.stub.hash),
    head: toHex(head),
    line: lineAt(source, n) ?? null,
    fields: link === undefined ? [] : fieldsOf(link),
    bytes: entry.link === null ? "" : toHex(entry.link.bytes),
    sig: entry.link === null ? "" : toHex(entry.link.sig),
    extra: entry.link?.extra == null ? "" : toHex(entry.link.extra),
  };
}

/** The ledger as JSON: what the server sends, so that any reader of PROTOCOL.md can check hashes and signatures. */
export function ledgerFile(account: Account): { name: string; text: string } {
  const { state, book } = account;
  const file = {
    format: "tacit-ledger-1",
    workspace: account.ws,
    position: state.n,
    head: toBase64url(state.head),
    void: state.voids.map(({ n, code }) => ({ n, code })),
    entries: book.entries.map(({ stub, link }, i) => ({
      n: i + 1,
      stub: toStubJson(stub),
      link: link === null ? null : toLinkJson(link),
    })),
  };
  return { name: `record-${state.n}.json`, text: JSON.stringify(file, null, 1) };
}

/** Keeps how far one has looked, for all one's devices; going back is not kept. */
export async function ledgerLooked(account: Account, n: number): Promise<void> {
  if (n > account.state.n || n <= lookedAt(account)) return;
  const waiting = account.outbox
    .entries(account.selfChannel)
    .flatMap((entry) => (entry.content.k === "setting" && entry.content.key === LOOKED ? [entry] : []));
  const rev = Math.max(
    account.registers.setting(LOOKED)?.rev ?? 0,
    ...waiting.map(({ content }) => (content.k === "setting" ? content.rev : 0)),
  );
  const content = { k: "setting", key: LOOKED, rev: rev + 1, value: String(n) } as const;
  await sendNewer(account, account.selfChannel, content, (old) => old.k === "setting" && old.key === LOOKED);
  account.changed("workspace");
}
