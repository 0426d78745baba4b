// Builds signed ledgers for tests, quickly and from a seed: people, cards, links of every type, right or wrong on purpose.
import sodiumModule from "libsodium-wrappers";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, DeviceId, InviteId, ScopeId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { mintId, workspaceScope } from "@/lib/base/ids.ts";
import { entryOf, nextSeq } from "@/lib/proof/chain.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";
import { deviceId, H, inviteId, popBytes, rcptHash } from "@/lib/proof/hash.ts";
import { foldLedger, refusal } from "@/lib/proof/membership.ts";
import { currentEpoch, currentPuk, nextHist, recipients } from "@/lib/proof/queries.ts";
import { sodiumReady } from "@/lib/proof/sodium.ts";
import type { Entry, LedgerState } from "@/lib/proof/state.ts";
import type { SigContext } from "@/lib/proof/verify.ts";
import { signedBytes } from "@/lib/proof/verify.ts";
import type { Card, DevicePublic, PukPublic, RecoveryPublic, SignedCard } from "@/lib/protocol/device.ts";
import { cardStructure } from "@/lib/protocol/device.ts";
import type {
  ChainId,
  EpochBody,
  Link,
  LinkAct,
  LinkFrame,
  Role,
  ScopePolicy,
  SignedLink,
  WorkspacePolicy,
} from "@/lib/protocol/link.ts";
import { encodeLink, WORKSPACE_CHAIN } from "@/lib/protocol/link.ts";

type KeyPair = { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array };
/** What this kit calls; the package's own types leave out that all of it is on the default export. */
const sodium = sodiumModule as unknown as {
  crypto_sign_seed_keypair(seed: Uint8Array): KeyPair;
  crypto_sign_detached(message: Uint8Array, key: Uint8Array): Uint8Array;
  crypto_kem_xwing_seed_keypair(seed: Uint8Array): KeyPair;
};

export type Device = { readonly id: DeviceId; readonly sign: KeyPair; readonly keys: DevicePublic };
/** A person with every secret. `device` acts by default; keys change only when a test says so. */
export type Person = {
  readonly name: string;
  readonly user: UserId;
  rik: KeyPair;
  device: Device;
  puk: PukPublic;
};
export type Invite = { readonly id: InviteId; readonly sign: KeyPair; readonly mode: "instant" | "approval" };
export type InviteOptions = {
  mode?: "instant" | "approval";
  role?: "member" | "guest";
  maxUses?: number;
  hours?: number;
};
export type ScopeOptions = {
  kind?: "private" | "dm";
  history?: "full" | "since-join";
  policy?: Partial<ScopePolicy>;
  id?: ScopeId;
};
/** What to do otherwise than an honest client: parts of the frame, other signers, another second signature. */
export type Twist = {
  frame?: Partial<LinkFrame>;
  /** acts with this device instead of the person's own */
  device?: Device;
  sign?: (bytes: Uint8Array) => Uint8Array;
  extra?: ((bytes: Uint8Array) => Uint8Array) | null;
};

export const POLICY: WorkspacePolicy = { invites: "admins", channels: "members", minVersion: 1, minSuite: 1 };
export const SCOPE_POLICY: ScopePolicy = { adds: "managers", post: "all", retentionDays: null };
export const NO_DEVICE = mintId<"device">(new Uint8Array(16));
export const START_TS = 1_760_000_000_000;
const HOUR_MS = 3_600_000;

export function sign(context: SigContext, pair: KeyPair, bytes: Uint8Array): Uint8Array {
  return sodium.crypto_sign_detached(signedBytes(context, bytes), pair.privateKey);
}

/** Mints keys and ids from a seed: the same seed, the same ledger to the byte. */
export class Mint {
  readonly #seed: string;
  #count = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  bytes(length: 16 | 32 = 32): Uint8Array {
    this.#count += 1;
    return H("test-mint", this.#seed, this.#count).subarray(0, length);
  }

  signPair(): KeyPair {
    return sodium.crypto_sign_seed_keypair(this.bytes());
  }

  kemKey(): Uint8Array {
    return sodium.crypto_kem_xwing_seed_keypair(this.bytes()).publicKey;
  }

  device(): Device {
    const pair = this.signPair();
    const keys = { sign: pair.publicKey, kem: this.kemKey() };
    return { id: deviceId(keys), sign: pair, keys };
  }

  person(name: string): Person {
    const user = mintId<"user">(this.bytes(16));
    return { name, user, rik: this.signPair(), device: this.device(), puk: { gen: 1, pk: this.kemKey() } };
  }

  recovery(gen: number = 1): RecoveryPublic {
    return { gen, auth: this.signPair().publicKey, kem: this.kemKey() };
  }
}

/** A person's card; `change` puts something else on it before it is signed. */
export function cardOf(person: Person, ws: WorkspaceId | null, change: Partial<Card> = {}): SignedCard {
  const { user, rik, device, puk } = person;
  const card = cardStructure.encode({
    v: 1,
    ws,
    user,
    rik: rik.publicKey,
    device: device.keys,
    puk,
    recovery: null,
    ts: START_TS,
    ...change,
  });
  return { card, rikSig: sign("card", rik, card), popSig: sign("pop", device.sign, card) };
}

/** A device with other public keys, and so another id. */
export function withKeys(device: Device, keys: DevicePublic): Device {
  return { ...device, id: deviceId(keys), keys };
}

/** A ledger that grows, folded with eyes for everything. */
export class Book {
  readonly mint: Mint;
  readonly entries: Entry[] = [];
  readonly founder: Person;
  state: LedgerState = emptyLedger;
  readonly #cache = new Set<string>();

  private constructor(mint: Mint, founder: Person = mint.person("founder")) {
    this.mint = mint;
    this.founder = founder;
  }

  /** A workspace with its founder, and nothing else: no epoch yet. */
  static async found(seed: string = "ledger", policy: WorkspacePolicy = POLICY): Promise<Book> {
    await sodiumReady();
    const book = new Book(new Mint(seed));
    const card = cardOf(book.founder, null);
    const salt = book.mint.bytes(16);
    book.add(book.founder, { kind: "W", type: "ws_create", body: { card, policy, salt } });
    return book;
  }

  /** A book without its first link. */
  static blank(mint: Mint, founder: Person): Book {
    return new Book(mint, founder);
  }

  /** A copy that grows by itself. People and the mint stay the same. */
  fork(): Book {
    const copy = new Book(this.mint, this.founder);
    copy.entries.push(...this.entries);
    copy.state = this.state;
    return copy;
  }

  get ws(): WorkspaceId {
    return this.state.ws;
  }

  get scope(): ScopeId {
    return workspaceScope(this.ws);
  }

  /** The link that an honest client of `by` would make here; U links stand in his chain, C links in `chain`. */
  frame(by: Person, act: LinkAct, chain: ChainId = chainOf(by, act)): Link {
    const frame: LinkFrame = {
      ws: this.state.n === 0 ? null : this.ws,
      n: this.state.n + 1,
      prev: this.state.head,
      chain,
      seq: nextSeq(this.state, chain),
      user: by.user,
      device: by.device.id,
      ts: START_TS + this.state.n * 1000,
    };
    return { ...frame, ...act };
  }

  /** Signs what honest clients sign, unless twisted. */
  sign(by: Person, act: LinkAct, twist: Twist & { chain?: ChainId } = {}): SignedLink {
    const root = act.type === "user_reset" || act.type === "recovery_set";
    const device = twist.device ?? by.device;
    const acting = root ? NO_DEVICE : device.id;
    const bytes = encodeLink({ ...this.frame(by, act, twist.chain), device: acting, ...twist.frame });
    const honest = root ? sign("root", by.rik, bytes) : sign("link", device.sign, bytes);
    return { bytes, sig: twist.sign?.(bytes) ?? honest, extra: twist.extra?.(bytes) ?? null };
  }

  /** Folds a link and keeps it, valid or void; the code when it was void. A stop throws: use `judge` for that. */
  push(link: SignedLink): FaultCode | null {
    const entry = entryOf(link);
    const next = foldLedger([entry], { kind: "all" }, this.state, this.#cache);
    if (next.stop !== null) throw new Error(`the fold stops: ${next.stop.code}`);
    const code = refusal(this.state, next);
    this.entries.push(entry);
    this.state = next;
    return code;
  }

  /** What a fold would say to this link here; the book stays as it is. */
  judge(link: SignedLink): FaultCode | null {
    return refusal(this.state, foldLedger([entryOf(link)], { kind: "all" }, this.state, this.#cache));
  }

  /** Signs and pushes: the code of a void link, or null. */
  try(by: Person, act: LinkAct, twist: Twist & { chain?: ChainId } = {}): FaultCode | null {
    return this.push(this.sign(by, act, twist));
  }

  /** As `try`, for what has to be valid. */
  add(by: Person, act: LinkAct, twist: Twist & { chain?: ChainId } = {}): void {
    const code = this.try(by, act, twist);
    if (code !== null) throw new Error(`${by.name}: ${act.type} is void: ${code}`);
  }

  invite(by: Person, options: InviteOptions = {}): Invite {
    const { invite, act } = this.inviteAct(by, options);
    this.add(by, act);
    return invite;
  }

  inviteAct(
    by: Person,
    { mode = "instant", role = "member", maxUses = 5, hours = 24 }: InviteOptions = {},
  ): { invite: Invite; act: Extract<LinkAct, { type: "invite_create" }> } {
    const pair = this.mint.signPair();
    const box = this.mint.bytes();
    const kem = mode === "instant" ? this.mint.kemKey() : null;
    const id = inviteId(this.ws, by.rik.publicKey, pair.publicKey, box, kem);
    const expires = START_TS + this.state.n * 1000 + hours * HOUR_MS;
    const body = { invite: id, sign: pair.publicKey, box, kem, mode, role, maxUses, expires };
    return { invite: { id, sign: pair, mode }, act: { kind: "W", type: "invite_create", body } };
  }

  joinTwist(invite: Invite): Twist {
    return { extra: (bytes) => sign("invite", invite.sign, bytes) };
  }

  joinAct(person: Person, invite: Invite): LinkAct {
    return { kind: "W", type: "member_join", body: { card: cardOf(person, this.ws), invite: invite.id } };
  }

  addAct(person: Person, invite: Invite): LinkAct {
    const card = cardOf(person, this.ws);
    const inviteSig = sign("invite", invite.sign, card.card);
    return { kind: "W", type: "member_add", body: { card, invite: invite.id, inviteSig } };
  }

  /** A new person, in by a new instant invite of the founder, or by one with approval where a guest is wanted. */
  member(name: string, role: Role = "member"): Person {
    const person = this.mint.person(name);
    if (role === "guest") {
      const invite = this.invite(this.founder, { mode: "approval", role: "guest", maxUses: 1 });
      this.add(this.founder, this.addAct(person, invite));
      return person;
    }
    const invite = this.invite(this.founder, { maxUses: 1 });
    this.add(person, this.joinAct(person, invite), this.joinTwist(invite));
    if (role !== "member") this.setRole(this.founder, person, role);
    return person;
  }

  setRole(by: Person, who: Person, role: Role): void {
    this.add(by, { kind: "W", type: "role_set", body: { user: who.user, role } });
  }

  remove(by: Person, who: Person): void {
    this.add(by, { kind: "W", type: "member_remove", body: { user: who.user } });
  }

  /** The epoch link that the ledger asks for now; `change` makes it wrong. */
  epochAct(scope: ScopeId, change: Partial<EpochBody> = {}): LinkAct {
    const found = this.state.scopes.get(scope);
    const epoch = (currentEpoch(this.state, scope)?.epoch ?? 0) + 1;
    const rcpt = rcptHash(scope, change.epoch ?? epoch, recipients(this.state, scope));
    const hist = found === undefined ? "cut" : nextHist(found);
    const body = { scope, epoch, suite: 1, kc: this.mint.bytes(), rcpt, hist, ...change };
    return scope === this.scope ? { kind: "W", type: "epoch", body } : { kind: "C", type: "epoch", body };
  }

  rotate(by: Person, scope: ScopeId = this.scope): void {
    this.add(by, this.epochAct(scope), scope === this.scope ? {} : inChain(scope));
  }

  channel(by: Person): ChannelId {
    const channel = mintId<"channel">(this.mint.bytes(16));
    this.add(by, { kind: "W", type: "channel_create", body: { channel } });
    return channel;
  }

  /** A private channel or DM of `by` and the others, without an epoch. */
  room(by: Person, others: readonly Person[], options: ScopeOptions = {}): ScopeId {
    const id = options.id ?? mintId<"scope">(this.mint.bytes(16));
    this.add(by, roomAct([by, ...others], options), inChain(id));
    return id;
  }

  /** The PUK of the next generation of a person, which he does not have until a link brings it. */
  nextPuk(person: Person): PukPublic {
    return { gen: (currentPuk(this.state, person.user)?.gen ?? 0) + 1, pk: this.mint.kemKey() };
  }

  deviceAct(person: Person, device: Device): LinkAct {
    const pop = sign("pop", device.sign, popBytes(this.ws, person.user, device.id));
    return { kind: "U", type: "device_add", body: { device: device.keys, pop } };
  }

  /** A further device of a person. */
  device(person: Person): Device {
    const device = this.mint.device();
    this.add(person, this.deviceAct(person, device));
    return device;
  }

  revokeAct(person: Person, device: Device): LinkAct {
    return { kind: "U", type: "device_revoke", body: { device: device.id, puk: this.nextPuk(person) } };
  }

  resetAct(person: Person, devices: readonly Device[], recovery: RecoveryPublic | null = null): LinkAct {
    const stated = devices.map((device) => ({
      device: device.keys,
      pop: sign("pop", device.sign, popBytes(this.ws, person.user, device.id)),
    }));
    return { kind: "U", type: "user_reset", body: { devices: stated, puk: this.nextPuk(person), recovery } };
  }

  /** The rekey that gets `person` back in as `anew`: the same id, all keys new (D7). */
  rekeyAct(person: Person, change: Partial<Card> = {}): { anew: Person; act: Extract<LinkAct, { type: "rekey" }> } {
    const fresh = this.mint.person(person.name);
    const anew: Person = { ...fresh, user: person.user, puk: this.nextPuk(person) };
    const card = cardOf(anew, this.ws, change);
    return { anew, act: { kind: "W", type: "rekey", body: { user: person.user, card, root: null } } };
  }

  /** Announces a new root key for `person`; the pair comes back, he keeps the old one until it is in force. */
  announceRoot(person: Person): KeyPair {
    const pair = this.mint.signPair();
    const act: LinkAct = { kind: "U", type: "root_renew", body: { rik: pair.publicKey } };
    this.add(person, act, { extra: (bytes) => sign("root", pair, bytes) });
    return pair;
  }
}

function chainOf(by: Person, act: LinkAct): ChainId {
  return act.kind === "U" ? mintChain(by.user) : WORKSPACE_CHAIN;
}

/** An id as the chain of the same bytes. */
export function mintChain(id: string): ChainId {
  return id as ChainId;
}

/** Puts a C link in the chain of its scope. */
export function inChain(scope: ScopeId): { chain: ChainId } {
  return { chain: mintChain(scope) };
}

export function roomAct(
  members: readonly Person[],
  options: ScopeOptions = {},
): Extract<LinkAct, { type: "scope_create" }> {
  const body = {
    kind: options.kind ?? "private",
    members: members.map(({ user }) => user),
    history: options.history ?? "full",
    policy: { ...SCOPE_POLICY, ...options.policy },
  };
  return { kind: "C", type: "scope_create", body };
}

/** C links about one person. */
export function scopeAct(
  type: "scope_add" | "scope_remove" | "scope_readmit",
  who: Person,
): Extract<LinkAct, { type: "scope_add" | "scope_remove" | "scope_readmit" }> {
  return { kind: "C", type, body: { user: who.user } };
}

export function memberAct(
  type: "member_remove" | "member_restore",
  who: Person,
): Extract<LinkAct, { type: "member_remove" | "member_restore" }> {
  return { kind: "W", type, body: { user: who.user } };
}

export function roleAct(who: Person, role: Role): LinkAct {
  return { kind: "W", type: "role_set", body: { user: who.user, role } };
}
