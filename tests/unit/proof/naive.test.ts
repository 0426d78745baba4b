// The fold against a second, naive reading of the same links: every verdict, every question, at every position.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, DeviceId, InviteId, ScopeId, UserId } from "@/lib/base/ids.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { mainChannel } from "@/lib/proof/hash.ts";
import { foldLedger } from "@/lib/proof/membership.ts";
import * as fold from "@/lib/proof/queries.ts";
import type { Entry, LedgerState } from "@/lib/proof/state.ts";
import { parseLink } from "@/lib/protocol/link.ts";
import type { Book } from "@/tests/ledger-kit.ts";
import type { Ledger, Place } from "@/tests/naive/ledger.ts";
import * as naive from "@/tests/naive/ledger.ts";
import { isValid } from "@/tests/naive/verdict.ts";
import { Player } from "./random-ledger.ts";

/** Plays the moves; after each link the naive reading must find it valid exactly if the fold does. */
async function play(seed: number): Promise<{ book: Book; ledger: Ledger }> {
  const player = await Player.begin(seed);
  const { book } = player;
  const ledger: Place[] = [];
  const judge = (entry: Entry | undefined, code: FaultCode | null) => {
    if (entry === undefined || entry.link === null) throw new Error("no link");
    const link = parseLink(entry.link.bytes);
    const valid = isValid(ledger, link, entry.link);
    const n = ledger.length + 1;
    expect({ seed, n, type: link.type, code, valid: code === null }).toEqual({ seed, n, type: link.type, code, valid });
    ledger.push({ n, stub: entry.stub, link, signed: entry.link, valid });
  };
  for (const entry of book.entries) judge(entry, null);
  for (let i = 0; i < MOVES; i += 1) {
    const signed = player.link();
    if (signed === null) continue;
    const code = book.push(signed);
    judge(book.entries.at(-1), code);
  }
  return { book, ledger };
}

/** Each play's answers are asked for often; the naive reading itself remembers nothing. */
function remembered(ledger: Ledger): (id: string, n: number) => boolean {
  const known = new Map<string, boolean>();
  return (id, n) => {
    const key = `${id} ${n}`;
    const found = known.get(key) ?? naive.isRevoking(ledger, id, n);
    known.set(key, found);
    return found;
  };
}

const sorted = (ids: readonly string[]): string[] => [...ids].sort();

function comparePeople(state: LedgerState, ledger: Ledger, n: number): void {
  for (const user of naive.people(ledger, ledger.length)) {
    expect(fold.roleAt(state, user as UserId, n)).toBe(naive.role(ledger, user, n));
  }
  for (const { id, active } of naive.devices(ledger, n))
    expect(fold.deviceActiveAt(state, id as DeviceId, n), `device ${id} at ${n}`).toBe(active);
  const open = naive.inviteIds(ledger, n).filter((id) => naive.isOpen(ledger, id, n));
  expect(sorted(fold.openInvites(state, n).map(({ id }) => id))).toEqual(sorted(open));
}

type Revoking = (id: string, n: number) => boolean;

function compareScope(state: LedgerState, ledger: Ledger, id: string, n: number, revoking: Revoking): void {
  const scope = state.scopes.get(id as ScopeId);
  if (scope === undefined) throw new Error(`the fold has no scope ${id}`);
  if (id !== naive.workspaceScopeOf(ledger) && naive.scope(ledger, id, n) === null) return;
  expect(sorted(fold.scopeMembersAt(state, scope.id, n))).toEqual(sorted(naive.members(ledger, id, n)));
  const found = fold.recipients(state, scope.id, n);
  expect(new Set(found)).toEqual(new Set(naive.recipients(ledger, id, n)));
  expect(scope.revoking.includes(n), `${id} revoking at ${n}`).toBe(revoking(id, n));
  expect(scope.epochs.filter((epoch) => epoch.n <= n).map(({ epoch }) => epoch)).toEqual(
    naive.epochs(ledger, id, n).map(({ epoch }) => epoch),
  );
}

/** M4 as the naive reading has it: member and device then, may write, epoch known then, nothing revoked since. */
function compareAuthors(state: LedgerState, ledger: Ledger, n: number, revoking: Revoking): void {
  const devices = naive.devices(ledger, n);
  for (const id of naive.scopeIds(ledger, n)) {
    const channel = mainChannel(id as ScopeId);
    const epoch = naive.epochs(ledger, id, n).at(-1);
    const { archived, policy } = naive.scopeFacts(ledger, id, n);
    let ended = archived || epoch === undefined;
    for (let m = (epoch?.n ?? n) + 1; m <= n; m += 1) ended ||= revoking(id, m);
    const members = naive.members(ledger, id, n);
    const writers = members.filter((user) => policy?.post === "all" || naive.manages(ledger, id, user, n));
    for (const { id: device, user, active } of devices) {
      const by = { user: user as UserId, device: device as DeviceId, channel, epoch: epoch?.epoch ?? 0, n };
      expect(fold.judgeAuthor(state, by) === null).toBe(active && writers.includes(user) && !ended);
    }
  }
}

function compareNow(state: LedgerState, ledger: Ledger): void {
  const n = ledger.length;
  expect(sorted([...state.users.keys()])).toEqual(sorted(naive.people(ledger, n)));
  expect(sorted([...state.invites.keys()])).toEqual(sorted(naive.inviteIds(ledger, n)));
  for (const user of naive.people(ledger, n)) {
    const person = state.users.get(user as UserId);
    const { rik, pending } = naive.roots(ledger, user, n);
    expect(person?.rik.at(-1)?.value).toEqual(rik);
    expect(person?.pendingRoot?.rik ?? null).toEqual(pending);
    expect(fold.currentPuk(state, user as UserId)).toEqual(naive.puk(ledger, user, n));
    expect(person?.recovery?.gen ?? 0).toBe(naive.recoveryGen(ledger, user, n));
  }
  for (const id of [naive.workspaceScopeOf(ledger), ...naive.scopeIds(ledger, n)]) {
    expect(fold.needsRotation(state, id as ScopeId)).toBe(naive.mustRotate(ledger, id, n));
    const scope = state.scopes.get(id as ScopeId);
    expect(scope === undefined ? null : fold.nextHist(scope)).toBe(naive.hist(ledger, id, n));
  }
  for (const id of naive.inviteIds(ledger, n))
    expect(state.invites.get(id as InviteId)?.by).toBe(naive.invite(ledger, id, n)?.by);
  for (const [id, found] of state.channels) {
    const other = naive.channel(ledger, id, n);
    expect({ creator: found.creator, archived: found.archivedAt !== null, post: found.post.at(-1)?.value }).toEqual(
      other,
    );
    expect(fold.scopeOfChannel(state, id as ChannelId)).toBe(naive.workspaceScopeOf(ledger));
  }
}

/** Folds of people who see less agree in all they see, and no honest server's answer stops them (L2). */
function compareEyes(book: Book, ledger: Ledger): void {
  const { state, entries } = book;
  const cache = new Set<string>();
  for (const user of state.users.keys()) {
    const viewer = { kind: "user", user } as const;
    const given = entries.map(({ stub, link }, i) => ({
      stub,
      link: fold.bodyVisible(state, viewer, stub, i + 1) ? link : null,
    }));
    const seen = foldLedger(given, viewer, emptyLedger, cache);
    expect({ stop: seen.stop, head: seen.head }).toEqual({ stop: null, head: state.head });
    expect(seen.users).toEqual(state.users);
    expect(seen.invites).toEqual(state.invites);
    expect(seen.taken).toEqual(state.taken);
    for (const id of naive.scopeIds(ledger, ledger.length)) {
      const isIn = naive.isMember(ledger, id, user, ledger.length);
      const scope = seen.scopes.get(id as ScopeId);
      if (isIn) expect(scope).toEqual(state.scopes.get(id as ScopeId));
    }
    const workspace = naive.workspaceScopeOf(ledger) as ScopeId;
    expect(seen.scopes.get(workspace)).toEqual(state.scopes.get(workspace));
  }
}

/** As many as fit into the time; a failure names its seed. */
const PLAYS = 24;
const LIMIT_MS = 8000;
const MOVES = 45;

it("L5 L7 L8 E1 E4 I6 M4 the fold and the naive reading agree on random ledgers", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const { book, ledger } = await play(seed);
      const { state } = book;
      const revoking = remembered(ledger);
      for (let n = 1; n <= ledger.length; n += 1) {
        comparePeople(state, ledger, n);
        for (const id of [naive.workspaceScopeOf(ledger), ...naive.scopeIds(ledger, ledger.length)])
          compareScope(state, ledger, id, n, revoking);
        if (n % 5 === 0) compareAuthors(state, ledger, n, revoking);
      }
      compareNow(state, ledger);
      compareEyes(book, ledger);
    }),
    { numRuns: PLAYS, endOnFailure: true, interruptAfterTimeLimit: LIMIT_MS },
  );
});

it("the random ledgers reach what they are for", { timeout: 60_000 }, async () => {
  const types = new Map<string, number>();
  for (let seed = 0; seed < 9; seed += 1) {
    const { ledger } = await play(seed);
    for (const { link, valid } of ledger) {
      const key = valid ? link.type : `void ${link.type}`;
      types.set(key, (types.get(key) ?? 0) + 1);
    }
  }
  const W = ["member_join", "member_add", "member_remove", "member_restore", "rekey", "role_set", "invite_close"];
  const C = ["scope_create", "scope_add", "scope_remove", "scope_readmit", "scope_role", "scope_policy", "epoch"];
  const U = ["device_add", "device_revoke", "user_reset", "root_renew", "recovery_set"];
  for (const type of [...W, ...C, ...U, "invite_create", "channel_create", "channel_archive"]) {
    expect(types.get(type) ?? 0, type).toBeGreaterThan(0);
    expect(types.get(`void ${type}`) ?? 0, `void ${type}`).toBeGreaterThan(0);
  }
});
