// One account: wires ledger, keys, channels, outbox and connection together, and keeps them in step (PROTOCOL 3 to 5).
import { Fault, type FaultCode } from "@/lib/base/errors.ts";
import {
  type ChannelId,
  type ScopeId,
  stateChannel,
  type UserId,
  type WorkspaceId,
  workspaceScope,
} from "@/lib/base/ids.ts";
import type { Notice } from "@/lib/client/api.ts";
import { Helping } from "@/lib/client/circle/helping.ts";
import { Originals } from "@/lib/client/conversation/originals.ts";
import { Daily } from "@/lib/client/daily/daily.ts";
import type { Post } from "@/lib/client/daily/scheduled.ts";
import { KnownDevices } from "@/lib/client/devices/known.ts";
import { Log } from "@/lib/client/events/log.ts";
import { Outbox } from "@/lib/client/events/outbox.ts";
import { type EventRecord, isOwn } from "@/lib/client/events/records.ts";
import { Registers } from "@/lib/client/events/registers.ts";
import { writtenUnder } from "@/lib/client/events/window.ts";
import { Downloads } from "@/lib/client/files/downloads.ts";
import { uploadsOf } from "@/lib/client/files/of-account.ts";
import type { Uploads } from "@/lib/client/files/uploads.ts";
import { Healing } from "@/lib/client/heal/heal.ts";
import { Desk } from "@/lib/client/joins/desk.ts";
import { KeyAudit } from "@/lib/client/keys/audit.ts";
import type { Keyring } from "@/lib/client/keys/keyring.ts";
import { Pleas } from "@/lib/client/keys/pleas.ts";
import { Rooms } from "@/lib/client/keys/rooms.ts";
import { Book } from "@/lib/client/ledger/book.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";
import { Notify } from "@/lib/client/notify/notify.ts";
import type { Ports } from "@/lib/client/ports.ts";
import { Here } from "@/lib/client/presence/here.ts";
import { Threads } from "@/lib/client/threads/threads.ts";
import type { Vault, VaultOp } from "@/lib/client/vault.ts";
import { blockOnForks, hearFork } from "@/lib/client/verify/forks.ts";
import { heldBy } from "@/lib/client/verify/standing.ts";
import { LiveLink } from "@/lib/client/wire/live.ts";
import { Session } from "@/lib/client/wire/session.ts";
import { signLink } from "@/lib/crypto/sign.ts";
import { scopeOfChannel } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { Link } from "@/lib/protocol/link.ts";
import { CatchUp } from "./catch-up.ts";
import { forgetDeleted } from "./deletions.ts";
import { askEnding, endedOf } from "./ending.ts";
import { MarkupCache } from "./markup.ts";
import { Notices, severityOf } from "./notices.ts";
import type { Change, Follower, Parts } from "./parts.ts";
import { channelsOf, countingRules, memberSince, stateChannelsOf } from "./places.ts";
import { Profiles } from "./profiles.ts";
import { Retries } from "./retries.ts";
import { UnreadBook } from "./unread.ts";

export type AccountOptions = {
  readonly ports: Ports;
  readonly vault: Vault;
  readonly keyring: Keyring;
  readonly changed: (change: Change) => void;
  /** says a message whose time has come */
  readonly post: (account: Account, message: Post) => Promise<void>;
};

export class Account implements Parts {
  readonly ws: WorkspaceId;
  readonly me: UserId;
  readonly ports: Ports;
  readonly vault: Vault;
  readonly keyring: Keyring;
  readonly session: Session;
  readonly book: Book;
  readonly rooms: Rooms;
  readonly log: Log;
  readonly outbox: Outbox;
  readonly registers: Registers;
  readonly uploads: Uploads;
  readonly downloads: Downloads;
  readonly live: LiveLink;
  readonly retries: Retries;
  readonly pleas: Pleas;
  readonly audit: KeyAudit;
  readonly healing: Healing;
  readonly unread: UnreadBook;
  readonly threads: Threads = new Threads(this);
  readonly profiles: Profiles = new Profiles(this);
  readonly originals: Originals = new Originals(this);
  readonly desk: Desk = new Desk(this);
  readonly circle: Helping = new Helping(this);
  readonly here: Here;
  readonly warnings: Notices;
  readonly known: KnownDevices;
  readonly daily: Daily;
  /** markers that are on their way to the self scope */
  readonly readTo = new Map<ChannelId, number>();
  readonly loadingOlder = new Set<ChannelId>();
  readonly #markup: MarkupCache;
  readonly newFrom = new Map<ChannelId, string | null>();
  readonly notify: Notify = new Notify(this);
  readonly followers: Follower[];
  readonly #options: AccountOptions;
  readonly #catchUp: CatchUp;
  #ended = false;

  constructor(options: AccountOptions) {
    const { ports, vault, keyring } = options;
    this.#options = options;
    this.ports = ports;
    this.#markup = new MarkupCache(ports.markup);
    this.vault = vault;
    this.keyring = keyring;
    this.ws = keyring.ws;
    this.me = keyring.user;
    const { clock, transport } = ports;
    const { device } = keyring;
    const login = { as: "device", ws: this.ws, id: device.id, seed: device.secrets.sign } as const;
    const session = new Session(transport, clock, login);
    const sign = (link: Link) => signLink(link, device.secrets.sign);
    const actor = { user: this.me, device: device.id, sign };
    const book = new Book({
      vault,
      session,
      clock,
      ws: this.ws,
      user: this.me,
      actor,
      changed: () => this.#ledgerChanged(),
    });
    this.session = session;
    this.book = book;
    this.pleas = new Pleas({ session, book, keyring, clock, rooms: () => this.rooms });
    const plead = (scope: ScopeId, epoch: number) => void this.pleas.ask(scope, epoch);
    const skipped = (users: readonly string[]) => this.note("crypto/bad-kem-key", "note", users.join(" "));
    const written = (scope: ScopeId, epoch: number) =>
      writtenUnder(this.log.marks, epoch, (channel) => this.scopeOf(channel) === scope);
    this.rooms = new Rooms({ vault, session, book, keyring, clock, skipped, plead, written });
    this.audit = new KeyAudit({
      session,
      book,
      keyring,
      rooms: this.rooms,
      plead: (scope, epoch) => this.pleas.ask(scope, epoch),
      bad: (scope, epoch, device) => this.note("crypto/bad-seal", "note", `${scope} ${epoch} ${device}`),
    });
    this.healing = new Healing(this);
    this.registers = new Registers(vault);
    this.warnings = new Notices(vault);
    this.here = new Here(this);
    this.daily = new Daily(this, (message) => options.post(this, message));
    this.followers = [this.originals, this.notify, this.daily];
    this.known = new KnownDevices(vault);
    this.unread = new UnreadBook(countingRules(this));
    this.log = this.#makeLog();
    this.#catchUp = new CatchUp(this);
    this.outbox = this.#makeOutbox();
    this.uploads = uploadsOf(this, () => this.live.connection === "online");
    this.downloads = new Downloads({ session, transport, ws: this.ws, sink: ports.sink });
    this.live = this.#makeLive();
    this.retries = new Retries({
      outbox: this.outbox,
      book,
      clock,
      fault: (code) => this.note(code, "note", ""),
      connection: () => this.live.connection,
      pull: (channel, to) => this.#catchUp.pull(channel, to),
      catchUp: () => this.#catchUp.run(),
      readable: (channel) => this.channels().includes(channel) || this.stateChannels().includes(channel),
    });
  }

  get state(): LedgerState {
    return this.book.state;
  }

  get notices(): readonly Notice[] {
    return this.warnings.all;
  }

  get workspaceScope(): ScopeId {
    return workspaceScope(this.ws);
  }

  get selfChannel(): ChannelId {
    return stateChannel(this.rooms.selfId);
  }

  /** Reads everything stored here; the account can be read from now on, without any network. */
  async load(): Promise<void> {
    await this.warnings.load();
    await this.healing.load();
    await this.known.load();
    await this.book.load();
    await this.registers.load();
    await this.log.load();
    await this.outbox.load();
    await this.uploads.load();
    await this.daily.load();
    for (const entry of this.outbox.entries())
      if (entry.content.k === "marker") this.readTo.set(entry.content.channel, entry.content.pos);
    for (const channel of this.channels())
      this.unread.take(channel, await this.log.since(channel, this.readMark(channel)));
    await this.threads.load();
    blockOnForks(this);
    if (this.vault.damaged.length > 0) this.note("store/damaged", "alarm", "");
  }

  start(): void {
    this.live.start();
    for (const follower of this.followers) follower.start();
  }

  /** Loads a channel that is looked at; what was lost of it on disk is fetched again. */
  async open(channel: ChannelId): Promise<void> {
    await this.log.open(channel);
    // What was deleted while nobody looked at the channel leaves this device now.
    await forgetDeleted(this, channel);
    this.#catchUp.wakeRows();
    await this.#catchUp.mend();
  }

  /** Older messages of a channel, from here or the server; false when there are none. */
  async older(channel: ChannelId): Promise<boolean> {
    return await this.#catchUp.older(channel);
  }

  stop(): void {
    this.#ended = true;
    this.here.stop();
    for (const follower of this.followers) follower.stop();
    this.retries.stop();
    this.uploads.stop();
    this.downloads.forget();
    this.live.stop();
    this.session.end();
  }

  /** The scope whose keys a channel uses, the self scope included. */
  scopeOf(channel: ChannelId): ScopeId | undefined {
    if ((channel as string) === this.rooms.selfId) return this.rooms.selfId;
    return scopeOfChannel(this.state, channel) ?? undefined;
  }

  scopeState(channel: ChannelId) {
    const scope = this.scopeOf(channel);
    return scope === undefined ? undefined : this.state.scopes.get(scope);
  }

  channels(): ChannelId[] {
    return channelsOf(this);
  }

  stateChannels(): ChannelId[] {
    return stateChannelsOf(this);
  }

  readMark(channel: ChannelId): number {
    return Math.max(this.registers.marker(channel)?.pos ?? 0, this.readTo.get(channel) ?? 0);
  }

  memberSince(channel: ChannelId): number {
    return memberSince(this, channel);
  }

  /** The workspace's name while its event is still on its way. */
  pendingName(): string {
    for (const { content } of this.outbox.entries()) if (content.k === "workspace") return content.name;
    return "";
  }

  /** Formatted text, parsed once. */
  markup(text: string): readonly MarkupNode[] {
    return this.#markup.of(text);
  }

  /** Stores an event to send and sends it when it can. Throws app/blocked after a stop. */
  async send(
    channel: ChannelId,
    content: Parameters<Outbox["add"]>[1],
    id?: Parameters<Outbox["add"]>[2],
    more: readonly VaultOp[] = [],
  ): Promise<void> {
    await this.outbox.add(channel, content, id, [], more);
    this.kick(channel);
  }

  /** Tries to send what waits in a channel; comes back by itself while something waits. */
  kick(channel: ChannelId): void {
    this.retries.kick(channel);
  }

  /** Tells the person something that no single message shows; the same thing once. Alarms last (L9). */
  note(code: FaultCode, severity: Notice["severity"], detail: string, evidence: Cbor = null): void {
    if (this.warnings.add({ code, severity, at: this.ports.clock.now(), detail }, evidence))
      this.#options.changed("workspace");
  }

  settled(code: FaultCode, detail?: string): void {
    if (this.warnings.settle(code, detail)) this.#options.changed("workspace");
  }

  changed(change: Change): void {
    this.#options.changed(change);
  }

  #makeLog(): Log {
    const { vault, book, rooms, me } = this;
    return new Log({
      vault,
      book,
      rooms,
      me,
      verifier: this.ports.verifier,
      scopeOf: (channel) => this.scopeOf(channel),
      changed: (channel) => this.changed({ channel }),
      arrived: (channel, records) => this.#arrived(channel, records),
      shown: (records) => this.#shown(records),
      fault: (code, channel, record) => this.note(code, severityOf(code), `${channel} ${record?.user ?? ""}`.trim()),
      conflict: (record, stated, row) => hearFork(this, record, stated, row),
    });
  }

  #makeOutbox(): Outbox {
    const { vault, session, book, rooms, log, keyring } = this;
    return new Outbox({
      vault,
      session,
      book,
      rooms,
      log,
      keyring,
      clock: this.ports.clock,
      scopeOf: (channel) => this.scopeOf(channel),
      held: (channel) => this.healing.isGiving || heldBy(this, channel).length > 0,
      changed: (channel) => this.changed({ channel }),
      pull: (channel, pos) => this.#catchUp.pull(channel, pos).catch(() => undefined),
      replaced: (channel) => this.note("event/equivocation", "alarm", `${channel} ${this.me}`),
    });
  }

  #makeLive(): LiveLink {
    const { transport, clock } = this.ports;
    return new LiveLink({
      transport,
      session: this.session,
      clock,
      catchUp: () => this.#catchUp.run(),
      frame: (frame) => this.#catchUp.frame(frame),
      changed: (connection) => {
        if (connection === "online") for (const one of [this.here, this.notify, this.daily]) one.online();
        this.changed("workspace");
        if (connection === "online") this.uploads.wake();
      },
      refused: () => void askEnding(this),
      fault: (code) => this.note(code, code === "net/bad-answer" ? "note" : "alarm", transport.origin),
    });
  }

  #ledgerChanged(): void {
    const { stop } = this.book;
    // A server that only fell back is given back what it lost; what does not take that is told of (L10).
    if (stop === "proof/rollback") void this.healing.links().catch(() => undefined);
    else if (stop !== null && stop !== "proof/restored" && endedOf(this) === null)
      this.note(stop, "alarm", "", { n: this.state.n, ours: this.state.head });
    // An honest server takes no void link: whoever put one there lies, and who that is cannot be told (L5).
    for (const link of this.state.voids) this.note(link.code, "alarm", `${link.type} ${link.n}`);
    this.#options.changed("workspace");
  }

  async #arrived(channel: ChannelId, records: readonly EventRecord[]): Promise<VaultOp[]> {
    const threads = await this.threads.take(channel, records);
    // An engine that ended writes nothing more: another may read here by now.
    if (this.#ended) throw new Fault("net/closed");
    const ops = [...this.registers.take(records, this.state, this.rooms.selfId), ...threads];
    for (const record of records) {
      // Only bytes that came back and were verified end an entry: an acknowledgement alone proves nothing.
      if (isOwn(record, this.me)) ops.push(...this.outbox.removal(record.id));
      // Ours under another history is ours still.
      else if (record.status === "refused" && record.code !== null && record.code !== "proof/fork")
        void this.outbox.doubt(record.id, record.code).catch(() => undefined);
      if (record.status === "opened" && record.user !== null) this.here.spoke(channel, record.user);
      if (record.content?.k === "marker" && channel === this.selfChannel)
        this.unread.read(record.content.channel, record.content.pos);
    }
    // From its coming back on, the devices of the person who is helped can hear of it: the helper's time begins (D6).
    if (records.some(({ content }) => content?.k === "circle")) void this.circle.refresh().catch(() => undefined);
    this.unread.take(channel, records);
    for (const follower of this.followers) ops.push(...follower.arrived(channel, records));
    if (ops.length > 0 || this.channels().includes(channel)) this.#options.changed("workspace");
    return ops;
  }

  #shown(records: readonly EventRecord[]): void {
    for (const record of records) if (isOwn(record, this.me)) this.outbox.forget(record.id);
    this.threads.shown(records);
    const [first] = records;
    if (first !== undefined) for (const follower of this.followers) follower.shown(first.channel, records);
  }
}
