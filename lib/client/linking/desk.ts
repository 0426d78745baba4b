// Where linking is asked for: at most one device that joins, and one that is added, at a time (PROTOCOL D1).
import { Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { LinkView } from "@/lib/client/api/devices.ts";
import { noteLinked } from "@/lib/client/devices/commands.ts";
import { Adding } from "./adding.ts";
import { Joining, type JoiningHost } from "./joining.ts";

export class LinkDesk {
  readonly #host: JoiningHost;
  #joining: Joining | null = null;
  #adding: Adding | null = null;

  constructor(host: JoiningHost) {
    this.#host = host;
  }

  view(): LinkView {
    return { joining: this.#joining?.view() ?? null, adding: this.#adding?.view() ?? null };
  }

  async start(name: string): Promise<void> {
    await this.cancel();
    const joining = new Joining(this.#host, name);
    await joining.start();
    this.#joining = joining;
    this.#host.changed();
  }

  async confirm(): Promise<void> {
    if (this.#joining === null) throw new Fault("link/nothing-waits");
    await this.#joining.confirm();
  }

  async cancel(): Promise<void> {
    const joining = this.#joining;
    this.#joining = null;
    this.#host.changed();
    await joining?.cancel();
  }

  /** Puts both sides away: the profile is locked. */
  drop(): void {
    this.#adding = null;
    void this.cancel().catch(() => undefined);
  }

  async inspect(account: Account, code: string): Promise<void> {
    await this.refuse(account.ws);
    this.#adding = await Adding.find(account, code, {
      changed: this.#host.changed,
      added: (device, name) => noteLinked(account, device, name),
    });
    this.#host.changed();
  }

  async approve(ws: WorkspaceId): Promise<void> {
    if (this.#adding?.account.ws !== ws) throw new Fault("link/nothing-waits");
    await this.#adding.approve();
  }

  async refuse(ws: WorkspaceId): Promise<void> {
    const adding = this.#adding;
    if (adding === null || adding.account.ws !== ws) return;
    this.#adding = null;
    this.#host.changed();
    await adding.refuse();
  }
}
