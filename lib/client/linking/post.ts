// One side's way to a mailbox: letters laid once, and waited for with patience for a bad connection (PROTOCOL D1).
import { asFault, Fault, isFault } from "@/lib/base/errors.ts";
import type { Clock, Transport } from "@/lib/client/ports.ts";
import { type Mailbox, openLetter, sealLetter } from "@/lib/crypto/mailbox/code.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const POLL_MS = 1_000;
const RETRIES = 5;

/** What lies in a slot; `letters`: how many the mailbox holds by now. */
export type Found = { readonly content: Uint8Array | null; readonly letters: number };

export class Post {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #mailbox: Mailbox;
  readonly #deadline: number;
  #closed: Fault | null = null;
  #wake: (() => void) | null = null;

  constructor(transport: Transport, clock: Clock, mailbox: Mailbox) {
    this.#transport = transport;
    this.#clock = clock;
    this.#mailbox = mailbox;
    this.#deadline = clock.now() + LIMITS.mailboxMinutes * 60_000;
  }

  /** When this side stops believing in the code, by its own clock and no word of the server's. */
  get deadline(): number {
    return this.#deadline;
  }

  /** Ends every wait with this fault. */
  close(fault: Fault): void {
    this.#closed ??= fault;
    this.#wake?.();
  }

  /** Lays a letter; the same bytes again while the connection fails. Throws the server's fault. */
  async put(slot: number, content: Uint8Array): Promise<void> {
    const letter = toJson(sealLetter(this.#mailbox, slot, content));
    for (let left = RETRIES; ; left -= 1) {
      try {
        await this.#transport.call("mailbox.put", { mailbox: this.#mailbox.id, slot, letter }, null);
        return;
      } catch (thrown) {
        if (left === 0 || asFault(thrown).entry.blame !== "network") throw asFault(thrown);
        await this.#pause();
      }
    }
  }

  /** Throws link/swapped for a letter that somebody else wrote: only who knows the code can. */
  async read(slot: number): Promise<Found> {
    const answer = await this.#transport.call("mailbox.read", { mailbox: this.#mailbox.id, slot }, null);
    if (answer.letter === null) return { content: null, letters: answer.letters };
    const content = openLetter(this.#mailbox, slot, fromJson(answer.letter));
    if (typeof content === "string") throw new Fault("link/swapped", { detail: content });
    return { content, letters: answer.letters };
  }

  /** The letter of a slot, once it is there. Throws link/expired, what `close` was given, or the server's fault. */
  async wait(slot: number): Promise<Uint8Array> {
    for (;;) {
      this.#check();
      try {
        const { content } = await this.read(slot);
        if (content !== null) return content;
      } catch (thrown) {
        if (isFault(thrown, "may/no-mailbox")) throw new Fault("link/expired");
        const fault = asFault(thrown);
        if (fault.entry.blame !== "network" && fault.code !== "may/too-many") throw fault;
      }
      await this.#pause();
    }
  }

  #check(): void {
    if (this.#closed !== null) throw this.#closed;
    if (this.#clock.now() >= this.#deadline) throw new Fault("link/expired");
  }

  async #pause(): Promise<void> {
    this.#check();
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(POLL_MS, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = null;
    this.#check();
  }
}
