// Presence and typing of one account: what is shared of oneself, what is heard of others, and where it is said.
import { type ChannelId, type ScopeId, stateChannel } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { PresenceShares, PresenceView, TypingView } from "@/lib/client/api/live/presence.ts";
import { chooseSetting, settingNow } from "@/lib/client/notify/settings.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { isInsideRole, isScopeMember, roleAt } from "@/lib/proof/queries.ts";
import type { EventJson } from "@/lib/protocol/sync.ts";
import { Ephemerals } from "./ephemerals.ts";
import { Presence } from "./presence.ts";
import { Typing } from "./typing.ts";

/** Setting in the self scope: `off`, or what of the two is shared. */
export const SHARES = "presence";
/** A guest is seen in so many of his places at most. */
const MOST_PLACES = 8;
/** Beyond it nobody reads who types, and everybody would pay for it. */
const CROWD = 200;

/** What the setting says; whatever cannot be read is the most private of what it may mean. */
export function parseShares(value: string | undefined): PresenceShares {
  if (value === undefined || value === "both") return { presence: true, typing: true };
  return { presence: value === "presence", typing: value === "typing" };
}

export function formatShares({ presence, typing }: PresenceShares): string {
  return presence && typing ? "both" : presence ? "presence" : typing ? "typing" : "none";
}

export class Here {
  readonly #account: Parts;
  readonly #ephemerals: Ephemerals;
  readonly #typing: Typing;
  readonly #presence: Presence;

  constructor(account: Parts) {
    this.#account = account;
    const { clock } = account.ports;
    this.#ephemerals = new Ephemerals(account);
    this.#typing = new Typing({
      clock,
      say: (channel, on) => void this.#ephemerals.say(channel, { k: "typing", on }).catch(() => undefined),
      changed: () => account.changed({ topic: "typing" }),
    });
    this.#presence = new Presence({
      clock,
      size: () => [...account.state.users.keys()].filter((user) => roleAt(account.state, user) !== null).length,
      say: (state) => {
        if (!this.shares.presence) return;
        for (const channel of this.#places())
          void this.#ephemerals.say(channel, { k: "presence", state }).catch(() => undefined);
      },
      changed: () => account.changed({ topic: "presence" }),
      chance: () => (randomBytes(1)[0] ?? 0) / 255,
    });
  }

  get shares(): PresenceShares {
    return parseShares(settingNow(this.#account, SHARES));
  }

  touch(): void {
    this.#presence.touch();
  }

  online(): void {
    this.#presence.online();
  }

  note(channel: ChannelId, on: boolean): void {
    const scope = this.#account.scopeState(channel);
    if (scope === undefined || !this.shares.typing || this.#isCrowd(scope.id)) return;
    this.#typing.note(channel, on);
  }

  async share(shares: PresenceShares): Promise<void> {
    await chooseSetting(this.#account, SHARES, formatShares(shares));
    this.#account.changed({ topic: "presence" });
  }

  /** A frame of the server; what it proves is shown, and anything else is nothing. */
  async heard(channel: ChannelId, event: EventJson): Promise<void> {
    const heard = await this.#ephemerals.open(channel, event);
    if (heard === undefined) return;
    const { user, device, content } = heard;
    if (content.k === "typing") this.#typing.heard(channel, user, content.on);
    else this.#presence.heard(user, device, content.state);
  }

  spoke(channel: ChannelId, user: Parameters<Typing["spoke"]>[1]): void {
    this.#typing.spoke(channel, user);
  }

  typingView(channel: ChannelId): TypingView {
    return { people: this.#typing.people(channel) };
  }

  view(): PresenceView {
    return { people: this.#presence.all(), shares: this.shares };
  }

  stop(): void {
    this.#typing.stop();
    this.#presence.stop();
  }

  /** Members are seen by the workspace, guests where they are. */
  #places(): ChannelId[] {
    const { state, me, workspaceScope } = this.#account;
    if (isInsideRole(roleAt(state, me))) return [stateChannel(workspaceScope)];
    const scopes = [...state.scopes.values()].filter(
      (scope) => scope.kind !== "workspace" && isScopeMember(state, scope, me),
    );
    return scopes.slice(0, MOST_PLACES).map(({ id }) => stateChannel(id));
  }

  #isCrowd(scope: ScopeId): boolean {
    const { state } = this.#account;
    const found = state.scopes.get(scope);
    if (found === undefined) return true;
    return [...state.users.keys()].filter((user) => isScopeMember(state, found, user)).length > CROWD;
  }
}
