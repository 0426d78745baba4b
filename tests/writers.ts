// People without engines: they join by real links, sign and seal real events, and keep nothing. For crowds.
import {
  type ChannelId,
  type EventId,
  ID_BYTES,
  mintId,
  type SessionId,
  stateChannel,
  workspaceScope,
} from "@/lib/base/ids.ts";
import { parseEntry } from "@/lib/client/ledger/book.ts";
import { Draft } from "@/lib/client/ledger/draft.ts";
import type { Transport } from "@/lib/client/ports.ts";
import { Session } from "@/lib/client/wire/session.ts";
import { channelKey, openEpochSeal, sealEpochKey } from "@/lib/crypto/epoch.ts";
import { type Identity, mintIdentity, sealPuk, signCard } from "@/lib/crypto/identity.ts";
import { type OpenedInvite, openInvite } from "@/lib/crypto/invite.ts";
import type { EpochKey } from "@/lib/crypto/keys.ts";
import { type FreshEvent, sealEvent } from "@/lib/crypto/message.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { boxRoot, mintRecoveryCode, recoveryKeys, recoveryLoginId } from "@/lib/crypto/recovery.ts";
import { signJoin } from "@/lib/crypto/sign.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { foldLedger } from "@/lib/proof/membership.ts";
import { currentEpoch, recipients } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { Content, EventRef } from "@/lib/protocol/event.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import { parseInviteFragment } from "@/lib/protocol/invite.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";
import { toEventJson } from "@/lib/protocol/sync.ts";

const MAX_ATTEMPTS = 20;

/** The people of one workspace, who share one fold of what all of them may see: W and U links. */
export class Crowd {
  readonly transport: Transport;
  readonly writers: Writer[] = [];
  /** the newest event of each channel, as far as these people wrote it */
  readonly newest = new Map<ChannelId, EventRef>();
  /** keys of private channels, handed over by an engine that is in them */
  readonly rooms = new Map<ChannelId, HeldKey>();
  readonly #verified = new Set<string>();
  state: LedgerState = emptyLedger;

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /** Reads the ledger to its head and folds it. */
  async sync(session: Session): Promise<void> {
    for (;;) {
      const page = await session.call("ledger.read", { after: this.state.n, limit: LIMITS.linksPerRead });
      if (page.entries.length === 0) return;
      const entries = page.entries.map(parseEntry);
      this.state = foldLedger(entries, { kind: "user", user: null }, this.state, this.#verified);
      if (this.state.stop !== null) throw new TypeError(this.state.stop.code);
    }
  }

  /** A new person joins by a link, as an engine does: own card, own seals, the workspace's key by the invite's seal. */
  async join(url: string, name: string): Promise<Writer> {
    const link = parseInviteFragment(`#${url.split("#")[1]}`);
    const { box } = await this.transport.call("invites.open", { invite: link.invite }, null);
    const opened = openInvite(link, box);
    if (typeof opened === "string") throw new TypeError(opened);
    const session = new Session(this.transport, wallClock(), {
      as: "invite",
      ws: opened.box.ws,
      id: link.invite,
      seed: opened.invite.keys.sign,
    });
    const me = mintIdentity();
    await this.sync(session);
    const key = await keyByInvite(session, opened, this.state);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const draft = joinDraft(this.state, opened, me, key);
      const after = { n: this.state.n, hash: toJson(this.state.head) };
      const answer = await session.call("ledger.append", { after, batch: draft.toJson() });
      await this.sync(session);
      if (!answer.ok) continue;
      const writer = new Writer(this, me, key);
      this.writers.push(writer);
      const content = { k: "profile", rev: 1, name, title: "", avatar: null } as const;
      await writer.send(stateChannel(workspaceScope(this.state.ws)), [content]);
      return writer;
    }
    throw new TypeError("the ledger never stood still");
  }
}

/** An epoch's key with its commitment. */
export type HeldKey = { readonly epoch: number; readonly key: EpochKey; readonly kc: Uint8Array };

async function keyByInvite(session: Session, opened: OpenedInvite, state: LedgerState): Promise<HeldKey> {
  const scope = workspaceScope(state.ws);
  const epoch = currentEpoch(state, scope);
  if (epoch === null) throw new TypeError("no epoch");
  const { seals } = await session.call("keys.read", { scope, from: epoch.epoch, to: epoch.epoch });
  const { id, keys } = opened.invite;
  for (const row of seals) {
    if (row.to !== "invite") continue;
    const name = { ws: state.ws, scope, epoch: epoch.epoch, kc: epoch.kc };
    const key = openEpochSeal(name, row, { to: "invite", id, gen: 0, seed: keys.kem });
    if (typeof key !== "string") return { epoch: epoch.epoch, key, kc: epoch.kc };
  }
  throw new TypeError("no seal for this invite");
}

function joinDraft(state: LedgerState, opened: OpenedInvite, me: Identity, held: HeldKey): Draft {
  const { ws } = state;
  const code = mintRecoveryCode();
  const recovery = recoveryKeys(code, ws, 1);
  const actor = {
    user: me.user,
    device: me.device.id,
    sign: (link: Parameters<typeof signJoin>[0]) => signJoin(link, me.device.secrets.sign, opened.invite.keys.sign),
  };
  const now = Date.now();
  const draft = new Draft(state, { kind: "user", user: me.user }, actor, now);
  const card = signCard({
    ws,
    user: me.user,
    rik: me.rik.seed,
    device: me.device.secrets,
    puk: me.puk.public,
    recovery: recovery.public,
    ts: now,
  });
  draft.add({ kind: "W", type: "member_join", body: { card, invite: opened.invite.id } });
  const puk = { ws, user: me.user, gen: 1 };
  const toDevice = { to: "device", id: me.device.id, gen: 0, pk: me.device.public.kem } as const;
  const toCode = {
    to: "recovery",
    id: recoveryLoginId(recovery.public.auth),
    gen: 1,
    pk: recovery.public.kem,
  } as const;
  draft.seals.push(sealPuk(puk, me.puk.seed, toDevice), sealPuk(puk, me.puk.seed, toCode));
  draft.boxes.push(boxRoot(puk, recovery, me.rik.seed));
  const scope = workspaceScope(ws);
  const mine = recipients(draft.state, scope).find((one) => one.id === me.user);
  if (mine === undefined) throw new TypeError("not a reader");
  draft.seals.push(
    sealEpochKey({ ws, scope, epoch: held.epoch }, held.key, { to: "user", id: mine.id, gen: mine.gen, pk: mine.pub }),
  );
  return draft;
}

/** One of them, with one device. Writes under the key that was current when he joined, in private channels under theirs. */
export class Writer {
  readonly me: Identity;
  readonly session: Session;
  readonly #crowd: Crowd;
  readonly #held: HeldKey;
  readonly #lines = new Map<string, { session: SessionId; next: number }>();
  readonly #own = new Map<ChannelId, EventRef>();

  constructor(crowd: Crowd, me: Identity, held: HeldKey) {
    this.me = me;
    this.#crowd = crowd;
    this.#held = held;
    const seed = me.device.secrets.sign;
    const { ws } = crowd.state;
    this.session = new Session(crowd.transport, wallClock(), { as: "device", ws, id: me.device.id, seed });
  }

  /** Seals the next event of one of this person's lines in a channel; it must be sent before its successor. */
  seal(channel: ChannelId, content: Content, line = ""): FreshEvent & { readonly id: EventId } {
    const name = `${channel} ${line}`;
    const place = this.#lines.get(name) ?? { session: mintId<"session">(randomBytes(ID_BYTES)), next: 0 };
    this.#lines.set(name, place);
    const { state, newest, rooms } = this.#crowd;
    const id = mintId<"event">(randomBytes(ID_BYTES));
    const own = this.#own.get(channel);
    const other = newest.get(channel);
    const prevs = [own, other?.id === own?.id ? undefined : other].filter((ref) => ref !== undefined);
    const { epoch, key, kc } = rooms.get(channel) ?? this.#held;
    const header = {
      v: VERSION,
      class: "stored",
      ws: state.ws,
      channel,
      epoch,
      user: this.me.user,
      device: this.me.device.id,
      session: place.session,
      seq: place.next,
      id,
    } as const;
    place.next += 1;
    const fresh = sealEvent({
      header,
      kc,
      channelKey: channelKey(key, channel),
      signKey: this.me.device.secrets.sign,
      prevs,
      n: state.n,
      head: state.head,
      sentAt: Date.now(),
      content,
    });
    return { ...fresh, id };
  }

  /** Sends sealed events of one line. Throws the code of the first refused one. */
  async append(channel: ChannelId, events: readonly (FreshEvent & { readonly id: EventId })[]): Promise<void> {
    const answer = await this.session.call("events.append", { channel, events: events.map(toEventJson) });
    if (answer.refused !== null) throw new TypeError(answer.refused.code);
    const last = events.at(-1);
    if (last === undefined) return;
    const { epoch } = this.#crowd.rooms.get(channel) ?? this.#held;
    const ref: EventRef = { id: last.id, epoch, hash: last.hash };
    this.#own.set(channel, ref);
    this.#crowd.newest.set(channel, ref);
  }

  async send(channel: ChannelId, contents: readonly Content[]): Promise<EventId[]> {
    const events = contents.map((content) => this.seal(channel, content));
    await this.append(channel, events);
    return events.map((event) => event.id);
  }
}

/** A plain message. */
export function message(text: string): Content {
  return { k: "message", text, thread: null, mentions: [], files: 0 };
}
