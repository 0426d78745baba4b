// Who one is, said where people need it: to all members in the workspace, and anew in each private scope that a guest is in (PROTOCOL section 4, M13).
import { type ScopeId, stateChannel } from "@/lib/base/ids.ts";
import { isScopeMember, roleAt, scopeMembersAt } from "@/lib/proof/queries.ts";
import type { ScopeState } from "@/lib/proof/state.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import type { Parts } from "./parts.ts";

const TABLE = "stated";
const NAME = "my-name";
const WORKSPACE = "workspace-name";

/** What was last said in a scope, and as of which ledger position. */
type Stated = { rev: number; n: number };
type Profile = ContentOf<"profile">;

export class Profiles {
  readonly #account: Parts;
  #running: Promise<void> = Promise.resolve();

  constructor(account: Parts) {
    this.#account = account;
  }

  /** This person's profile; a guest's until it could be said anywhere is only his name, from his own settings. */
  mine(): Profile | undefined {
    const { registers, me } = this.#account;
    const name = registers.setting(NAME)?.value ?? this.#onItsWay();
    const kept = name === undefined ? undefined : { k: "profile" as const, rev: 1, name, title: "", avatar: null };
    return registers.profile(me) ?? kept;
  }

  /** The same while it waits to be sent. */
  #onItsWay(): string | undefined {
    for (const { content } of this.#account.outbox.entries())
      if (content.k === "setting" && content.key === NAME) return content.value;
    return undefined;
  }

  /** The workspace's name as a guest was told it: he can't read it where members do. */
  workspaceName(): string | undefined {
    return this.#account.registers.setting(WORKSPACE)?.value;
  }

  /** Keeps a guest's own name and the workspace's where all his devices find them. */
  async keepForGuest(name: string, workspace: string): Promise<void> {
    const account = this.#account;
    await account.outbox.add(account.selfChannel, { k: "setting", key: NAME, rev: 1, value: name });
    await account.outbox.add(account.selfChannel, { k: "setting", key: WORKSPACE, rev: 1, value: workspace });
  }

  /** Says a new profile wherever this person is known. */
  async state(profile: Profile): Promise<void> {
    const account = this.#account;
    const guest = roleAt(account.state, account.me) === "guest";
    if (!guest) await account.send(stateChannel(account.workspaceScope), profile);
    else {
      const rev = account.registers.nextRev(account.registers.setting(NAME));
      await account.send(account.selfChannel, { k: "setting", key: NAME, rev, value: profile.name });
    }
    await this.spread(profile);
  }

  /** Says it in every scope with a guest, where those who are there now could not have heard it. One run at a time. */
  async spread(profile: Profile | undefined = this.mine()): Promise<void> {
    this.#running = this.#running.catch(() => undefined).then(() => this.#spread(profile));
    await this.#running;
  }

  async #spread(profile: Profile | undefined): Promise<void> {
    const { state, me, book } = this.#account;
    if (profile === undefined || book.stop !== null) return;
    for (const scope of state.scopes.values()) {
      if (scope.kind === "workspace" || scope.archivedAt !== null || !isScopeMember(state, scope, me)) continue;
      if (this.#hasGuest(scope.id)) await this.#say(scope, profile);
    }
  }

  #hasGuest(scope: ScopeId): boolean {
    const { state } = this.#account;
    return scopeMembersAt(state, scope).some((user) => roleAt(state, user) === "guest");
  }

  async #say(scope: ScopeState, profile: Profile): Promise<void> {
    const account = this.#account;
    const said = await account.vault.get<Stated & Cbor>(TABLE, scope.id);
    // Where history is whole, who comes later reads what was said before.
    const anew = scope.history === "since-join" && (scope.addedAt.at(-1) ?? 0) > (said?.n ?? 0);
    if (said !== undefined && said.rev >= profile.rev && !anew) return;
    await account.send(stateChannel(scope.id), profile);
    await account.vault.put(TABLE, scope.id, { rev: profile.rev, n: account.state.n });
  }
}
