// What is written and not yet sent, on all devices of a person: kept here at once, sealed when the writing rests (M7).
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { DraftItem } from "@/lib/client/api/daily/keeping.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import { nameOf, type OwnPages, ownValues } from "./own.ts";

const TABLE = "draft";
/** How long nothing is typed before a draft leaves the device: each sealing is a row that the server keeps. */
export const REST_MS = 2_500;

type Place = { readonly channel: ChannelId; readonly thread: EventId | null };

const keyOf = ({ channel, thread }: Place) => (thread === null ? channel : `${channel} ${thread}`);

function placeOf(key: string): Place {
  const [channel, thread] = key.split(" ");
  return { channel: channel as ChannelId, thread: (thread ?? null) as EventId | null };
}

/**
 * What this device has typed since the last sealing goes before whatever comes from others: nothing that is being written
 * is overwritten, and the sealing that follows carries a higher number than theirs.
 */
export class Drafts {
  readonly #account: Parts;
  readonly #own: OwnPages;
  /** typed here and not sealed yet, by place; empty: emptied here */
  readonly #typed = new Map<string, string>();
  readonly #timers = new Map<string, () => void>();

  constructor(account: Parts, own: OwnPages) {
    this.#account = account;
    this.#own = own;
  }

  /** What an earlier run had typed and not sealed. */
  async load(): Promise<void> {
    for (const { key, value } of await this.#account.vault.scan<string>(TABLE, { limit: 10_000 })) {
      this.#typed.set(key, value);
      this.#rest(key);
    }
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** Every draft there is, by place. */
  texts(): ReadonlyMap<string, string> {
    const all = new Map<string, string>();
    for (const [key, { text }] of ownValues(this.#account, "draft")) if (text !== "") all.set(key, text);
    for (const [key, text] of this.#typed) {
      if (text === "") all.delete(key);
      else all.set(key, text);
    }
    return all;
  }

  text(channel: ChannelId, thread: EventId | null = null): string {
    const key = keyOf({ channel, thread });
    return this.#typed.get(key) ?? ownValues(this.#account, "draft").get(key)?.text ?? "";
  }

  items(): DraftItem[] {
    return [...this.texts()].map(([key, text]) => ({ ...placeOf(key), text }));
  }

  async save(place: Place, text: string): Promise<void> {
    const key = keyOf(place);
    const clean = text.toWellFormed().slice(0, LIMITS.messageChars);
    this.#typed.set(key, clean);
    await this.#account.vault.put(TABLE, key, clean);
    this.#rest(key);
    this.#account.changed("workspace");
  }

  #rest(key: string): void {
    this.#timers.get(key)?.();
    this.#timers.set(
      key,
      this.#account.ports.clock.after(REST_MS, () => void this.#seal(key).catch(() => undefined)),
    );
  }

  async #seal(key: string): Promise<void> {
    this.#timers.delete(key);
    const text = this.#typed.get(key);
    if (text === undefined) return;
    const { channel, thread } = placeOf(key);
    const value = { k: "draft" as const, channel, text, ...(thread === null ? {} : { thread }) };
    if (text !== (ownValues(this.#account, "draft").get(nameOf(value))?.text ?? ""))
      await this.#own.say<"draft">(value);
    // Typed on meanwhile: that is sealed when it rests.
    if (this.#typed.get(key) !== text || this.#timers.has(key)) return;
    this.#typed.delete(key);
    await this.#account.vault.write([{ op: "delete", table: TABLE, key }]);
    this.#account.changed("workspace");
  }
}
