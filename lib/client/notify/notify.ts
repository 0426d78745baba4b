// What one account wants told: settings, and messages that came while this engine ran and that call its person (UX 2).
import type { ChannelId } from "@/lib/base/ids.ts";
import { hasLeft } from "@/lib/client/account/left.ts";
import type { Follower, Parts } from "@/lib/client/account/parts.ts";
import type { Alert, AlertsView, NotifyView } from "@/lib/client/api/live/notify.ts";
import { isMentioned } from "@/lib/client/events/mentions.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import type { VaultOp } from "@/lib/client/vault.ts";
import {
  type ChannelNotify,
  channelNotifyKey,
  formatChannelNotify,
  formatNotify,
  NOTIFY_KEY,
  type NotifySetting,
  parseChannelNotify,
  parseNotify,
} from "@/lib/protocol/setting/notify.ts";
import { alertOf } from "./alert.ts";
import { type Arrival, decide, isMuted, type Moment, type Verdict } from "./decide.ts";
import { chooseSetting, settingNow } from "./settings.ts";

/** Alerts that wait to be shown; whoever was away longer finds the rest in the app. */
const MOST = 30;
const DAY_MINUTES = 24 * 60;

export class Notify implements Follower {
  readonly #account: Parts;
  #alerts: readonly Alert[] = [];
  #live = false;

  constructor(account: Parts) {
    this.#account = account;
  }

  get all(): NotifySetting {
    return parseNotify(settingNow(this.#account, NOTIFY_KEY));
  }

  here(channel: ChannelId): ChannelNotify {
    return parseChannelNotify(settingNow(this.#account, channelNotifyKey(channel)));
  }

  muted(channel: ChannelId): boolean {
    return isMuted(this.here(channel), this.#account.ports.clock.now());
  }

  async choose(setting: NotifySetting): Promise<void> {
    await chooseSetting(this.#account, NOTIFY_KEY, formatNotify(setting));
    this.#changed();
  }

  async chooseHere(channel: ChannelId, setting: ChannelNotify): Promise<void> {
    await chooseSetting(this.#account, channelNotifyKey(channel), formatChannelNotify(setting));
    this.#changed();
  }

  #changed(): void {
    this.#account.changed({ topic: "notify" });
    this.#account.changed({ topic: "alerts" });
    this.#account.changed("workspace");
  }

  /** Up to date: what comes from here on is news, and not what was missed while nobody was here. */
  online(): void {
    this.#live = true;
  }

  start(): void {}

  stop(): void {
    this.#alerts = [];
  }

  arrived(): VaultOp[] {
    return [];
  }

  /** What has just been counted as unread, and kept. */
  shown(channel: ChannelId, records: readonly EventRecord[]): void {
    if (!this.#live) return;
    const fresh = records.filter((record) => this.verdict(channel, record) === "show");
    if (fresh.length === 0) return;
    const alerts = fresh.map((record) => alertOf(this.#account, record));
    this.#alerts = [...this.#alerts, ...alerts].slice(-MOST);
    this.#account.changed({ topic: "alerts" });
  }

  /** What is to be done about a message; one that is read or deleted is nothing any more. */
  verdict(channel: ChannelId, record: EventRecord): Verdict {
    const arrival = this.#arrival(channel, record);
    if (arrival === null) return "none";
    return decide(arrival, { all: this.all, here: this.here(channel) }, this.#now());
  }

  /** What the badge of the app counts of a channel: direct messages and mentions; in muted ones mentions alone. */
  waiting(channel: ChannelId): number {
    const direct = this.#account.scopeState(channel)?.kind === "dm";
    return direct && this.muted(channel) ? 0 : this.#account.unread.count(channel).mentions;
  }

  alertsView(): AlertsView {
    const { text, sound } = this.all;
    const { unread } = this.#account;
    return { alerts: this.#alerts.filter(({ channel, id }) => unread.of(channel, id) !== null), text, sound };
  }

  view(): NotifyView {
    const channels: Record<ChannelId, ChannelNotify> = {};
    for (const channel of this.#account.channels()) {
      const here = this.here(channel);
      if (here.level !== null || here.muted !== null) channels[channel] = here;
    }
    return { all: this.all, channels };
  }

  #arrival(channel: ChannelId, record: EventRecord): Arrival | null {
    const { content, user } = record;
    const { me, unread } = this.#account;
    if (content?.k !== "message" && content?.k !== "poll") return null;
    if (user === null || unread.of(channel, record.id) === null) return null;
    const scope = this.#account.scopeState(channel);
    const said = content.k === "message" ? content : { text: content.question, mentions: [] };
    const also = content.k === "message" && content.also === true;
    return {
      mine: user === me,
      direct: scope?.kind === "dm",
      mention: isMentioned(me, said.text, said.mentions),
      text: said.text,
      thread: content.thread === null || also ? null : { followed: this.#follows(channel, content.thread) },
      joined: scope?.kind !== "workspace" || !hasLeft(this.#account, channel),
    };
  }

  /** As was chosen; else whoever began a thread or wrote in it follows it. */
  #follows(
    channel: ChannelId,
    root: NonNullable<Extract<EventRecord["content"], { k: "message" }>["thread"]>,
  ): boolean {
    const { registers, log, me } = this.#account;
    const follow = registers.value("thread", channel, root)?.follow ?? "auto";
    if (follow !== "auto") return follow === "on";
    return log.records(channel).some(({ id, user, content }) => {
      const spoke = content?.k === "message" && content.thread === root;
      return user === me && (id === root || spoke);
    });
  }

  #now(): Moment {
    const { clock } = this.#account.ports;
    const ms = clock.now();
    const minutes = Math.floor(ms / 60_000);
    // The first day of the count was a Thursday.
    const utc = { minute: minutes % DAY_MINUTES, weekday: (4 + Math.floor(minutes / DAY_MINUTES)) % 7 };
    return { ms, ...(clock.local?.(ms) ?? utc) };
  }
}
