// Bringing a device up to date: ledger first, then names, then channels; and what live frames ask for (PROTOCOL L9, M13).
import { asFault } from "@/lib/base/errors.ts";
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import { noteSeen } from "@/lib/client/devices/seen.ts";
import { EVENTS } from "@/lib/client/events/records.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import { settleCode } from "@/lib/client/recovery/change.ts";
import { sayConfirmed } from "@/lib/client/recovery/confirmed.ts";
import { settleRoot } from "@/lib/client/renewal/root.ts";
import { finishCrossing } from "@/lib/client/verify/forks.ts";
import { isScopeMember } from "@/lib/proof/queries.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { RowJson, ServerFrame } from "@/lib/protocol/sync.ts";
import { forgetDeleted } from "./deletions.ts";
import type { Parts } from "./parts.ts";

const FIRST_PAGE = 50;
/** Pages in a row of which nothing opens; then the rest waits for the next time (MS-23). */
const DARK_PAGES = 20;
/** Pages read back at once for what was sent from here; a server may name any place, and the rest comes with the history. */
const OWN_PAGES = 20;
const AT_ONCE = 6;

export class CatchUp {
  readonly #account: Parts;
  readonly #pulls = new Map<ChannelId, Mutex>();
  /** rows of frames that wait for those before them */
  readonly #came = new Map<ChannelId, RowJson[]>();

  constructor(account: Parts) {
    this.#account = account;
  }

  /** Everything since the last time, in the order in which it can be understood. Net faults reject. */
  async run(): Promise<void> {
    const account = this.#account;
    // Before anything is taken that a server which fell back may show in the places of what it lost (L10).
    const before = account.healing.ends();
    await account.book.sync();
    await account.healing.links();
    await account.rooms.fetchPuks();
    await settleCode(account);
    const state = await account.healing.ask(before);
    await account.healing.run(state, before);
    const last = new Map(state.channels.map((channel) => [channel.channel, channel.last]));
    // Names and profiles come first and whole, so that nobody reads messages of nameless people (M13).
    for (const channel of account.stateChannels())
      if ((last.get(channel) ?? 0) > account.log.mark(channel).high) await this.pull(channel);
    const behind = account.channels().filter((channel) => (last.get(channel) ?? 0) > account.log.mark(channel).high);
    for (let i = 0; i < behind.length; i += AT_ONCE)
      await Promise.all(behind.slice(i, i + AT_ONCE).map((channel) => this.pull(channel)));
    await this.#heal();
    await this.mend();
    await finishCrossing(account);
    await settleRoot(account);
    await this.#hearPleas();
    await account.desk.refresh();
    await account.circle.refresh();
    await account.profiles.spread();
    if (account.book.stop === null) void account.retries.flushAll();
    if (account.book.stop === null) {
      void noteSeen(account).catch(() => undefined);
      void sayConfirmed(account).catch(() => undefined);
    }
    account.changed("workspace");
  }

  /**
   * Fetches what follows in a channel: the newest page on first sight (state channels whole), else all that is missing.
   * With `to`: only if that place has not come by itself meanwhile.
   */
  async pull(channel: ChannelId, to = Number.MAX_SAFE_INTEGER): Promise<void> {
    await this.#alone(channel, async () => {
      if (this.#account.log.mark(channel).high < to) await this.#pull(channel);
      await this.#own(channel);
    });
  }

  /** What was sent from here and lies before the first page that was read: its rows confirm it, so they are fetched too. */
  async #own(channel: ChannelId): Promise<void> {
    const { log, outbox } = this.#account;
    const first = () => Math.min(...outbox.entries(channel).flatMap(({ pos }) => pos ?? []));
    for (let page = 0; page < OWN_PAGES && first() < log.mark(channel).low; page += 1)
      if (!(await this.older(channel))) return;
  }

  /** What the server says while the socket is open. Nothing in a frame is believed; it only says where to look. */
  frame(frame: ServerFrame): void {
    const account = this.#account;
    const quietly = (work: Promise<unknown>) =>
      void work.catch((thrown: unknown) => {
        this.#failed(thrown);
        account.retries.broken(asFault(thrown));
      });
    if (frame.t === "event")
      void this.#event(frame.row).catch((thrown: unknown) => {
        this.#failed(thrown);
        account.retries.behind(frame.row.channel);
      });
    if (frame.t === "ephemeral") quietly(account.here.heard(frame.channel, frame.event));
    if (frame.t === "ledger" && frame.head.n !== account.state.n) quietly(this.#ledger());
    if (frame.t === "restored") quietly(this.run());
    if (frame.t === "keys") quietly(this.#keys());
    if (frame.t === "joins") quietly(account.desk.refresh());
    if (frame.t === "request") account.pleas.heard(frame.request);
  }

  /** Rows that came to light wait, perhaps for keys that came since they were last looked at. */
  wakeRows(): void {
    void this.#heal().catch((thrown: unknown) => this.#failed(thrown));
  }

  /** Older messages than this device holds; false when there are none. */
  async older(channel: ChannelId): Promise<boolean> {
    const account = this.#account;
    if (await account.log.older(channel)) {
      this.wakeRows();
      return true;
    }
    const { low } = account.log.mark(channel);
    if (low <= 1) return false;
    const page = await account.session.call("events.read", { channel, after: null, before: low, limit: 100 });
    const { taken } = await account.log.take(channel, page.rows, "older");
    await account.log.older(channel);
    return taken > 0;
  }

  /** Fetches again what was damaged on disk, place by place, and says that something was (MS-38). */
  async mend(): Promise<void> {
    const account = this.#account;
    const places = account.vault.takeDamaged();
    if (places.length > 0) account.note("store/damaged", "alarm", "");
    for (const { table, key } of places) {
      const [name, place] = key.split("/");
      if (table !== EVENTS || name === undefined || place === undefined) continue;
      const channel = name as ChannelId;
      const pos = Number(place);
      const page = await account.session.call("events.read", { channel, after: pos - 1, before: null, limit: 1 });
      if (!(await account.log.restore(channel, pos, page.rows[0]))) account.note("event/hole", "alarm", channel);
    }
  }

  /** One at a time in each channel. */
  async #alone(channel: ChannelId, work: () => Promise<void>): Promise<void> {
    const lock = this.#pulls.get(channel) ?? new Mutex();
    this.#pulls.set(channel, lock);
    await lock.run(work);
  }

  async #pull(channel: ChannelId): Promise<void> {
    const account = this.#account;
    const whole = account.stateChannels().includes(channel);
    // What the server had at first ends it: a channel that grows as fast as it is read is no channel.
    let end: number | null = null;
    let dark = 0;
    const { low, high: stood } = account.log.mark(channel);
    /** rows held here that a restored server may show once more, each once */
    let known = stood - low + 1;
    for (;;) {
      const { high } = account.log.mark(channel);
      const newest = high === 0 && !whole;
      const input = newest
        ? { channel, after: null, before: null, limit: FIRST_PAGE }
        : { channel, after: high, before: null, limit: LIMITS.eventsPerRead };
      const page = await account.session.call("events.read", input);
      end ??= page.last;
      const { taken, useful, again } = await account.log.take(channel, page.rows, "newer");
      await forgetDeleted(account, channel);
      known -= again;
      // A page that brings nothing new ends it, however much the server claims to have (MS-23).
      if ((taken === 0 && (again === 0 || known < 0)) || account.log.mark(channel).high >= end) return;
      dark = useful + again === 0 ? dark + 1 : 0;
      if (dark >= DARK_PAGES) return account.note("net/bad-answer", "alarm", channel);
    }
  }

  /** Rows that come while others are being taken wait for them, and are then taken together. */
  async #event(row: RowJson): Promise<void> {
    const { channel } = row;
    const waiting = this.#came.get(channel);
    if (waiting !== undefined) {
      // Nobody fills this device's memory with frames: beyond a page the newest leaves a gap, which is then fetched.
      if (waiting.length >= LIMITS.eventsPerRead) waiting.pop();
      waiting.push(row);
      return;
    }
    const came = [row];
    this.#came.set(channel, came);
    try {
      const account = this.#account;
      if (account.scopeOf(channel) === undefined) {
        await account.book.sync();
        if (account.scopeOf(channel) === undefined) {
          // A server that fell back since it sent this knows no more of the channel; it comes again with what is given back.
          if (account.book.behind === null) account.note("event/wrong-place", "note", channel);
          return;
        }
      }
      while (came.length > 0) await this.#rows(channel, came);
    } finally {
      this.#came.delete(channel);
    }
  }

  /** Takes what came, where it follows on what is held; else fetches what lies between. */
  async #rows(channel: ChannelId, came: RowJson[]): Promise<void> {
    const account = this.#account;
    await this.#alone(channel, async () => {
      const { high } = account.log.mark(channel);
      const rows = came.splice(0).filter((row) => row.pos > high);
      if (rows.length === 0) return;
      rows.sort((a, b) => a.pos - b.pos);
      if (rows.some((row, i) => row.pos !== high + 1 + i)) return await this.#pull(channel);
      await account.log.take(channel, rows, "newer");
      await forgetDeleted(account, channel);
    });
  }

  async #ledger(): Promise<void> {
    const account = this.#account;
    const before = new Set(account.channels());
    await account.book.sync();
    await account.healing.links();
    if (account.book.stop === "proof/restored") return await this.run();
    await account.rooms.fetchPuks();
    const fresh = [...account.channels()].filter((channel) => !before.has(channel));
    for (const channel of account.stateChannels()) if (account.log.mark(channel).high === 0) await this.pull(channel);
    for (const channel of fresh) await this.pull(channel);
    await this.#heal();
    await settleRoot(account);
    await account.desk.refresh();
    await account.circle.refresh();
    await account.profiles.spread();
  }

  async #keys(): Promise<void> {
    await this.#heal();
    for (const entry of this.#account.outbox.entries()) this.#account.kick(entry.channel);
  }

  /** What others asked for while this device was away (E7). */
  async #hearPleas(): Promise<void> {
    const account = this.#account;
    const { requests } = await account.session.call("keys.requests", {});
    for (const request of requests) account.pleas.heard(request);
  }

  /** Opens what waited for keys that are here now, and asks for those that are not (E7). */
  async #heal(): Promise<void> {
    const account = this.#account;
    // A server that fell back does not know all scopes: it can't be asked for their keys before it has the links again (L10).
    if (account.book.behind !== null) return;
    for (const { scope, epoch } of await account.log.waitingFor()) {
      // Who is out of it by now is given no key of it any more: what waits there waits for ever (L8).
      if (!isIn(account, scope)) continue;
      if ((await account.rooms.find(scope, epoch)) === undefined) await account.pleas.ask(scope, epoch);
      await account.log.reopen(scope);
    }
    await account.audit.run();
  }

  #failed(thrown: unknown): void {
    const fault = asFault(thrown);
    // A stop is told by itself, by whatever stopped it.
    if (fault.code === "app/blocked") return;
    if (fault.entry.policy === "halt" || fault.code === "net/bad-answer") this.#account.note(fault.code, "note", "");
  }
}

function isIn({ state, me, rooms }: Parts, id: ScopeId): boolean {
  const scope = state.scopes.get(id);
  return rooms.isSelf(id) || (scope !== undefined && isScopeMember(state, scope, me));
}
