// Things kept for later: messages and notes, with reminders that every running device tells of once.
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, type EventId, ID_BYTES, type ItemId, mintId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { DueItem } from "@/lib/client/api/daily/keeping.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { type OwnPages, ownValues } from "./own.ts";

type Kept = ContentOf<"later">;
/** From here on a reminder is said to be late. */
export const LATE_MS = 60_000;

/** The moment of a thing that a device tells of once: put off, it is another moment. */
export const momentOf = (name: string, at: number): string => `${name} ${at}`;

export class Later {
  readonly #account: Parts;
  readonly #own: OwnPages;

  constructor(account: Parts, own: OwnPages) {
    this.#account = account;
    this.#own = own;
  }

  /** What was not thrown away. */
  all(): Kept[] {
    return [...ownValues(this.#account, "later").values()].filter((one) => one.state !== "gone");
  }

  /** Moments of open reminders. */
  times(): { readonly key: string; readonly at: number }[] {
    return this.all().flatMap(({ item, at, state }) =>
      state === "open" && at !== null ? [{ key: momentOf(item, at), at }] : [],
    );
  }

  due(now: number): DueItem[] {
    return this.all().flatMap((one): DueItem[] => {
      const { item, at, state, channel, event, text } = one;
      if (state !== "open" || at === null || at > now) return [];
      const late = now - at > LATE_MS;
      return [{ key: momentOf(item, at), t: "reminder", item, channel, event, text, at, late, fault: null }];
    });
  }

  /** A message is kept once: asked again, its reminder is set anew. */
  async save(channel: ChannelId, event: EventId, at: number | null): Promise<ItemId> {
    const known = this.all().find((one) => one.event === event && one.channel === channel);
    const item = known?.item ?? mintId<"item">(randomBytes(ID_BYTES));
    const again = known?.state === "open" && (at === null || known.at === at);
    if (!again)
      await this.#own.say<"later">({ k: "later", item, channel, event, text: known?.text ?? "", at, state: "open" });
    return item;
  }

  async note(text: string, at: number | null): Promise<ItemId> {
    const clean = text.trim().toWellFormed();
    if (clean === "") throw new Fault("app/empty");
    if (clean.length > LIMITS.noteChars) throw new Fault("app/too-long");
    const item = mintId<"item">(randomBytes(ID_BYTES));
    await this.#own.say<"later">({ k: "later", item, channel: null, event: null, text: clean, at, state: "open" });
    return item;
  }

  async change(item: ItemId, next: { at?: number | null; note?: string; state?: Kept["state"] }): Promise<void> {
    const known = this.all().find((one) => one.item === item);
    if (known === undefined) throw new Fault("may/not-found");
    const { rev: _, ...value } = known;
    const at = next.at === undefined ? value.at : next.at;
    const text = next.note === undefined ? value.text : next.note.trim().toWellFormed().slice(0, LIMITS.noteChars);
    const state = next.state ?? (next.at === undefined || next.at === null ? value.state : "open");
    if (at === value.at && text === value.text && state === value.state) return;
    // What is thrown away keeps nothing of what it was.
    await this.#own.say<"later">({
      ...value,
      text: state === "gone" ? "" : text,
      at: state === "gone" ? null : at,
      state,
    });
  }
}
