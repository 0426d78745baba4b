// A person's day in one account: what is kept, written, timed and due, put together and fed with what comes.
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Follower, Parts } from "@/lib/client/account/parts.ts";
import type { DueItem, KeepsView, LaterItem } from "@/lib/client/api/daily/keeping.ts";
import { type EventRecord, isOwn } from "@/lib/client/events/records.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import { Activity } from "./activity.ts";
import { Drafts } from "./drafts.ts";
import { Hours } from "./hours.ts";
import { Later } from "./later.ts";
import { KeptMessages, type Reading } from "./messages.ts";
import { OwnPages, ownValues } from "./own.ts";
import { type Post, Scheduled } from "./scheduled.ts";
import { statusTimes } from "./status.ts";

const TABLE = "told";
/** Keys of settings that are a person's choices, and not notes of the engine. */
const CHOICE = "choice:";

export class Daily implements Follower {
  readonly drafts: Drafts;
  readonly later: Later;
  readonly scheduled: Scheduled;
  readonly activity: Activity;
  readonly #own: OwnPages;
  readonly #messages: KeptMessages;
  readonly #account: Parts;
  readonly #hours: Hours;
  /** moments that this device has told of */
  readonly #told = new Set<string>();

  constructor(account: Reading, post: (message: Post) => Promise<void>) {
    this.#account = account;
    this.#own = new OwnPages(account);
    this.#messages = new KeptMessages(account, () => {
      account.changed({ topic: "keeps" });
      account.changed({ topic: "activity" });
    });
    this.drafts = new Drafts(account, this.#own);
    this.later = new Later(account, this.#own);
    this.scheduled = new Scheduled(account, this.#own, post);
    this.activity = new Activity(account, this.#own, this.#messages);
    this.#hours = new Hours(
      account.ports.clock,
      () => this.#times(),
      () => this.#come(),
    );
  }

  async load(): Promise<void> {
    await this.drafts.load();
    await this.activity.load();
    await this.#loadTold();
  }

  /** What was told of things that are still kept; the rest is forgotten here too. */
  async #loadTold(): Promise<void> {
    const { vault } = this.#account;
    const names = [...this.later.all().map((one) => one.item), ...this.scheduled.waiting().map((one) => one.event)];
    const kept = new Set<string>(names);
    const over: VaultOp[] = [];
    for (const { key } of await vault.scan<number>(TABLE, { limit: Number.MAX_SAFE_INTEGER })) {
      if (kept.has(key.split(" ")[0] ?? "")) this.#told.add(key);
      else over.push({ op: "delete", table: TABLE, key });
    }
    await vault.write(over);
  }

  start(): void {
    this.#hours.start();
  }

  stop(): void {
    this.#hours.stop();
    this.drafts.stop();
  }

  /** Up to date and connected: what waited for that goes now. */
  online(): void {
    this.#come();
    this.#hours.look();
  }

  arrived(): [] {
    return [];
  }

  shown(channel: ChannelId, records: readonly EventRecord[]): void {
    this.#messages.heard(records);
    if (channel === this.#account.selfChannel) {
      this.#hours.look();
      this.#account.changed({ topic: "keeps" });
      return;
    }
    if (records.some(({ content }) => content?.k === "status")) this.#hours.look();
    void this.activity.heard(records).catch(() => undefined);
    const waiting = new Set(this.scheduled.waiting().map((one) => one.event));
    for (const record of records)
      if (waiting.has(record.id) && isOwn(record, this.#account.me))
        void this.scheduled.landed(record.id).catch(() => undefined);
  }

  /** A choice for all devices. */
  async choose(key: string, value: string): Promise<void> {
    await this.#own.say<"setting">({ k: "setting", key: `${CHOICE}${key}`.slice(0, 64), value: value.slice(0, 4096) });
  }

  /** Something was set here that has a time. */
  look(): void {
    this.#come();
    this.#hours.look();
  }

  /** True for the first who asks on this device. */
  async take(key: string): Promise<boolean> {
    if (this.#told.has(key) || !this.#due().some((one) => one.key === key)) return false;
    this.#told.add(key);
    await this.#account.vault.put(TABLE, key, this.#account.ports.clock.now());
    this.#account.changed({ topic: "keeps" });
    return true;
  }

  view(): KeepsView {
    const choices = [...ownValues(this.#account, "setting").values()].filter(({ key }) => key.startsWith(CHOICE));
    return {
      later: this.#laterItems(),
      scheduled: this.scheduled.items(),
      drafts: this.drafts.items(),
      due: this.#due().filter((one) => !this.#told.has(one.key)),
      preferences: Object.fromEntries(choices.map(({ key, value }) => [key.slice(CHOICE.length), value])),
    };
  }

  #laterItems(): LaterItem[] {
    const now = this.#account.ports.clock.now();
    const items = this.later.all().map(({ item, rev, channel, event, text, at, state }) => ({
      rev,
      item,
      channel,
      event,
      note: text,
      at,
      state: state === "done" ? ("done" as const) : ("open" as const),
      due: state === "open" && at !== null && at <= now,
      message: channel === null || event === null ? null : this.#messages.get(channel, event),
    }));
    const rank = (one: LaterItem) => (one.state === "done" ? 2 : one.at === null ? 1 : 0);
    return items
      .sort((a, b) => rank(a) - rank(b) || (a.at ?? 0) - (b.at ?? 0) || (a.item < b.item ? -1 : 1))
      .map(({ rev: _, ...one }) => one);
  }

  #due(): DueItem[] {
    const now = this.#account.ports.clock.now();
    return [...this.later.due(now), ...this.scheduled.due(now)].sort((a, b) => a.at - b.at);
  }

  /** What is waited for: reminders that were not told here, messages to send, statuses that end. */
  #times(): number[] {
    const now = this.#account.ports.clock.now();
    const reminders = this.later.times().filter(({ key }) => !this.#told.has(key));
    const messages = this.scheduled.waiting().filter((one) => one.at > now || this.#mayGo());
    // What is due and untold waits for a screen, not for a time.
    return [
      ...reminders.flatMap(({ at }) => (at > now ? [at] : [])),
      ...messages.map(({ at }) => at),
      ...statusTimes(this.#account).filter((at) => at > now),
    ];
  }

  #mayGo(): boolean {
    return this.#account.live.connection === "online" && this.#account.book.stop === null;
  }

  #come(): void {
    const now = this.#account.ports.clock.now();
    this.#account.changed("workspace");
    void this.scheduled.run(now, this.#mayGo()).catch(() => undefined);
  }
}
