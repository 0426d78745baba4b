// Messages for a time: they lie in the self scope until a device of one's own sends them, under one id (PROTOCOL M6, M11).
import { asFault, Fault, type FaultCode } from "@/lib/base/errors.ts";
import { type ChannelId, type EventId, ID_BYTES, mintId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { DueItem, ScheduledItem } from "@/lib/client/api/daily/keeping.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { mayWriteChannel } from "@/lib/proof/queries.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { LATE_MS, momentOf } from "./later.ts";
import { type OwnPages, ownValues } from "./own.ts";

type Planned = ContentOf<"scheduled">;
/** What a message is made of when its time has come. */
export type Post = {
  readonly channel: ChannelId;
  readonly thread: EventId | null;
  readonly text: string;
  readonly id: EventId;
};

export class Scheduled {
  readonly #account: Parts;
  readonly #own: OwnPages;
  readonly #post: (message: Post) => Promise<void>;
  /** being sent by this device now */
  readonly #going = new Set<EventId>();
  /** could not be sent here when their time came, and why; tried again each time */
  readonly #stuck = new Map<EventId, FaultCode>();

  constructor(account: Parts, own: OwnPages, post: (message: Post) => Promise<void>) {
    this.#account = account;
    this.#own = own;
    this.#post = post;
  }

  waiting(): Planned[] {
    return [...ownValues(this.#account, "scheduled").values()].filter((one) => one.state === "waiting");
  }

  /** Why it can't be sent where it is meant to go. */
  fault({ channel }: Pick<Planned, "channel">): FaultCode | null {
    if (this.#account.scopeOf(channel) === undefined) return "may/not-found";
    return mayWriteChannel(this.#account.state, this.#account.me, channel);
  }

  #why(one: Planned): FaultCode | null {
    return this.fault(one) ?? this.#stuck.get(one.event) ?? null;
  }

  items(): ScheduledItem[] {
    return this.waiting()
      .map((one) => ({
        event: one.event,
        channel: one.channel,
        thread: one.thread,
        text: one.text,
        at: one.at,
        fault: this.#why(one),
      }))
      .sort((a, b) => a.at - b.at);
  }

  /** Those that can't be sent although their time has come: told, and kept. */
  due(now: number): DueItem[] {
    return this.waiting().flatMap((one): DueItem[] => {
      const fault = this.#why(one);
      if (one.at > now || fault === null) return [];
      const { event, channel, text, at } = one;
      const late = now - at > LATE_MS;
      return [{ key: momentOf(event, at), t: "unsent", item: null, channel, event, text, at, late, fault }];
    });
  }

  async add(input: Omit<Post, "id"> & { at: number }): Promise<EventId> {
    const text = this.#checked(input.text);
    this.#checkTime(input.at);
    const fault = this.fault(input);
    if (fault !== null) throw new Fault(fault);
    const event = mintId<"event">(randomBytes(ID_BYTES));
    const { channel, thread, at } = input;
    await this.#own.say<"scheduled">({ k: "scheduled", event, channel, thread, text, at, state: "waiting" });
    return event;
  }

  async change(event: EventId, next: { text?: string; at?: number }): Promise<void> {
    const known = await this.#still(event);
    if (next.at !== undefined) this.#checkTime(next.at);
    const { rev: _, ...value } = known;
    const text = next.text === undefined ? value.text : this.#checked(next.text);
    await this.#own.say<"scheduled">({ ...value, text, at: next.at ?? value.at });
  }

  async cancel(event: EventId): Promise<void> {
    const { rev: _, ...value } = await this.#still(event);
    await this.#own.say<"scheduled">({ ...value, text: "", state: "gone" });
  }

  /** Sends it now, whatever its time. */
  async send(event: EventId): Promise<void> {
    const known = await this.#still(event);
    const fault = this.fault(known);
    if (fault !== null) throw new Fault(fault);
    await this.#deliver(known);
  }

  /** Sends what is due. Only a device that is up to date does: a change made elsewhere may have come meanwhile. */
  async run(now: number, online: boolean): Promise<void> {
    if (!online) return;
    for (const one of this.waiting()) {
      if (one.at > now || this.fault(one) !== null) continue;
      // One that cannot go, as an answer to what this device does not hold, keeps none of the others back.
      await this.#deliver(one).then(
        () => this.#stuck.delete(one.event),
        (thrown: unknown) => this.#stuck.set(one.event, asFault(thrown).code),
      );
    }
  }

  /** Its event came back: nothing waits any more. */
  async landed(event: EventId): Promise<void> {
    const known = this.waiting().find((one) => one.event === event);
    if (known === undefined) return;
    const { rev: _, ...value } = known;
    await this.#own.say<"scheduled">({ ...value, text: "", state: "sent" });
  }

  async #deliver(one: Planned): Promise<void> {
    const { event, channel, thread, text } = one;
    if (this.#going.has(event)) return;
    this.#going.add(event);
    try {
      if (await this.#isThere(one)) return await this.landed(event);
      if (this.#account.outbox.get(event) === undefined) await this.#post({ channel, thread, text, id: event });
    } finally {
      this.#going.delete(event);
    }
  }

  /** Another device was first, or this one before it was stopped. */
  async #isThere({ channel, event }: Planned): Promise<boolean> {
    const record = this.#account.log.find(channel, event) ?? (await this.#account.log.byId(channel, event));
    return record?.user === this.#account.me && record.status !== "refused";
  }

  async #still(event: EventId): Promise<Planned> {
    const known = this.waiting().find((one) => one.event === event);
    const sent = known === undefined || this.#going.has(event) || this.#account.outbox.get(event) !== undefined;
    if (sent || (await this.#isThere(known))) throw new Fault("app/already-sent");
    return known;
  }

  #checked(text: string): string {
    const clean = text.trim().toWellFormed();
    if (clean === "") throw new Fault("app/empty");
    if (clean.length > LIMITS.messageChars) throw new Fault("app/too-long");
    return clean;
  }

  #checkTime(at: number): void {
    if (at <= this.#account.ports.clock.now()) throw new Fault("app/time-past");
  }
}
