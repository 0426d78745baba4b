// How each person is known here: by invite, by somebody's word, in person, or changed since (PROTOCOL A4, I7).
import { equal } from "@/lib/base/bytes.ts";
import type { ChannelId, UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { ChangedKey, Trust, TrustInfo } from "@/lib/client/api/verify.ts";
import { roleAt, scopeMembersAt } from "@/lib/proof/queries.ts";
import { latest, type UserState } from "@/lib/proof/state.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";

type Verified = ContentOf<"verified">;

/** The root key in force. */
export function rootOf(parts: Parts, user: UserId): Uint8Array | undefined {
  return latest(parts.state.users.get(user)?.rik ?? []);
}

/** One look at everybody: what is on its way to the self scope counts already. */
export class Standings {
  readonly #parts: Parts;
  readonly #pending: readonly Verified[];
  #sure: readonly UserId[] | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#pending = parts.outbox
      .entries(parts.selfChannel)
      .flatMap(({ content }) => (content.k === "verified" ? [content] : []));
  }

  /** What I compared, or accepted without comparing; the newest of each. */
  record(user: UserId, accepted: boolean): Verified | undefined {
    const held = this.#parts.registers.verified(user, accepted);
    const coming = this.#pending.filter((one) => one.user === user && (one.how === "accepted") === accepted);
    return [held, ...coming].reduce((best, one) => (one && one.rev >= (best?.rev ?? 0) ? one : best), undefined);
  }

  /** True for whom I compared the present root key in person. */
  sure(user: UserId): boolean {
    const record = this.record(user, false);
    const root = rootOf(this.#parts, user);
    return record !== undefined && root !== undefined && equal(record.rik, root);
  }

  of(user: UserState): TrustInfo {
    const root = latest(user.rik) ?? new Uint8Array();
    const mine = this.record(user.id, false);
    const words = user.id === this.#parts.me ? [] : this.#words(user.id);
    const vouchedBy = words.filter(({ vouch }) => equal(vouch.rik, root)).map(({ by }) => by);
    const change = this.#change(user, root, words.length > 0, vouchedBy.length > 0);
    return {
      trust: this.#trust(user, change, vouchedBy.length > 0),
      vouchedBy,
      verifiedAt: mine?.at ?? null,
      change,
      vouching: this.#vouching(user.id, root),
    };
  }

  /** Whoever's key changed after I compared it, or after somebody I compared vouched for it, until I decide. */
  waits(user: UserId): boolean {
    const person = this.#parts.state.users.get(user);
    return person !== undefined && user !== this.#parts.me && (this.of(person).change?.waits ?? false);
  }

  #trust(user: UserState, change: ChangedKey | null, vouched: boolean): Trust {
    if (user.id === this.#parts.me) return "self";
    if (this.sure(user.id)) return "person";
    if (change?.after === "person") return "changed";
    if (vouched) return "vouched";
    if (change !== null) return "changed";
    if (user.via === null) return cameBy(this.#parts) === user.id ? "invite" : "link";
    return user.via.singleUse ? "invite" : "link";
  }

  #change(user: UserState, root: Uint8Array, spoken: boolean, vouched: boolean): ChangedKey | null {
    if (user.id === this.#parts.me) return null;
    const mine = this.record(user.id, false);
    const broken = mine !== undefined && !equal(mine.rik, root);
    const after = broken ? "person" : mine === undefined && spoken && !vouched ? "vouched" : null;
    if (after === null && user.rik.length < 2) return null;
    const n = user.rik.at(-1)?.n ?? 0;
    const link = this.#parts.book.linkAt(n);
    const accepted = this.record(user.id, true);
    return {
      at: link?.ts ?? 0,
      n,
      by: link?.user ?? user.id,
      why: link?.type === "rekey" && link.body.card === null ? "root-renew" : "rekey",
      after,
      waits: after !== null && !(accepted !== undefined && equal(accepted.rik, root)),
    };
  }

  /** Who vouches for this person, of those I compared in person: one step, and no further. */
  #words(user: UserId): { readonly by: UserId; readonly vouch: ContentOf<"vouch"> }[] {
    this.#sure ??= [...this.#parts.state.users.keys()].filter(
      (one) => one !== this.#parts.me && roleAt(this.#parts.state, one) !== null && this.sure(one),
    );
    return this.#sure.flatMap((by) => {
      const vouch = this.#parts.registers.vouch(by, user);
      const root = rootOf(this.#parts, by);
      return vouch?.on === true && root !== undefined && equal(vouch.as, root) ? [{ by, vouch }] : [];
    });
  }

  #vouching(user: UserId, root: Uint8Array): boolean {
    const vouch = this.#parts.registers.vouch(this.#parts.me, user);
    return vouch?.on === true && equal(vouch.rik, root);
  }
}

/** Whoever invited me stands behind the link that I opened: verified with it (I1). */
function cameBy(parts: Parts): UserId | undefined {
  const via = parts.state.users.get(parts.me)?.via ?? null;
  return via?.singleUse === true ? via.by : undefined;
}

/** In a DM or group DM: the people because of whom nothing is sealed or sent now (A4). Other channels go on. */
export function heldBy(parts: Parts, channel: ChannelId): UserId[] {
  const scope = parts.scopeState(channel);
  if (scope?.kind !== "dm") return [];
  const standings = new Standings(parts);
  return scopeMembersAt(parts.state, scope.id).filter((user) => standings.waits(user));
}
