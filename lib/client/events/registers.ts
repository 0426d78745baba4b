// State-like events: names, profiles, markers, settings; the higher rev wins, on a tie the larger hash (PROTOCOL M7, M13).
import { compare, equal } from "@/lib/base/bytes.ts";
import type { AskId, ChannelId, EventId, InviteId, ScopeId, UserId } from "@/lib/base/ids.ts";
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import { isAdminRole, isInsideRole, mayManage, mayWriteChannel, roleAt, scopeOfChannel } from "@/lib/proof/queries.ts";
import { at, type LedgerState } from "@/lib/proof/state.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { type Content, type ContentKind, type ContentOf, encodeContent, parseContent } from "@/lib/protocol/event.ts";
import type { EventRecord } from "./records.ts";

const TABLE = "register";

/**
 * How far a rev may be ahead of its event's place. Revs grow by one with each event: one that is far beyond them would be
 * the last word for ever, which nobody could take back (M7).
 */
const REV_AHEAD = 2 ** 20;

/** Kinds that keep one newest value each. */
const KINDS = [
  "channel",
  "workspace",
  "profile",
  "marker",
  "setting",
  "invite",
  "draft",
  "verified",
  "vouch",
  "circle",
  "pin",
  "about",
  "bookmark",
  "emoji",
  "status",
  "thread",
  "later",
  "scheduled",
  "index",
] as const satisfies readonly ContentKind[];
export type RegisterKind = (typeof KINDS)[number];
const KNOWN: ReadonlySet<string> = new Set(KINDS);
type RegisterContent = Extract<Content, { k: RegisterKind }>;
/** `by`, `at` and `pos`: who set it, when and where the server had it; unknown for values kept by earlier versions. */
type Register = {
  readonly content: RegisterContent;
  readonly hash: Uint8Array;
  readonly by: UserId | null;
  readonly at: number;
  readonly pos: number;
};
type Stored = { content: Uint8Array; hash: Uint8Array; by?: string | null; at?: number; pos?: number };

/** The name under which a value is kept; undefined when the author had no right to set it at his position. */
function nameOf(record: EventRecord, content: RegisterContent, state: LedgerState, self: ScopeId): string | undefined {
  const inSelf = (record.channel as string) === self;
  const user = record.user;
  if (user === null) return undefined;
  switch (content.k) {
    case "profile":
      return inSelf ? undefined : `profile ${user}`;
    case "workspace":
      return isAdminRole(roleAt(state, user, record.n)) && (record.channel as string) === workspaceChannel(state)
        ? "workspace"
        : undefined;
    case "channel":
      return mayName(state, record, content.channel, user) ? `channel ${content.channel}` : undefined;
    case "marker":
      return inSelf ? `marker ${content.channel}` : undefined;
    case "draft":
      return inSelf ? draftName(content.channel, content.thread) : undefined;
    case "setting":
      return inSelf ? `setting ${content.key}` : undefined;
    case "thread":
      return inSelf ? `thread ${content.channel} ${content.root}` : undefined;
    case "later":
      return inSelf ? `later ${content.item}` : undefined;
    case "scheduled":
      return inSelf ? `scheduled ${content.event}` : undefined;
    case "index":
      return inSelf ? "index" : undefined;
    case "about":
      return mayName(state, record, content.channel, user) ? `about ${content.channel}` : undefined;
    case "pin":
      return mayKeep(state, record, content.channel, user) ? `pin ${content.channel} ${content.target.id}` : undefined;
    case "bookmark":
      return mayKeep(state, record, content.channel, user) ? `bookmark ${content.channel} ${content.item}` : undefined;
    case "emoji":
      return mayDraw(state, record, user) ? `emoji ${content.name}` : undefined;
    case "status":
      return inSelf ? undefined : `status ${user}`;
    case "verified":
      return inSelf ? verifiedName(content) : undefined;
    case "vouch":
      return mayVouch(state, record, content, user) ? `vouch ${user} ${content.user}` : undefined;
    case "circle":
      return mayHelp(state, record, content, user) ? `circle ${user} ${content.ask}` : undefined;
    case "invite":
      return inSelf ? `invite ${content.invite}` : undefined;
  }
}

/** What was accepted without comparing stands beside what was compared, and never in its place. */
function verifiedName({ how, user }: Pick<ContentOf<"verified">, "how" | "user">): string {
  return `${how === "accepted" ? "accepted" : "verified"} ${user}`;
}

/** Signed under the root key that it names as its author's own: the word of a replaced key is nobody's (A4). */
function mayVouch(state: LedgerState, record: EventRecord, content: ContentOf<"vouch">, user: UserId): boolean {
  const own = at(state.users.get(user)?.rik ?? [], record.n);
  const here = (record.channel as string) === workspaceChannel(state);
  return here && content.user !== user && own !== undefined && equal(own, content.as);
}

/** What helpers say of requests to them stands where all members hear it, the person himself among them (D6). */
function mayHelp(state: LedgerState, record: EventRecord, content: ContentOf<"circle">, user: UserId): boolean {
  return (record.channel as string) === workspaceChannel(state) && content.user !== user;
}

const draftName = (channel: ChannelId, thread: EventId | undefined) =>
  thread === undefined ? `draft ${channel}` : `draft ${channel} ${thread}`;

/** Pins and bookmarks: by whoever may write in the channel, in the state channel of its scope (M4, M13). */
function mayKeep(state: LedgerState, record: EventRecord, channel: ChannelId, user: UserId): boolean {
  const scope = scopeOfChannel(state, channel);
  return (
    scope !== null && (record.channel as string) === scope && mayWriteChannel(state, user, channel, record.n) === null
  );
}

/** Emoji of the workspace's own: by its members, not by guests, who are in no public channel. */
function mayDraw(state: LedgerState, record: EventRecord, user: UserId): boolean {
  return isInsideRole(roleAt(state, user, record.n)) && (record.channel as string) === workspaceChannel(state);
}

function workspaceChannel(state: LedgerState): string | undefined {
  for (const scope of state.scopes.values()) if (scope.kind === "workspace") return scope.id;
  return undefined;
}

/** Public channels: creator and admins. Private ones: who may manage them. The name must lie in the channel's own scope. */
function mayName(state: LedgerState, record: EventRecord, channel: ChannelId, user: UserId): boolean {
  const scope = scopeOfChannel(state, channel);
  if (scope === null || (record.channel as string) !== scope) return false;
  const found = state.scopes.get(scope);
  if (found === undefined || found.kind === "dm") return false;
  if (found.kind === "private") return found.creator === user || mayManage(state, found, user, record.n);
  return state.channels.get(channel)?.creator === user || isAdminRole(roleAt(state, user, record.n));
}

export function isRegister(content: Content | null): content is RegisterContent {
  return content !== null && KNOWN.has(content.k);
}

/** The newest value of every name, name-sorted by kind; rebuilt from the vault at start. */
export class Registers {
  readonly #vault: Vault;
  readonly #values = new Map<string, Register>();

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async load(): Promise<void> {
    const rows = await this.#vault.scan<Stored & Cbor>(TABLE, { limit: Number.MAX_SAFE_INTEGER });
    for (const row of rows)
      this.#values.set(row.key, {
        content: parseContent(row.value.content) as RegisterContent,
        hash: row.value.hash,
        by: (row.value.by ?? null) as UserId | null,
        at: row.value.at ?? 0,
        pos: row.value.pos ?? 0,
      });
  }

  /** Takes what records say; returns the writes to keep it. */
  take(records: readonly EventRecord[], state: LedgerState, self: ScopeId): VaultOp[] {
    const ops: VaultOp[] = [];
    for (const record of records) {
      const { content, hash } = record;
      if (!isRegister(content) || hash === null || content.rev > record.pos + REV_AHEAD) continue;
      const name = nameOf(record, content, state, self);
      if (name === undefined || !this.#wins(name, content, hash)) continue;
      const { user: by, receivedAt: at, pos } = record;
      this.#values.set(name, { content, hash, by, at, pos });
      ops.push({ op: "put", table: TABLE, key: name, value: { content: encodeContent(content), hash, by, at, pos } });
    }
    return ops;
  }

  channel(channel: ChannelId): ContentOf<"channel"> | undefined {
    return this.#get("channel", `channel ${channel}`);
  }

  workspace(): ContentOf<"workspace"> | undefined {
    return this.#get("workspace", "workspace");
  }

  profile(user: UserId): ContentOf<"profile"> | undefined {
    return this.#get("profile", `profile ${user}`);
  }

  marker(channel: ChannelId): ContentOf<"marker"> | undefined {
    return this.#get("marker", `marker ${channel}`);
  }

  setting(key: string): ContentOf<"setting"> | undefined {
    return this.#get("setting", `setting ${key}`);
  }

  invite(invite: InviteId): ContentOf<"invite"> | undefined {
    return this.#get("invite", `invite ${invite}`);
  }

  /** Which root key of this person I compared, or accepted without comparing. */
  verified(user: UserId, accepted: boolean): ContentOf<"verified"> | undefined {
    return this.#get("verified", verifiedName({ how: accepted ? "accepted" : "qr", user }));
  }

  vouch(by: UserId, user: UserId): ContentOf<"vouch"> | undefined {
    return this.#get("vouch", `vouch ${by} ${user}`);
  }

  /** What helpers said of each request to them, by whom; in no order that counts. */
  circles(): { readonly by: UserId; readonly content: ContentOf<"circle"> }[] {
    return [...this.#values].flatMap(([name, { content }]) =>
      content.k === "circle" ? [{ by: name.split(" ")[1] as UserId, content }] : [],
    );
  }

  circle(by: UserId, ask: AskId): ContentOf<"circle"> | undefined {
    return this.#get("circle", `circle ${by} ${ask}`);
  }

  /** Every value of a kind, in no order that counts. */
  all<K extends RegisterKind>(kind: K): ContentOf<K>[] {
    return [...this.#values.values()].flatMap(({ content }) => (content.k === kind ? [content as ContentOf<K>] : []));
  }

  /** The same, with who set each, when and where. */
  entries<K extends RegisterKind>(kind: K): (Omit<Register, "content" | "hash"> & { content: ContentOf<K> })[] {
    return [...this.#values.values()].flatMap(({ content, by, at, pos }) =>
      content.k === kind ? [{ content: content as ContentOf<K>, by, at, pos }] : [],
    );
  }

  /** One value by the rest of its name: what comes after the kind, as `nameOf` puts it. */
  value<K extends RegisterKind>(kind: K, ...of: readonly string[]): ContentOf<K> | undefined {
    return this.#get(kind, [kind, ...of].join(" "));
  }

  /** The rev that a new value of this one must carry. */
  nextRev(current: { readonly rev: number } | undefined): number {
    return (current?.rev ?? 0) + 1;
  }

  #get<K extends RegisterKind>(kind: K, name: string): ContentOf<K> | undefined {
    const content = this.#values.get(name)?.content;
    return content?.k === kind ? (content as ContentOf<K>) : undefined;
  }

  #wins(name: string, content: RegisterContent, hash: Uint8Array): boolean {
    const held = this.#values.get(name);
    if (held === undefined) return true;
    // What was read on one device is read, whatever another one said of it without having heard that.
    if (content.k === "marker" && held.content.k === "marker" && content.pos !== held.content.pos)
      return content.pos > held.content.pos;
    const { rev } = content;
    return rev !== held.content.rev ? rev > held.content.rev : compare(hash, held.hash) > 0;
  }
}
