// Those who ask to be let in, as an owner or admin sees them: fetched, verified here, and let in or declined (PROTOCOL I3, I4, E8).
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, type ScopeId, stateChannel, type UserId, workspaceScope } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { Decided } from "@/lib/client/api/members.ts";
import type { Draft } from "@/lib/client/ledger/draft.ts";
import { keyCheck } from "@/lib/client/renewal/check.ts";
import { rekeyInto } from "@/lib/client/renewal/returning.ts";
import { openJoinName } from "@/lib/crypto/invite.ts";
import { isUndecided, readJoinRequest } from "@/lib/proof/joins.ts";
import { isAdminRole, roleAt } from "@/lib/proof/queries.ts";
import { type InviteState, latest } from "@/lib/proof/state.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { JoinRow, SignedRequest } from "@/lib/protocol/invite.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

/** One that checks out. */
export type Asking = {
  readonly user: UserId;
  readonly invite: InviteState;
  readonly name: string | null;
  readonly at: number;
  readonly signed: SignedRequest;
  /** a member who lost everything: his place goes to new keys, of which `check` are digits for the telephone (D7) */
  readonly returning: boolean;
  readonly check: string | null;
};

export class Desk {
  readonly #account: Parts;
  #asking: readonly Asking[] = [];

  constructor(account: Parts) {
    this.#account = account;
  }

  /** Oldest first; none for those who may not decide. */
  get asking(): readonly Asking[] {
    const { state } = this.#account;
    const open = this.#asking.filter(({ user, invite, signed }) => isUndecided(state, invite.id, user, signed));
    return this.mayDecide ? open : [];
  }

  get mayDecide(): boolean {
    return isAdminRole(roleAt(this.#account.state, this.#account.me));
  }

  /** Fetches who waits now. Net faults reject. */
  async refresh(): Promise<void> {
    const account = this.#account;
    if (!this.mayDecide || account.book.stop !== null) return;
    const { requests } = await account.session.call("invites.requests", {});
    this.#asking = requests.flatMap((row) => this.#read(row));
    account.changed("workspace");
  }

  /** Lets one in: the link with his card, and in the same batch the current keys of where he comes (E8). */
  async approve(user: UserId, channels: readonly ChannelId[]): Promise<Decided> {
    const account = this.#account;
    await this.refresh();
    let first: UserId | null = null;
    const added: ScopeId[] = [];
    await account.book.append(async (draft) => {
      first = null;
      added.length = 0;
      const there = draft.state.users.get(user);
      if (this.#asking.some((one) => one.user === user && one.returning)) return await this.#takeBack(draft, user);
      if (there !== undefined) {
        first = there.via?.by ?? user;
        return;
      }
      await this.#admit(draft, user, channels, added);
    });
    await this.refresh();
    if (first !== null) return { outcome: "already", by: first };
    for (const scope of added) await this.#restateName(scope);
    await account.profiles.spread();
    return { outcome: "let-in" };
  }

  async decline(user: UserId): Promise<"declined" | "gone" | "already"> {
    const account = this.#account;
    const invite = this.#asking.find((one) => one.user === user)?.invite.id;
    const { stored } =
      invite === undefined ? { stored: 0 } : await account.session.call("invites.decline", { invite, user });
    await account.book.sync();
    await this.refresh();
    if (account.state.users.has(user)) return "already";
    return stored > 0 ? "declined" : "gone";
  }

  /** Puts a person's place under the keys of the card with which he comes back, and closes the link that brought it (D7). */
  async #takeBack(draft: Draft, user: UserId): Promise<void> {
    const asking = this.#asking.find((one) => one.user === user);
    if (asking === undefined) throw new Fault("app/request-gone");
    const read = readJoinRequest(draft.state, asking.invite.id, asking.signed);
    if ("code" in read) throw new Fault(read.code === "proof/duplicate" ? "app/request-gone" : read.code);
    if (asking.invite.expires < this.#account.ports.clock.now()) throw new Fault("proof/invite-expired");
    await rekeyInto(this.#account, draft, user, read.request.card);
    if (asking.invite.maxUses === 1) draft.add({ kind: "W", type: "invite_close", body: { invite: asking.invite.id } });
  }

  async #admit(draft: Draft, user: UserId, channels: readonly ChannelId[], added: ScopeId[]): Promise<void> {
    const account = this.#account;
    const asking = this.#asking.find((one) => one.user === user);
    if (asking === undefined) throw new Fault("app/request-gone");
    const read = readJoinRequest(draft.state, asking.invite.id, asking.signed);
    if ("code" in read) throw new Fault(read.code);
    // By this device's own clock: past its time nobody comes in by it any more (I3).
    if (asking.invite.expires < account.ports.clock.now()) throw new Fault("proof/invite-expired");
    const { card, inviteSig, invite } = read.request;
    draft.add({ kind: "W", type: "member_add", body: { card, invite, inviteSig } });
    if (asking.invite.role === "member")
      await account.rooms.sealCurrentInto(draft, workspaceScope(draft.state.ws), user);
    for (const channel of channels) {
      const scope = account.scopeState(channel);
      if (scope === undefined || scope.kind !== "private") throw new Fault("may/not-found");
      draft.add({ kind: "C", type: "scope_add", body: { user } }, scope.id);
      if (scope.history === "full") await account.rooms.sealCurrentInto(draft, scope.id, user);
      else await account.rooms.rotateInto(draft, scope.id);
      added.push(scope.id);
    }
  }

  /** Who comes after a cut can't read how the channel is called (M13). */
  async #restateName(id: ScopeId): Promise<void> {
    const account = this.#account;
    const scope = account.state.scopes.get(id);
    const channel = account.channels().find((one) => account.scopeOf(one) === id);
    const named = channel === undefined ? undefined : account.registers.channel(channel);
    if (named === undefined || scope?.history !== "since-join") return;
    await account.send(stateChannel(id), { ...named, rev: named.rev + 1 });
  }

  /** Nothing of a row is believed that the request itself does not prove; one that fails is left out and noted. */
  #read(row: JoinRow): Asking[] {
    const account = this.#account;
    const signed = { bytes: fromJson(row.b), sig: fromJson(row.s) };
    const invite = account.state.invites.get(row.invite);
    const read = readJoinRequest(account.state, row.invite, signed);
    if (invite === undefined || "code" in read) {
      const code = "code" in read ? read.code : "proof/bad-invite";
      if (code === "proof/bad-signature" || code === "wire/bad-shape") account.note(code, "note", row.invite);
      return [];
    }
    const mine = { user: account.me, puk: (gen: number) => account.keyring.puk(gen) };
    const name = openJoinName(read.request, read.card.user, mine)?.slice(0, LIMITS.profileChars) ?? null;
    const { user } = read.card;
    const returning = account.state.users.has(user);
    const before = latest(account.state.users.get(user)?.rik ?? []);
    const check = before === undefined ? null : keyCheck(account.state, user, before, read.card.rik);
    return [{ user, invite, name, at: row.at, signed, returning, check }];
  }
}
