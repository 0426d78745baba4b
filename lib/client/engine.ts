// The engine: accounts of one profile, commands in, snapshots out. The same code in worker, CLI and tests.
import { asFault, Fault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import { Account } from "@/lib/client/account/account.ts";
import type { Change } from "@/lib/client/account/parts.ts";
import { Regaining } from "@/lib/client/circle/regaining.ts";
import { makeCommands } from "@/lib/client/commands/all.ts";
import { sendMessage } from "@/lib/client/commands/messages.ts";
import { FileList } from "@/lib/client/files/list/list.ts";
import { Waiting } from "@/lib/client/joins/waiting.ts";
import { Keyring } from "@/lib/client/keys/keyring.ts";
import { LinkDesk } from "@/lib/client/linking/desk.ts";
import { Guard } from "@/lib/client/lock/guard.ts";
import { Retention } from "@/lib/client/retention/retention.ts";
import { Finding } from "@/lib/client/search/finding.ts";
import { lookAt } from "@/lib/client/search/places.ts";
import { fillScreen } from "@/lib/client/threads/fill.ts";
import { threadCounts } from "@/lib/client/threads/view.ts";
import { accountSnapshot, WHOLE } from "@/lib/client/view/snapshot.ts";
import { nameOf } from "@/lib/client/view/workspace.ts";
import { checkedTransport } from "@/lib/client/wire/answers.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import type { EngineHandle, SessionView, SnapshotOf, Topic } from "./api.ts";
import type { Ports } from "./ports.ts";
import type { Vault } from "./vault.ts";

const TABLE = "account";
const LIST = "list";
/** `last`: what it was given last; the same object is not given twice. */
type Watcher = { readonly topic: Topic; readonly changed: (snapshot: never) => void; last?: unknown };

/** An engine with its life: `stop` ends every connection and timer; nothing stored is touched. */
export type Engine = EngineHandle & {
  stop(): Promise<void>;
  /** the accounts, for tools and tests that look inside */
  readonly accounts: ReadonlyMap<WorkspaceId, Account>;
  /** the index of an account, for tests and measurements */
  finding(ws: WorkspaceId): Finding;
  /** what deletes past a channel's days, by itself every hour; for tests */
  retention(ws: WorkspaceId): Retention;
  /** the network is back: connect now */
  wake(): void;
};

class EngineCore {
  readonly accounts = new Map<WorkspaceId, Account>();
  readonly ports: Ports;
  readonly desk: LinkDesk;
  readonly regaining: Regaining;
  readonly #watchers = new Set<Watcher>();
  readonly #dirty = new Set<Watcher>();
  readonly #findings = new WeakMap<Account, Finding>();
  readonly #retentions = new WeakMap<Account, Retention>();
  readonly #files = new WeakMap<Account, FileList>();
  readonly waiting = new Waiting({
    entrance: () => ({
      ports: this.ports,
      vault: this.vault,
      adopt: (keyring, vault) => this.adopt(keyring, vault),
      has: (ws) => this.accounts.has(ws),
    }),
    enlist: (account) => this.enlist(account),
    changed: () => this.touch("workspace", null),
  });
  readonly guard: Guard;
  #release: (() => void) | null = null;
  #phase: SessionView["phase"] = "starting";
  #publishing = false;

  constructor(ports: Ports) {
    this.ports = ports;
    this.guard = new Guard({
      ports,
      opened: (vault) => this.#enter(vault),
      shut: () => this.#shut(),
      changed: () => this.touch("workspace", null),
    });
    this.desk = new LinkDesk({
      ports,
      room: (ws) => this.makeRoom(ws),
      has: (ws) => this.accounts.has(ws),
      adopt: (keyring, vault) => this.adopt(keyring, vault),
      enlist: (account) => this.enlist(account),
      changed: () => this.touch("workspace", null),
    });
    this.regaining = new Regaining({
      ports,
      vault: () => this.vault,
      changed: () => this.touch("workspace", null),
    });
  }

  get vault(): Vault {
    const { vault } = this.guard;
    if (vault === null) throw this.#shutFault();
    return vault;
  }

  /** Why nothing can be read or written now. */
  #shutFault(): Fault {
    if (this.#phase === "locked") return new Fault("store/vault-locked");
    return new Fault(this.#phase === "keys-gone" ? "store/vault-gone" : "net/closed");
  }

  /** Opens the vault under the profile's lock and starts every account (A5: lost keys are said, never replaced). */
  async start(): Promise<void> {
    this.#release = await this.ports.locks.hold("tacit-engine");
    try {
      await this.guard.open();
      if (this.guard.vault !== null) return await this.#enter(this.guard.vault);
      this.#phase = "locked";
    } catch (thrown) {
      this.#lost(thrown);
    }
    this.touch("workspace", null);
  }

  /** Brings everything that the vault holds to life. */
  async #enter(vault: Vault): Promise<void> {
    try {
      const known = (await vault.get<string[]>(TABLE, LIST)) ?? [];
      // A list that was there and does not open is a loss of keys, not a fresh profile (A5).
      if (vault.damaged.length > 0) throw new Fault("store/vault-gone");
      const loaded: Account[] = [];
      for (const ws of known as WorkspaceId[]) {
        const part = vault.part(ws);
        const account = this.adopt(await Keyring.load(part), part);
        await account.load();
        loaded.push(account);
      }
      await this.waiting.load();
      await this.regaining.load();
      for (const account of loaded) this.accounts.set(account.ws, account);
      await this.#sweepSpool();
      this.#phase = this.accounts.size === 0 ? "signed-out" : "ready";
    } catch (thrown) {
      this.#lost(thrown);
    }
    this.touch("workspace", null);
    for (const account of this.accounts.values()) account.start();
  }

  /** Bytes kept for uploads that no account has are nobody's. */
  async #sweepSpool(): Promise<void> {
    const kept = [...this.accounts.values()].flatMap(({ uploads }) => uploads.kept());
    await this.ports.spool.sweep(new Set(kept)).catch(() => undefined);
  }

  #lost(thrown: unknown): void {
    const fault = asFault(thrown);
    if (fault.code !== "store/vault-gone") throw fault;
    this.#phase = "keys-gone";
    this.guard.lose();
  }

  /** Locked: every account ends here, and all that was read is let go. */
  #shut(): void {
    this.#end();
    this.accounts.clear();
    this.waiting.pause();
    this.regaining.pause();
    this.desk.drop();
    this.#phase = "locked";
    this.touch("workspace", null);
  }

  #end(): void {
    this.waiting.stop();
    this.regaining.stop();
    for (const account of this.accounts.values()) account.stop();
  }

  async stop(): Promise<void> {
    this.#end();
    this.#watchers.clear();
    this.#release?.();
  }

  adopt(keyring: Keyring, vault: Vault): Account {
    let retention: Retention | undefined;
    const account = new Account({
      ports: this.ports,
      vault,
      keyring,
      changed: (change) => {
        this.touch(change, keyring.ws);
        retention?.ruled();
      },
      post: async (account, { thread, ...message }) => {
        await sendMessage(account, { ...message, files: [], ...(thread === null ? {} : { thread }) });
      },
    });
    const finding = new Finding(account);
    retention = new Retention(account);
    const files = new FileList(account);
    account.followers.push(finding, files, retention);
    this.#findings.set(account, finding);
    this.#files.set(account, files);
    this.#retentions.set(account, retention);
    return account;
  }

  /** What deletes past a channel's days; it runs by itself. */
  retention(ws: WorkspaceId): Retention {
    const retention = this.#retentions.get(this.account(ws));
    if (retention === undefined) throw new Fault("may/not-found");
    return retention;
  }

  finding(ws: WorkspaceId): Finding {
    const finding = this.#findings.get(this.account(ws));
    if (finding === undefined) throw new Fault("may/not-found");
    return finding;
  }

  files(ws: WorkspaceId): FileList {
    const files = this.#files.get(this.account(ws));
    if (files === undefined) throw new Fault("may/not-found");
    return files;
  }

  /** Puts an account on the list and brings it to life. */
  async enlist(account: Account): Promise<void> {
    this.accounts.set(account.ws, account);
    await this.vault.put(TABLE, LIST, [...this.accounts.keys()]);
    this.#phase = "ready";
    account.start();
    this.touch("workspace", account.ws);
  }

  /** Ends an account here and wipes what is stored of it; the last one takes the vault's own key along. */
  async retire(account: Account): Promise<void> {
    account.stop();
    this.accounts.delete(account.ws);
    await this.#sweepSpool();
    if (this.accounts.size === 0 && this.waiting.size === 0 && this.regaining.size === 0) {
      await this.guard.renew();
      this.#phase = "signed-out";
    } else {
      await this.vault.put(TABLE, LIST, [...this.accounts.keys()]);
      await account.vault.put(TABLE, "keys", null);
      if (this.accounts.size === 0) this.#phase = "signed-out";
    }
    this.touch("workspace", account.ws);
  }

  /**
   * Where the account goes that takes the place of what was here: of a profile whose keys are gone or locked nothing stays (A5);
   * of one's own former device what it read stays, and what it had not sent is sealed anew.
   */
  async makeRoom(ws: WorkspaceId): Promise<Vault> {
    const old = this.accounts.get(ws);
    old?.stop();
    this.accounts.delete(ws);
    if (this.guard.vault === null) await this.guard.renew();
    await old?.outbox.unseal();
    return this.vault.part(ws);
  }

  /** Clears a profile whose keys are gone, or locked under a passphrase nobody knows. Refused while it has them. */
  async forget(): Promise<void> {
    if (this.#phase !== "keys-gone" && this.#phase !== "locked") throw new Fault("app/no-way-back");
    await this.guard.renew();
    this.#phase = "signed-out";
    this.touch("workspace", null);
  }

  account(ws: WorkspaceId): Account {
    const account = this.accounts.get(ws);
    if (account !== undefined) return account;
    throw this.#phase === "locked" ? this.#shutFault() : new Fault("may/not-found");
  }

  subscribe<T extends Topic>(topic: T, changed: (snapshot: SnapshotOf<T>) => void): () => void {
    const watcher: Watcher = { topic, changed: changed as (snapshot: never) => void };
    this.#watchers.add(watcher);
    const close = this.#open(topic);
    this.#mark(watcher);
    return () => {
      close();
      this.#watchers.delete(watcher);
      this.#dirty.delete(watcher);
    };
  }

  /** Marks what a change concerns; snapshots go out once a turn, however much changed in it. */
  touch(change: Change, ws: WorkspaceId | null): void {
    for (const watcher of this.#watchers) {
      const [kind, of, channel] = watcher.topic.split(":");
      if (ws !== null && of !== undefined && of !== ws) continue;
      if (change !== "workspace" && "topic" in change) {
        if (kind === change.topic) this.#mark(watcher);
        continue;
      }
      const about =
        change === "workspace" ? true : !WHOLE.has(kind ?? "") && (channel === undefined || channel === change.channel);
      if (about) this.#mark(watcher);
    }
  }

  #mark(watcher: Watcher): void {
    this.#dirty.add(watcher);
    if (this.#publishing) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      const due = [...this.#dirty];
      this.#dirty.clear();
      const made = new Map<Topic, unknown>();
      for (const watcher of due) {
        const { topic } = watcher;
        const snapshot = made.has(topic) ? made.get(topic) : this.#snapshot(topic);
        made.set(topic, snapshot);
        if (snapshot === undefined || snapshot === watcher.last) continue;
        watcher.last = snapshot;
        watcher.changed(snapshot as never);
      }
    });
  }

  #snapshot(topic: Topic): unknown {
    const [kind, ws] = topic.split(":");
    if (kind === "session") return this.#session();
    if (kind === "lock") return this.guard.view();
    if (kind === "link") return this.desk.view();
    if (kind === "regaining") return this.regaining.view();
    if (kind === "joining") return { waits: this.waiting.waits };
    const account = this.accounts.get(ws as WorkspaceId);
    if (account === undefined) return undefined;
    if (kind === "search") return this.finding(account.ws).view();
    if (kind === "files") return this.files(account.ws).view();
    return accountSnapshot(account, topic);
  }

  #session(): SessionView {
    const accounts = [...this.accounts.values()].map((account) => {
      const counts = account.channels().map((channel) => ({
        unread: account.notify.muted(channel) ? 0 : account.unread.count(channel).unread,
        mentions: account.notify.waiting(channel),
      }));
      const sum = (pick: (count: { unread: number; mentions: number }) => number) =>
        counts.reduce((total, count) => total + pick(count), 0);
      const threads = threadCounts(account);
      return {
        ws: account.ws,
        name: nameOf(account),
        unread: sum((one) => one.unread) + threads.unread,
        mentions: sum((one) => one.mentions) + threads.mentions,
      };
    });
    return { phase: this.#phase, accounts };
  }

  /** A timeline that is looked at is loaded, and its "New" line is fixed while it stays open. */
  #open(topic: Topic): () => void {
    const [kind, ws, name, anchor] = topic.split(":");
    const account = this.accounts.get(ws as WorkspaceId);
    const channel = name as ChannelId;
    if (kind === "thread") account?.threads.look(anchor as EventId);
    if (kind !== "timeline" || account === undefined) return () => undefined;
    if (anchor !== undefined)
      return lookAt(account, channel, anchor as EventId, () => this.touch({ channel }, account.ws));
    account.newFrom.set(channel, account.unread.first(channel));
    const open = account.open(channel).then(() => fillScreen(account, channel));
    void open.then(
      () => this.touch({ channel }, account.ws),
      (thrown: unknown) => account.note(asFault(thrown).code, "note", ""),
    );
    return () => undefined;
  }
}

/** Starts an engine over the platform's ports. Rejects with crypto/missing-function, store/full or store/corrupt. */
export async function createEngine(ports: Ports): Promise<Engine> {
  await cryptoReady();
  const core = new EngineCore({ ...ports, transport: checkedTransport(ports.transport) });
  await core.start();
  const commands = makeCommands(core);
  return {
    ...commands,
    subscribe: (topic, changed) => core.subscribe(topic, changed),
    stop: () => core.stop(),
    accounts: core.accounts,
    finding: (ws) => core.finding(ws),
    retention: (ws) => core.retention(ws),
    wake: () => {
      for (const account of core.accounts.values()) account.live.wake();
    },
  };
}
