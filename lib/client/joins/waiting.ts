// Workspaces whose admins have yet to let this person in: the request, its wait over restarts, and the way in (PROTOCOL I4, D3).
import { equal } from "@/lib/base/bytes.ts";
import { asFault, Fault, type FaultCode, isFaultCode } from "@/lib/base/errors.ts";
import { type InviteId, stateChannel, type UserId, type WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { JoinWait } from "@/lib/client/api/members.ts";
import { type Entrance, makeKeyring, sealIdentity, visit } from "@/lib/client/commands/enter.ts";
import { Keyring } from "@/lib/client/keys/keyring.ts";
import type { Book } from "@/lib/client/ledger/book.ts";
import { keyCheck } from "@/lib/client/renewal/check.ts";
import { mintReturning } from "@/lib/client/renewal/returning.ts";
import type { Vault } from "@/lib/client/vault.ts";
import { plainLabel } from "@/lib/client/view/label.ts";
import { Session } from "@/lib/client/wire/session.ts";
import { mintIdentity, signCard } from "@/lib/crypto/identity.ts";
import { inviteKeys, sealJoinRequest } from "@/lib/crypto/invite.ts";
import { exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import { mintRecoveryCode, recoveryKeys } from "@/lib/crypto/recovery.ts";
import { H } from "@/lib/proof/hash.ts";
import { deciders } from "@/lib/proof/joins.ts";
import { isInsideRole, roleAt } from "@/lib/proof/queries.ts";
import { type LedgerState, latest } from "@/lib/proof/state.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { SignedCard } from "@/lib/protocol/device.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { formatInviteFragment, parseReturnFragment, type SignedRequest } from "@/lib/protocol/invite.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";

const TABLE = "joining";
const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;

type Stored = {
  invite: string;
  secret: Uint8Array;
  user: string;
  workspace: string;
  inviter: string;
  name: string;
  role: "member" | "guest";
  at: number;
  state: JoinWait["state"];
  fault: string;
  /** of one who comes back: digits of the new root key; empty or, in vaults of earlier versions, absent for newcomers */
  check?: string;
  card: SignedCard;
  /** what lies beside a card in a join of one's own; the admin's batch can't have it */
  seals: SealRow[];
  boxes: BoxRow[];
  /** hash of those to whom the name was sealed */
  asked: Uint8Array;
};
type Line = { readonly session: Session; readonly book: Book };

export type WaitingHost = {
  readonly entrance: () => Entrance;
  readonly enlist: (account: Account) => Promise<void>;
  readonly changed: () => void;
};

export class Waiting {
  readonly #host: WaitingHost;
  readonly #waits = new Map<WorkspaceId, Stored>();
  readonly #lines = new Map<WorkspaceId, Line>();
  readonly #timers = new Map<WorkspaceId, () => void>();
  #stopped = false;

  constructor(host: WaitingHost) {
    this.#host = host;
  }

  get size(): number {
    return this.#waits.size;
  }

  get waits(): JoinWait[] {
    return [...this.#waits].map(([ws, one]) => ({
      ws,
      workspace: plainLabel(one.workspace),
      inviter: plainLabel(one.inviter),
      name: one.name,
      role: one.role,
      since: one.at,
      check: (one.check ?? "") === "" ? null : (one.check ?? null),
      state: one.state,
      fault: isFaultCode(one.fault) ? one.fault : null,
    }));
  }

  /** Reads who waited when this engine last ran, and goes on waiting. */
  async load(): Promise<void> {
    this.#stopped = false;
    for (const { key, value } of await this.#vault.scan<Stored & Cbor>(TABLE, { limit: 100 })) {
      const ws = key as WorkspaceId;
      this.#waits.set(ws, value);
      this.#schedule(ws, 0);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#timers.values()) cancel();
  }

  /** Lets go of all that was read, until `load` reads it again: the profile is locked. */
  pause(): void {
    this.stop();
    this.#timers.clear();
    this.#lines.clear();
    this.#waits.clear();
  }

  /** Makes this person's keys, asks with them, and waits. The recovery code is told once he is in, as to everyone. */
  async ask(input: { fragment: string; name: string }): Promise<{ ws: WorkspaceId }> {
    const { ports, vault, has } = this.#host.entrance();
    const back = parseReturnFragment(input.fragment);
    const fresh = mintIdentity();
    const visited = await visit(ports, null, back?.fragment ?? input.fragment, back?.user ?? fresh.user);
    const { opened, invite, state, session, book } = visited;
    const { ws } = opened.box;
    if (invite.mode !== "approval") throw new Fault("proof/bad-invite", { detail: "instant" });
    if (has(ws) || this.#waits.get(ws)?.state === "waiting")
      throw new Fault("proof/duplicate", { detail: "already here" });
    const { me, codeGen } = back === null ? { me: fresh, codeGen: 1 } : mintReturning(state, back.user);
    const before = latest(state.users.get(me.user)?.rik ?? []);
    const code = mintRecoveryCode();
    const keyring = await makeKeyring(vault.part(ws), ws, me, code, false);
    const recovery = recoveryKeys(code, ws, codeGen).public;
    const secrets = { rik: me.rik.seed, device: me.device.secrets, puk: me.puk.public };
    const card = signCard({ ws, user: me.user, ...secrets, recovery, ts: ports.clock.now() });
    const beside = { seals: [] as SealRow[], boxes: [] as BoxRow[] };
    sealIdentity(beside, ws, me, code, codeGen);
    const stored: Stored = {
      ...beside,
      invite: invite.id,
      secret: exposeSecret(opened.invite.secret),
      user: keyring.user,
      workspace: opened.box.workspace,
      inviter: opened.box.inviter,
      name: input.name.toWellFormed().trim().slice(0, LIMITS.profileChars),
      role: invite.role,
      at: ports.clock.now(),
      state: "waiting",
      fault: "",
      check: before === undefined ? "" : keyCheck(state, me.user, before, me.rik.pk),
      card,
      asked: askedOf(state),
    };
    // Kept before it goes out: a lost answer must not lose the keys that somebody may let in.
    await this.#keep(ws, stored);
    this.#lines.set(ws, { session, book });
    await this.#post(ws, stored, { session, book }).catch(async (thrown: unknown) => {
      const fault = asFault(thrown);
      if (fault.entry.blame === "network") return;
      await this.dismiss(ws);
      throw fault;
    });
    this.#schedule(ws, 0);
    return { ws };
  }

  /** Forgets a request, with the keys that were made for it. */
  async dismiss(ws: WorkspaceId): Promise<void> {
    this.#timers.get(ws)?.();
    this.#timers.delete(ws);
    this.#lines.delete(ws);
    this.#waits.delete(ws);
    await this.#vault.write([{ op: "delete", table: TABLE, key: ws }]);
    if (!this.#host.entrance().has(ws))
      await this.#vault.part(ws).write([{ op: "delete", table: "account", key: "keys" }]);
    this.#host.changed();
  }

  get #vault(): Vault {
    return this.#host.entrance().vault;
  }

  async #keep(ws: WorkspaceId, stored: Stored): Promise<void> {
    await this.#vault.put(TABLE, ws, stored);
    this.#waits.set(ws, stored);
    this.#host.changed();
  }

  #schedule(ws: WorkspaceId, attempt: number): void {
    if (this.#stopped || this.#waits.get(ws)?.state !== "waiting") return;
    const wait = Math.min(FIRST_MS * 1.5 ** attempt, LONGEST_MS);
    const { clock } = this.#host.entrance().ports;
    const again = () => void this.#look(ws).finally(() => this.#schedule(ws, attempt + 1));
    this.#timers.set(ws, clock.after(wait, again));
  }

  /** Whoever can sign in as the card's device is in. Else: does the request still lie there, and can all read the name? */
  async #look(ws: WorkspaceId): Promise<void> {
    const stored = this.#waits.get(ws);
    if (stored === undefined || this.#stopped) return;
    try {
      if (await this.#enter(ws, stored)) return;
      const line = await this.#line(ws, stored);
      const { waiting } = await line.session.call("invites.waiting", { user: stored.user });
      if (!waiting) {
        // It may have been granted between the two questions.
        if (await this.#enter(ws, stored)) return;
        return await this.#keep(ws, { ...stored, state: "declined" });
      }
      await line.book.sync();
      const asked = askedOf(line.book.state);
      if (equal(asked, stored.asked)) return;
      await this.#post(ws, stored, line);
      await this.#keep(ws, { ...stored, asked });
    } catch (thrown) {
      await this.#failed(ws, stored, asFault(thrown).code);
    }
  }

  /** The invite ended before anybody decided: by its last use, by somebody, by time, or by what it led to. */
  async #failed(ws: WorkspaceId, stored: Stored, code: FaultCode): Promise<void> {
    const ended = code.startsWith("proof/invite-") || code === "proof/bad-invite";
    if (!ended || !this.#waits.has(ws)) return;
    const inside = await this.#enter(ws, stored).catch(() => true);
    if (!inside) await this.#keep(ws, { ...stored, state: "closed", fault: code });
  }

  async #line(ws: WorkspaceId, stored: Stored): Promise<Line> {
    const known = this.#lines.get(ws);
    if (known !== undefined) return known;
    const { ports } = this.#host.entrance();
    const fragment = formatInviteFragment({ invite: stored.invite as InviteId, secret: stored.secret });
    const line = await visit(ports, null, fragment, stored.user as UserId);
    this.#lines.set(ws, line);
    return line;
  }

  async #post(ws: WorkspaceId, stored: Stored, { session, book }: Line): Promise<void> {
    const keys = inviteKeys(secretFrom("invite", stored.secret));
    const { name, card } = stored;
    const who = { ws, invite: stored.invite as InviteId, user: stored.user as UserId };
    const request: SignedRequest = sealJoinRequest({ ...who, card, name, deciders: deciders(book.state) }, keys.sign);
    await session.call("invites.request", { b: toJson(request.bytes), s: toJson(request.sig) });
  }

  async #enter(ws: WorkspaceId, stored: Stored): Promise<boolean> {
    const { ports, vault, adopt } = this.#host.entrance();
    const part = vault.part(ws);
    const keyring = await Keyring.load(part);
    const { device } = keyring;
    const session = new Session(ports.transport, ports.clock, {
      as: "device",
      ws,
      id: device.id,
      seed: device.secrets.sign,
    });
    try {
      await session.token();
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.code === "may/bad-challenge") return false;
      throw fault;
    } finally {
      session.end();
    }
    const account = adopt(keyring, part);
    await account.session.call("keys.write", { seals: stored.seals, boxes: stored.boxes });
    await account.load();
    await account.book.sync();
    // Who comes back is known by the name he had.
    if ((stored.check ?? "") === "") await introduce(account, stored);
    await this.#vault.write([{ op: "delete", table: TABLE, key: ws }]);
    this.#waits.delete(ws);
    await this.#host.enlist(account);
    this.#host.changed();
    return true;
  }
}

/** Says who came: to all members, or, by a guest, wherever he was let in (M13). */
async function introduce(account: Account, { name, workspace }: Stored): Promise<void> {
  if (!isInsideRole(roleAt(account.state, account.me))) return await account.profiles.keepForGuest(name, workspace);
  const profile = { k: "profile", rev: 1, name, title: "", avatar: null } as const;
  await account.outbox.add(stateChannel(account.workspaceScope), profile);
}

/** Names those who decide, and their keys: when it changes, the name is sealed anew. */
function askedOf(state: LedgerState): Uint8Array {
  return H("asked", ...deciders(state).flatMap(({ user, gen, pk }) => [user, gen, pk]));
}
