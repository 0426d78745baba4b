// Ephemeral events: sealed and verified like all others, kept by nobody, dropped when late or said before (PROTOCOL section 9).
import { equal } from "@/lib/base/bytes.ts";
import { type ChannelId, ID_BYTES, mintId, type UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import { tellFork } from "@/lib/client/verify/forks.ts";
import { channelKey } from "@/lib/crypto/epoch.ts";
import { type OpenedEvent, openEvent, readHeader, sealEvent } from "@/lib/crypto/message.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { currentEpoch, deviceActiveAt, judgeAuthor, needsRotation, roleAt } from "@/lib/proof/queries.ts";
import type { ContentOf, EventHeader, SealedEvent } from "@/lib/protocol/event.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { VERSION } from "@/lib/protocol/limits.ts";
import { type EventJson, toEventJson } from "@/lib/protocol/sync.ts";

export type Fleeting = ContentOf<"typing"> | ContentOf<"presence">;
/** What somebody said a moment ago; his right to it is proven. */
export type Heard = { readonly user: UserId; readonly device: EventHeader["device"]; readonly content: Fleeting };

/** How far a sender's clock may be from this one's (section 9). */
const WINDOW_MS = 120_000;
/** Sessions remembered against replays; beyond it the oldest go, which a server could only use within the window. */
const MOST_SESSIONS = 20_000;

type Line = { seq: number; n: number; at: number };

/** Says and hears what nobody keeps, for one account. */
export class Ephemerals {
  readonly #account: Parts;
  readonly #session = mintId<"session">(randomBytes(ID_BYTES));
  readonly #next = new Map<ChannelId, number>();
  /** by session and channel: the newest that was taken */
  readonly #heard = new Map<string, Line>();

  constructor(account: Parts) {
    this.#account = account;
  }

  /** Sends if that can be done now and changes no key; else it is lost, as it would soon be anyway. */
  async say(channel: ChannelId, content: Fleeting): Promise<boolean> {
    const { book, rooms, keyring, live, ports } = this.#account;
    const { state } = book;
    const scope = this.#account.scopeOf(channel);
    if (scope === undefined || book.stop !== null || live.connection !== "online") return false;
    const epoch = currentEpoch(state, scope);
    if (epoch === null || needsRotation(state, scope)) return false;
    const key = await rooms.known(scope, epoch.epoch);
    if (key === undefined) return false;
    const seq = this.#next.get(channel) ?? 0;
    this.#next.set(channel, seq + 1);
    const { user, device, ws } = keyring;
    const sealed = sealEvent({
      header: {
        v: VERSION,
        class: "ephemeral",
        ws,
        channel,
        epoch: epoch.epoch,
        user,
        device: device.id,
        session: this.#session,
        seq,
        id: mintId<"event">(randomBytes(ID_BYTES)),
      },
      kc: epoch.kc,
      channelKey: channelKey(key, channel),
      signKey: device.secrets.sign,
      prevs: [],
      n: state.n,
      head: state.head,
      sentAt: ports.clock.now(),
      content,
    });
    return live.say({ t: "ephemeral", channel, event: toEventJson(sealed) });
  }

  /** What an ephemeral frame says; undefined: nothing that counts. Never throws on what a server or a peer can send. */
  async open(channel: ChannelId, event: EventJson): Promise<Heard | undefined> {
    const sealed: SealedEvent = { header: fromJson(event.h), nonce: fromJson(event.n), ciphertext: fromJson(event.c) };
    const header = readHeader(sealed.header);
    if (typeof header === "string" || header.channel !== channel) return undefined;
    const opened = await this.#verify(channel, sealed, header);
    if (opened === undefined || !this.#isFresh(opened)) return undefined;
    const { content } = opened;
    return content.k === "typing" || content.k === "presence"
      ? { user: header.user, device: header.device, content }
      : undefined;
  }

  async #verify(channel: ChannelId, sealed: SealedEvent, header: EventHeader): Promise<OpenedEvent | undefined> {
    const { book, rooms, ws, me } = this.#account;
    const { state } = book;
    const scope = this.#account.scopeOf(channel);
    const device = state.users.get(header.user)?.devices.get(header.device);
    if (scope === undefined || device === undefined || header.user === me) return undefined;
    const epoch = currentEpoch(state, scope);
    if (epoch === null || epoch.epoch !== header.epoch) return undefined;
    const key = await rooms.known(scope, epoch.epoch);
    if (key === undefined) return undefined;
    const place = { ws, channel, class: "ephemeral" } as const;
    const keys = { ...place, channelKey: channelKey(key, channel), kc: epoch.kc, signPk: device.keys.sign };
    const opened = openEvent(sealed, keys);
    if (typeof opened === "string" || opened.n > state.n) return undefined;
    const ours = state.heads[opened.n - 1];
    if (ours === undefined || !equal(ours, opened.head)) {
      this.#conflict(sealed, opened, ours ?? null);
      return undefined;
    }
    return judgeAuthor(state, { ...header, n: opened.n }) === null ? opened : undefined;
  }

  /** A sender whose history is not ours, said in passing, is as good a witness as in a message (L9). */
  #conflict({ header, nonce, ciphertext }: SealedEvent, stated: OpenedEvent, ours: Uint8Array | null): void {
    const { user, device } = stated.header;
    if (roleAt(this.#account.state, user) === null || !deviceActiveAt(this.#account.state, device)) return;
    tellFork(this.#account, user, { n: stated.n, ours, theirs: stated.head, header, nonce, ciphertext });
  }

  /** Within the window, and after whatever came before it in its session: nothing counts twice, or out of its order. */
  #isFresh({ header, sentAt, n }: OpenedEvent): boolean {
    const now = this.#account.ports.clock.now();
    if (Math.abs(now - sentAt) > WINDOW_MS) return false;
    const name = `${header.device}.${header.session}.${header.channel}`;
    const last = this.#heard.get(name);
    if (last !== undefined && (header.seq <= last.seq || n < last.n)) return false;
    // Forgetting and adding again keeps the map in the order of use.
    this.#heard.delete(name);
    this.#heard.set(name, { seq: header.seq, n, at: now });
    this.#prune(now);
    return true;
  }

  /** What is older than the window twice over is refused by its time. */
  #prune(now: number): void {
    for (const [name, { at }] of this.#heard) {
      if (this.#heard.size <= MOST_SESSIONS && Math.abs(now - at) <= 2 * WINDOW_MS) return;
      this.#heard.delete(name);
    }
  }
}
