// A malicious member or server at work: links, events, seals and rows made by hand from real secrets, right or wrong on purpose.
import { concat } from "@/lib/base/bytes.ts";
import { enc } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { ChannelId, DeviceId, Id, ScopeId, UserId } from "@/lib/base/ids.ts";
import { ID_BYTES, idBytes, mintId } from "@/lib/base/ids.ts";
import { channelKey } from "@/lib/crypto/epoch.ts";
import type { Identity } from "@/lib/crypto/identity.ts";
import { type EpochKey, exposeSecret, KDF, type Secret } from "@/lib/crypto/keys.ts";
import { decryptEvent } from "@/lib/crypto/message.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { sign } from "@/lib/crypto/sign.ts";
import { aeadSeal } from "@/lib/crypto/sodium.ts";
import { eventHash, linkHash, nextHead } from "@/lib/proof/hash.ts";
import type { Entry } from "@/lib/proof/state.ts";
import {
  type Content,
  type EventHeader,
  type EventRef,
  encodeContent,
  headerStructure,
  prevsStructure,
  type SealedEvent,
} from "@/lib/protocol/event.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { paddedSize } from "@/lib/protocol/file.ts";
import {
  type ChainId,
  encodeLink,
  type Link,
  type LinkAct,
  type LinkFrame,
  type SignedLink,
  type Stub,
  WORKSPACE_CHAIN,
} from "@/lib/protocol/link.ts";
import type { BoxRow, SealRow } from "@/lib/protocol/room.ts";
import type { AppendAnswer, EventsAppendAnswer, RowJson } from "@/lib/protocol/sync.ts";
import { toEventJson, toLinkJson } from "@/lib/protocol/sync.ts";
import type { Actor } from "@/tests/world.ts";

/** Who signs: a person with one device. */
export type Hand = { readonly user: UserId; readonly device: DeviceId; readonly key: Secret<"device-sign"> };

export function handOf(from: Actor | Identity): Hand {
  if ("rik" in from) return { user: from.user, device: from.device.id, key: from.device.secrets.sign };
  const { user, device } = from.account.keyring;
  return { user, device: device.id, key: device.secrets.sign };
}

export type Twist = {
  readonly chain?: Id<string>;
  readonly frame?: Partial<LinkFrame>;
  /** another signature than the hand's over the link (context `link`) */
  readonly sig?: (bytes: Uint8Array) => Uint8Array;
  readonly extra?: (bytes: Uint8Array) => Uint8Array;
  /** changes the bytes before they are signed */
  readonly bytes?: (bytes: Uint8Array) => Uint8Array;
};

/** A ledger that goes on, from where an engine stands, in whatever way a test likes. Nothing is checked. */
export class Branch {
  readonly entries: Entry[];
  readonly #ws: LinkFrame["ws"];
  #head: Uint8Array;

  constructor(actor: Actor, upTo: number = actor.account.state.n) {
    const { state, book } = actor.account;
    this.entries = book.entries.slice(0, upTo);
    this.#ws = state.ws;
    this.#head = state.heads[upTo - 1] ?? new Uint8Array(32);
  }

  get head(): { readonly n: number; readonly hash: Uint8Array } {
    return { n: this.entries.length, hash: this.#head };
  }

  #seq(chain: ChainId): number {
    return this.entries.filter(({ stub }) => stub.chain === chain).length + 1;
  }

  /** Signs a link for the next place. */
  sign(hand: Hand, act: LinkAct, twist: Twist = {}): SignedLink {
    const own = act.kind === "U" ? (hand.user as Id<string>) : WORKSPACE_CHAIN;
    const chain = (twist.chain ?? own) as Id<string> as ChainId;
    const frame: LinkFrame = {
      ws: this.#ws,
      n: this.entries.length + 1,
      prev: this.#head,
      chain,
      seq: this.#seq(chain),
      user: hand.user,
      device: hand.device,
      ts: Date.now(),
    };
    const honest = encodeLink({ ...frame, ...act, ...twist.frame } as Link);
    const bytes = twist.bytes?.(honest) ?? honest;
    const sig = twist.sig?.(bytes) ?? sign("link", hand.key, bytes);
    return { bytes, sig, extra: twist.extra?.(bytes) ?? null };
  }

  /** Signs a link and puts it at the next place. */
  add(hand: Hand, act: LinkAct, twist: Twist = {}): this {
    const link = this.sign(hand, act, twist);
    const chain = (twist.chain ?? (act.kind === "U" ? hand.user : WORKSPACE_CHAIN)) as Id<string> as ChainId;
    return this.put({ stub: { kind: act.kind, chain, seq: this.#seq(chain), hash: linkHash(link) }, link });
  }

  put(entry: Entry): this {
    this.entries.push(entry);
    this.#head = nextHead(this.#head, this.entries.length, entry.stub);
    return this;
  }

  /** A stub of a chain of which nobody here sees the bodies. */
  bare(chain: ChainId = mintId<"chain">(randomBytes(ID_BYTES)), kind: Stub["kind"] = "C"): this {
    return this.put({ stub: { kind, chain, seq: this.#seq(chain), hash: randomBytes(32) }, link: null });
  }
}

/** Appends links to the real ledger under an actor's own login, bypassing his engine. */
export async function appendRaw(
  actor: Actor,
  branch: Branch,
  beside: { seals?: SealRow[]; boxes?: BoxRow[] } = {},
): Promise<AppendAnswer> {
  const { state, session } = actor.account;
  const links = branch.entries.slice(state.n).flatMap(({ link }) => (link === null ? [] : [toLinkJson(link)]));
  const after = { n: state.n, hash: toJson(state.head) };
  const answer = await session.call("ledger.append", {
    after,
    batch: { links, seals: beside.seals ?? [], boxes: beside.boxes ?? [] },
  });
  await actor.account.book.sync();
  return answer;
}

export type EventTwist = {
  readonly header?: Partial<EventHeader>;
  readonly prevs?: readonly EventRef[];
  readonly n?: number;
  readonly head?: Uint8Array;
  readonly sentAt?: number;
  readonly key?: EpochKey;
  readonly kc?: Uint8Array;
  readonly hand?: Hand;
  /** stand in place of what the schemas would make */
  readonly raw?: { readonly header?: Uint8Array; readonly content?: Uint8Array; readonly prevs?: Uint8Array };
};

export type CraftedEvent = SealedEvent & { readonly hash: Uint8Array; readonly fields: EventHeader };

/** An event as `actor` could make it with his keys. By default it is honest, in a session of its own. Throws crypto/no-key where he has none. */
export async function craftEvent(
  actor: Actor,
  channel: ChannelId,
  content: Content,
  twist: EventTwist = {},
): Promise<CraftedEvent> {
  const { account } = actor;
  const hand = twist.hand ?? handOf(actor);
  const scope = account.scopeOf(channel) as ScopeId;
  const epoch = twist.header?.epoch ?? account.state.scopes.get(scope)?.epochs.length ?? 1;
  const key = twist.key ?? (await account.rooms.find(scope, epoch));
  const kc = twist.kc ?? account.rooms.commitment(scope, epoch);
  if (key === undefined || kc === undefined) throw new Fault("crypto/no-key", { detail: `of epoch ${epoch}` });
  const fields: EventHeader = {
    v: 1,
    class: "stored",
    ws: account.ws,
    channel,
    epoch,
    user: hand.user,
    device: hand.device,
    session: mintId<"session">(randomBytes(ID_BYTES)),
    seq: 0,
    id: mintId<"event">(randomBytes(ID_BYTES)),
    ...twist.header,
  };
  const { n, head } = account.state;
  const header = twist.raw?.header ?? headerStructure.encode(fields);
  const prevs = twist.raw?.prevs ?? prevsStructure.encode([...(twist.prevs ?? [])]);
  const inside = twist.raw?.content ?? encodeContent(content);
  const body = enc(prevs, twist.n ?? n, twist.head ?? head, twist.sentAt ?? Date.now(), inside);
  const sig = sign("msg", hand.key, enc(header, kc, body));
  return { ...sealInside(key, header, fields, sig, body), hash: eventHash(header, sig), fields };
}

/** Seals a signed inside under a channel's key, as every holder of that key can. */
function sealInside(
  key: EpochKey,
  header: Uint8Array,
  fields: EventHeader,
  sig: Uint8Array,
  body: Uint8Array,
): SealedEvent {
  const filled = enc(sig, body);
  const padded = concat(filled, new Uint8Array(paddedSize(filled.length) - filled.length));
  const mk = KDF(exposeSecret(channelKey(key, fields.channel)), "msg", fields.class, idBytes(fields.device));
  const nonce = randomBytes(24);
  return { header, nonce, ciphertext: aeadSeal(mk, nonce, header, padded) };
}

export function message(text: string): Content {
  return { k: "message", text, thread: null, mentions: [], files: 0 };
}

/** Posts events under an actor's own login, bypassing his engine. */
export async function postRaw(
  actor: Actor,
  channel: ChannelId,
  ...events: readonly SealedEvent[]
): Promise<EventsAppendAnswer> {
  return await actor.account.session.call("events.append", { channel, events: events.map(toEventJson) });
}

/** An event as a row at a place of the server's choosing. */
export function rowOf(event: CraftedEvent, pos: number, change: Partial<RowJson> = {}): RowJson {
  const { fields } = event;
  return {
    id: fields.id,
    channel: fields.channel,
    pos,
    epoch: fields.epoch,
    device: fields.device,
    receivedAt: Date.now(),
    header: toJson(event.header),
    nonce: toJson(event.nonce),
    ciphertext: toJson(event.ciphertext),
    ...change,
  };
}

/** The real row of an event as the server would give it to this actor. */
export async function realRow(actor: Actor, channel: ChannelId, id: string): Promise<RowJson> {
  const page = await actor.account.session.call("events.read", { channel, after: 0, before: null, limit: 500 });
  const row = page.rows.find((one) => one.id === id);
  if (row === undefined) throw new TypeError(`no row ${id}`);
  return row;
}

/** The position that follows what an actor holds of a channel. */
export function nextPos(actor: Actor, channel: ChannelId): number {
  return actor.account.log.mark(channel).high + 1;
}

/**
 * A reader takes the signed inside of somebody's event and seals it again under another header or channel, as every
 * holder of the channel's key can.
 */
export async function rewrap(reader: Actor, row: RowJson, change: Partial<EventHeader>): Promise<CraftedEvent> {
  const { account } = reader;
  const header = headerStructure.parse(fromJson(row.header));
  const key = await account.rooms.find(account.scopeOf(header.channel) as ScopeId, header.epoch);
  if (key === undefined) throw new TypeError("no key");
  const from = channelKey(key, header.channel);
  const sealed = { header: fromJson(row.header), nonce: fromJson(row.nonce), ciphertext: fromJson(row.ciphertext) };
  const place = { ws: account.ws, channel: header.channel, class: header.class, channelKey: from, kc: randomBytes(32) };
  const inside = decryptEvent(sealed, place);
  if (typeof inside === "string") throw new TypeError(inside);
  const fields = { ...header, ...change };
  const bytes = headerStructure.encode(fields);
  return { ...sealInside(key, bytes, fields, inside.sig, inside.body), hash: inside.hash, fields };
}
