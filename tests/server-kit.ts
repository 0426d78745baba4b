// A real server on real sockets, with signed ledgers from the kit: people log in, append, write and listen.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { ChannelId, DeviceId, EventId, Id, ScopeId, SessionId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import type { Api, Procedure } from "@/lib/client/ports.ts";
import { mainChannel, selfScope } from "@/lib/proof/hash.ts";
import { currentEpoch, currentPuk, scopeOfChannel } from "@/lib/proof/queries.ts";
import type { EventHeader, SealedEvent } from "@/lib/protocol/event.ts";
import { headerStructure } from "@/lib/protocol/event.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { cutOf, padmeSize } from "@/lib/protocol/file.ts";
import type { SignedLink } from "@/lib/protocol/link.ts";
import { loginBytes } from "@/lib/protocol/signed.ts";
import type { EventsAppendAnswer, RowJson, ServerFrame } from "@/lib/protocol/sync.ts";
import { toEventJson, toLinkJson } from "@/lib/protocol/sync.ts";
import type { LogLine } from "@/server/log.ts";
import type { RunningServer, StartOptions } from "@/server/main.ts";
import { startServer } from "@/server/main.ts";
import type { Device, Invite, Person } from "./ledger-kit.ts";
import { Book, inChain, roomAct, START_TS, sign } from "./ledger-kit.ts";

type KeyPair = Device["sign"];
/** `data` is there unless `fault` says otherwise. */
export type Answer<T = unknown> = { readonly status: number; readonly fault: string | null; readonly data: T };
type Output<P extends string> = P extends Procedure ? Api[P]["output"] : unknown;

/** Random id of 16 bytes. */
export const freshId = <K extends string>(): Id<K> => mintId<K>(new Uint8Array(randomBytes(16)));
/** Segments as large as the ciphertext of a file of so many bytes; what they hold is not the server's matter. */
export const ciphertext = (size: number, fill: number = 0): Uint8Array[] =>
  cutOf(padmeSize(size)).map(({ sealedBytes }) => new Uint8Array(sealedBytes).fill(fill));
/** The same as files.create declares it. */
export const declared = (size: number): { segments: number; bytes: number } => {
  const sizes = cutOf(padmeSize(size)).map(({ sealedBytes }) => sealedBytes);
  return { segments: sizes.length, bytes: sizes.reduce((sum, one) => sum + one, 0) };
};
export const b64 = (length: number): string => toBase64url(new Uint8Array(randomBytes(length)));

/** One call as a client makes it; whatever comes back, also what is no JSON. */
export async function call<P extends string>(
  url: string,
  procedure: P,
  input: unknown,
  token: string | null = null,
  init: { headers?: Record<string, string>; body?: string; method?: string } = {},
): Promise<Answer<Output<P>>> {
  const headers: Record<string, string> = { "content-type": "application/json", ...init.headers };
  if (token !== null) headers.authorization = `Bearer ${token}`;
  const method = init.method ?? "POST";
  const body = method === "GET" ? {} : { body: init.body ?? JSON.stringify(input ?? {}) };
  const response = await fetch(`${url}/trpc/${procedure}`, { method, headers, ...body });
  const text = await response.text();
  const json = readAnswer(text);
  const fault = json.error?.data?.fault ?? json.fault ?? null;
  return { status: response.status, fault, data: json.result?.data as Output<P> };
}

type Wire = { result?: { data?: unknown }; error?: { data?: { fault?: string } }; fault?: string };

function readAnswer(text: string): Wire {
  try {
    return JSON.parse(text) as Wire;
  } catch {
    return {};
  }
}

/** A live socket that keeps every frame, and waits for the one wanted. */
export class Ear {
  readonly frames: ServerFrame[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  private waiting: { wanted: (frame: ServerFrame) => boolean; got: (frame: ServerFrame) => void }[] = [];

  constructor(url: string, options: { origin?: string; host?: string } = {}) {
    const headers = options.host === undefined ? {} : { host: options.host };
    this.socket = new WebSocket(`${url.replace(/^http/, "ws")}/live`, {
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      headers,
    });
    this.closed = new Promise((resolve) => this.socket.on("close", (code) => resolve(code)));
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as ServerFrame;
      this.frames.push(frame);
      for (const one of this.waiting.filter(({ wanted }) => wanted(frame))) one.got(frame);
      this.waiting = this.waiting.filter(({ wanted }) => !wanted(frame));
    });
  }

  async send(frame: unknown): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING)
      await new Promise<void>((resolve) => this.socket.once("open", () => resolve()));
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** The first frame of this kind, past or to come. */
  next<T extends ServerFrame["t"]>(
    t: T,
    where: (frame: ServerFrame & { t: T }) => boolean = () => true,
  ): Promise<ServerFrame & { t: T }> {
    const wanted = (frame: ServerFrame): frame is ServerFrame & { t: T } =>
      frame.t === t && where(frame as ServerFrame & { t: T });
    const past = this.frames.find(wanted);
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve) => this.waiting.push({ wanted, got: (frame) => resolve(frame as never) }));
  }

  /** Resolves once the server has answered everything sent so far. */
  async settle(): Promise<void> {
    const before = this.frames.filter((frame) => frame.t === "pong").length;
    await this.send({ t: "ping" });
    let seen = 0;
    await this.next("pong", () => {
      seen += 1;
      return seen > before;
    });
  }

  close(): void {
    this.socket.terminate();
  }
}

export type EventTwist = { header?: Partial<EventHeader>; bytes?: number; device?: Device; channel?: ChannelId };

/** A server with a workspace, whose ledger this side knows by heart. */
export class ServerWorld {
  readonly server: RunningServer;
  readonly book: Book;
  readonly dataDir: string;
  readonly log: LogLine[];
  readonly clock: { at: number; now(): number };
  private sent = 0;
  private readonly tokens = new Map<DeviceId, string>();
  private readonly seqs = new Map<string, number>();
  private readonly sessions = new Map<DeviceId, SessionId>();
  readonly ears: Ear[] = [];

  private constructor(parts: Pick<ServerWorld, "server" | "book" | "dataDir" | "log" | "clock">) {
    this.server = parts.server;
    this.book = parts.book;
    this.dataDir = parts.dataDir;
    this.log = parts.log;
    this.clock = parts.clock;
  }

  static async start(options: Partial<StartOptions> = {}): Promise<ServerWorld> {
    const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "tacit-server-"));
    const log: LogLine[] = [];
    const clock = {
      at: START_TS + 1000,
      now() {
        return this.at;
      },
    };
    const server = await startServer({ clock, log: (line) => void log.push(line), ...options, dataDir });
    const book = await Book.found(b64(8));
    book.rotate(book.founder);
    return new ServerWorld({ server, book, dataDir, log, clock });
  }

  /** Another workspace on the same server. */
  static async beside(other: ServerWorld): Promise<ServerWorld> {
    const { server, dataDir, log, clock } = other;
    const book = await Book.found(b64(8));
    book.rotate(book.founder);
    return new ServerWorld({ server, book, dataDir, log, clock }).found(await server.mintSetup());
  }

  /** The founder's first batch, for a setup token. */
  async found(setup: Uint8Array | null = this.server.setupToken): Promise<this> {
    const token = toBase64url(setup ?? new Uint8Array(32));
    const answer = await this.call("setup.create", { token, batch: this.batch() });
    if (answer.fault !== null) throw new Error(`setup.create: ${answer.fault}`);
    this.sent = this.book.state.n;
    return this;
  }

  static async founded(options: Partial<StartOptions> = {}): Promise<ServerWorld> {
    return (await ServerWorld.start(options)).found();
  }

  get url(): string {
    return this.server.url;
  }

  get ws(): WorkspaceId {
    return this.book.ws;
  }

  call<P extends string>(procedure: P, input: unknown, token: string | null = null): Promise<Answer<Output<P>>> {
    return call(this.url, procedure, input, token);
  }

  /** What the server has not been sent yet, or the links given. */
  batch(links?: readonly SignedLink[], seals: unknown[] = [], boxes: unknown[] = []) {
    const fresh = this.book.entries.slice(this.sent).map((entry) => entry.link as SignedLink);
    return { links: (links ?? fresh).map(toLinkJson), seals, boxes };
  }

  head(n: number = this.sent) {
    return { n, hash: toBase64url(this.book.state.heads[n - 1] ?? new Uint8Array(32)) };
  }

  /** Sends what the book has grown by. */
  async push(token: string, seals: unknown[] = [], boxes: unknown[] = []): Promise<void> {
    const input = { after: this.head(), batch: this.batch(undefined, seals, boxes) };
    const answer = await this.call("ledger.append", input, token);
    if (answer.fault !== null || !answer.data.ok) throw new Error(`ledger.append: ${answer.fault ?? "stale"}`);
    this.sent = this.book.state.n;
  }

  async challenge(ws: WorkspaceId | null = this.ws) {
    return (await this.call("auth.challenge", { ws })).data;
  }

  /** A login request; parts of it may lie. */
  async loginInput(
    as: "device" | "invite" | "recovery",
    id: string,
    key: KeyPair,
    twist: { ws?: WorkspaceId | null; origin?: string; challenge?: { challenge: string; expires: number } } = {},
  ) {
    const ws = twist.ws === undefined ? this.ws : twist.ws;
    const { challenge, expires } = twist.challenge ?? (await this.challenge(ws));
    const origin = twist.origin ?? this.server.publicUrl;
    const nonce = b64(16);
    const claim = { as, ws, id: id as Id<"login">, expires, origin };
    const bytes = loginBytes({ ...claim, challenge: fromJson(challenge), nonce: fromJson(nonce) });
    return { ...claim, challenge, nonce, sig: toBase64url(sign("auth", key, bytes)) };
  }

  async login(person: Person, device: Device = person.device): Promise<string> {
    const known = this.tokens.get(device.id);
    if (known !== undefined) return known;
    const answer = await this.call("auth.login", await this.loginInput("device", device.id, device.sign));
    if (answer.fault !== null) throw new Error(`auth.login: ${answer.fault}`);
    this.tokens.set(device.id, answer.data.token);
    return answer.data.token;
  }

  /** The next login of this device gets a token of its own. */
  forget(device: Device): void {
    this.tokens.delete(device.id);
  }

  async loginInvite(invite: Invite): Promise<string> {
    const answer = await this.call("auth.login", await this.loginInput("invite", invite.id, invite.sign));
    if (answer.fault !== null) throw new Error(`auth.login: ${answer.fault}`);
    return answer.data.token;
  }

  /** Gives a person a recovery code; its login key comes back. */
  async recovery(person: Person): Promise<KeyPair> {
    const { mint } = this.book;
    const pair = mint.signPair();
    const recovery = { gen: 1, auth: pair.publicKey, kem: mint.kemKey() };
    this.book.add(person, { kind: "U", type: "recovery_set", body: { recovery } });
    await this.push(await this.login(person));
    return pair;
  }

  async loginRecovery(auth: KeyPair): Promise<string> {
    const id = mintId<"login">(auth.publicKey.subarray(0, 16));
    const answer = await this.call("auth.login", await this.loginInput("recovery", id, auth));
    if (answer.fault !== null) throw new Error(`auth.login: ${answer.fault}`);
    return answer.data.token;
  }

  /** An open invite with its box, made by an admin. */
  async invite(by: Person = this.book.founder, options: Parameters<Book["inviteAct"]>[1] = {}): Promise<Invite> {
    const invite = this.book.invite(by, options);
    const scope = invite.id as string;
    await this.push(await this.login(by), [], [{ purpose: "invite", scope, epoch: 0, ct: b64(100) }]);
    return invite;
  }

  /** A new person, in by an invite of one use; rotates the workspace's keys as the protocol asks. */
  async join(name: string, role: "member" | "admin" | "guest" = "member"): Promise<Person> {
    const { book } = this;
    const person = book.mint.person(name);
    if (role === "guest") {
      const invite = await this.invite(book.founder, { mode: "approval", role: "guest", maxUses: 1 });
      book.add(book.founder, book.addAct(person, invite));
      await this.push(await this.login(book.founder));
      return person;
    }
    const invite = await this.invite(book.founder, { maxUses: 1 });
    const token = await this.loginInvite(invite);
    book.add(person, book.joinAct(person, invite), book.joinTwist(invite));
    book.rotate(person);
    await this.push(token);
    if (role === "admin") {
      book.setRole(book.founder, person, "admin");
      await this.push(await this.login(book.founder));
    }
    return person;
  }

  async channel(by: Person = this.book.founder): Promise<ChannelId> {
    const channel = this.book.channel(by);
    await this.push(await this.login(by));
    return channel;
  }

  /** A private channel with its first epoch: the scope, and where its messages are. */
  async room(
    by: Person,
    others: readonly Person[],
    options: Parameters<typeof roomAct>[1] = {},
  ): Promise<{ scope: ScopeId; channel: ChannelId }> {
    const scope = freshId<"scope">();
    this.book.add(by, roomAct([by, ...others], options), inChain(scope));
    this.book.rotate(by, scope);
    await this.push(await this.login(by));
    return { scope, channel: mainChannel(scope) };
  }

  async remove(by: Person, who: Person): Promise<void> {
    this.book.remove(by, who);
    this.book.rotate(by);
    await this.push(await this.login(by));
  }

  selfChannel(person: Person): ChannelId {
    return selfScope(this.ws, person.user) as string as ChannelId;
  }

  epochOf(person: { user: UserId }, channel: ChannelId): number {
    if (channel === (selfScope(this.ws, person.user) as string))
      return currentPuk(this.book.state, person.user)?.gen ?? 0;
    const scope = scopeOfChannel(this.book.state, channel);
    return scope === null ? 1 : (currentEpoch(this.book.state, scope)?.epoch ?? 0);
  }

  /** An event as an engine would seal it: the header is real, the rest is noise, which is all that a server sees. */
  event(person: Person, channel: ChannelId, twist: EventTwist = {}): SealedEvent & { id: EventId } {
    const device = twist.device ?? person.device;
    const session = this.sessions.get(device.id) ?? freshId<"session">();
    this.sessions.set(device.id, session);
    const name = `${session} ${channel}`;
    const seq = this.seqs.get(name) ?? 0;
    const header: EventHeader = {
      v: 1,
      class: "stored",
      ws: this.ws,
      channel,
      epoch: this.epochOf(person, channel),
      user: person.user,
      device: device.id,
      session,
      seq,
      id: freshId<"event">(),
      ...twist.header,
    };
    if (header.seq === seq && header.session === session) this.seqs.set(name, seq + 1);
    return {
      id: header.id,
      header: headerStructure.encode(header),
      nonce: new Uint8Array(randomBytes(24)),
      ciphertext: new Uint8Array(randomBytes(twist.bytes ?? 528)),
    };
  }

  async send(
    person: Person,
    channel: ChannelId,
    events: readonly SealedEvent[],
    device?: Device,
  ): Promise<Answer<EventsAppendAnswer>> {
    const input = { channel, events: events.map(toEventJson) };
    return this.call("events.append", input, await this.login(person, device));
  }

  /** Writes one event; the row's place. */
  async write(person: Person, channel: ChannelId, twist: EventTwist = {}): Promise<{ id: EventId; pos: number }> {
    const answer = await this.send(person, channel, [this.event(person, channel, twist)]);
    if (answer.fault !== null || answer.data.refused !== null)
      throw new Error(`events.append: ${answer.fault ?? answer.data.refused?.code}`);
    return answer.data.accepted[0]!;
  }

  async read(person: Person, channel: ChannelId): Promise<RowJson[]> {
    const input = { channel, after: 0, before: null, limit: 500 };
    return (await this.call("events.read", input, await this.login(person))).data.rows;
  }

  /** A signed-in socket, past its `ready`. */
  async listen(person: Person, device: Device = person.device): Promise<Ear> {
    const ear = this.ear();
    await ear.send({ t: "hello", token: await this.login(person, device) });
    await ear.next("ready");
    return ear;
  }

  ear(options: { origin?: string; host?: string } = {}): Ear {
    const ear = new Ear(this.url, options);
    this.ears.push(ear);
    return ear;
  }

  async putSegment(
    at: { blob: string; segment: number | string; ws?: string },
    bytes: Uint8Array,
    token: string | null,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; fault: string | null }> {
    const response = await fetch(`${this.url}/blob/${at.ws ?? this.ws}/${at.blob}/${at.segment}`, {
      method: "PUT",
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      body: bytes as Uint8Array<ArrayBuffer>,
    });
    const text = await response.text();
    return { status: response.status, fault: text === "" ? null : (JSON.parse(text).fault ?? null) };
  }

  getSegment(
    at: { blob: string; segment: number | string; ws?: string },
    token: string | null,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const bearer = token === null ? {} : { authorization: `Bearer ${token}` };
    return fetch(`${this.url}/blob/${at.ws ?? this.ws}/${at.blob}/${at.segment}`, {
      headers: { ...bearer, ...headers },
    });
  }

  /** A whole file in a channel. */
  async upload(person: Person, channel: ChannelId, segments: readonly Uint8Array[]): Promise<string> {
    const token = await this.login(person);
    const bytes = segments.reduce((sum, one) => sum + one.length, 0);
    const created = await this.call("files.create", { channel, segments: segments.length, bytes }, token);
    if (created.fault !== null) throw new Error(`files.create: ${created.fault}`);
    const { blob } = created.data;
    for (const [segment, one] of segments.entries()) await this.putSegment({ blob, segment }, one, token);
    const finished = await this.call("files.finish", { blob }, token);
    if (finished.fault !== null) throw new Error(`files.finish: ${finished.fault}`);
    return blob;
  }

  async stop(): Promise<void> {
    for (const ear of this.ears) ear.close();
    await this.server.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
