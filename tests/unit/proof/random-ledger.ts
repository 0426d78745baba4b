// Random ledgers for property tests: many people doing anything the protocol has, mostly allowed, often not.
import { equal } from "@/lib/base/bytes.ts";
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { currentEpoch, deviceActiveAt, isScopeMember, needsRotation, roleAt } from "@/lib/proof/queries.ts";
import type { ScopeState } from "@/lib/proof/state.ts";
import { latest } from "@/lib/proof/state.ts";
import type { LinkAct, SignedLink } from "@/lib/protocol/link.ts";
import { ROLES } from "@/lib/protocol/link.ts";
import type { Device, Invite, Person, Twist } from "@/tests/ledger-kit.ts";
import {
  Book,
  inChain,
  memberAct,
  type mintChain,
  POLICY,
  roleAct,
  roomAct,
  SCOPE_POLICY,
  scopeAct,
  sign,
} from "@/tests/ledger-kit.ts";

type Made = { act: LinkAct; by: Person; twist?: Twist & { chain?: ReturnType<typeof mintChain> } } | null;

/** 32-bit numbers of mulberry32, so that a failing seed says everything. */
function diceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Plays on a book; keeps everyone and everything that ever was, so that the gone and the revoked try again. */
export class Player {
  readonly book: Book;
  readonly people: Person[];
  readonly devices: { owner: Person; device: Device }[];
  readonly invites: Invite[] = [];
  readonly channels: ChannelId[] = [];
  readonly rooms: ScopeId[] = [];
  readonly #dice: () => number;
  readonly #about: readonly (() => Made)[];

  /** Some ledgers are about everything, some about rooms and who is out of them, some about keys and invites. */
  private constructor(book: Book, seed: number) {
    this.book = book;
    this.people = [book.founder];
    this.devices = [{ owner: book.founder, device: book.founder.device }];
    this.#dice = diceFrom(seed);
    const [arrive, rotate, room, inRoom] = [this.#arrive, this.#rotate, this.#room, this.#inRoom];
    const [people, own, shared] = [this.#people, this.#own, this.#shared];
    const tables = [
      [arrive, rotate, rotate, room, inRoom, inRoom, inRoom, people, people, own, own, shared],
      [rotate, inRoom, inRoom, inRoom, inRoom, inRoom, people, people, people, room],
      [arrive, arrive, rotate, own, own, own, people, shared, shared],
    ];
    this.#about = (tables[seed % tables.length] ?? []).map((make) => make.bind(this));
  }

  /** A workspace of six with an open invite and three scopes, so that there is something to be about. */
  static async begin(seed: number): Promise<Player> {
    const book = await Book.found(`random ${seed}`);
    const player = new Player(book, seed);
    const [owner, admin] = [book.founder, book.member("admin", "admin")];
    const others = [book.member("bob"), book.member("carol"), book.member("dave"), book.member("guest", "guest")];
    const [bob = owner, carol = owner, dave = owner] = others;
    book.rotate(owner);
    player.rooms.push(book.room(bob, [carol, dave]));
    player.rooms.push(book.room(carol, [bob, admin], { history: "since-join" }));
    player.rooms.push(book.room(bob, [dave], { kind: "dm" }));
    player.invites.push(book.invite(admin));
    for (const person of [admin, ...others]) player.#meet(person);
    return player;
  }

  /** The next link, or null where a move has nothing to be about. One in ten is signed by a key that does not count. */
  link(): SignedLink | null {
    const made = this.#pick(this.#about)?.() ?? null;
    if (made === null) return null;
    const { act, twist = {} } = made;
    const by = this.#oneIn(12) ? made.by : this.#asNow(made.by);
    const other = this.#pick(this.devices)?.device ?? by.device;
    if (this.#oneIn(20)) return this.book.sign(by, act, { ...twist, device: other });
    if (this.#oneIn(20)) return this.book.sign(by, act, { ...twist, sign: (bytes) => sign("link", other.sign, bytes) });
    return this.book.sign(by, act, twist);
  }

  #roll(sides: number): number {
    return this.#dice() % sides;
  }
  #oneIn(times: number): boolean {
    return this.#roll(times) === 0;
  }
  #pick<T>(from: readonly T[]): T | undefined {
    return from.length === 0 ? undefined : from[this.#roll(from.length)];
  }
  #meet(person: Person): void {
    this.people.push(person);
    this.devices.push({ owner: person, device: person.device });
  }

  /** Nearly always somebody who came in; the others try, too. */
  #anyone(): Person {
    const known = this.people.filter(({ user }) => this.book.state.users.has(user));
    return this.#pick(this.#oneIn(10) ? this.people : known) ?? this.book.founder;
  }
  #boss(): Person {
    const bosses = this.people.filter(({ user }) => roleAt(this.book.state, user) === "owner");
    return this.#oneIn(3) ? this.#anyone() : (this.#pick(bosses) ?? this.book.founder);
  }
  #members(scope: ScopeState | undefined): Person[] {
    return this.people.filter(({ user }) => scope !== undefined && isScopeMember(this.book.state, scope, user));
  }

  /** A person with the keys that count now, where he has any: after rekeys and resets most of his are dead. */
  #asNow(person: Person): Person {
    const { state } = this.book;
    const rik = latest(state.users.get(person.user)?.rik ?? []);
    const own = this.devices.filter(({ owner }) => owner.user === person.user);
    const device = own.find((one) => deviceActiveAt(state, one.device.id))?.device;
    const root = this.people.find((one) => rik !== undefined && equal(one.rik.publicKey, rik))?.rik;
    return { ...person, device: device ?? person.device, rik: root ?? person.rik };
  }

  #invite(): Made {
    const mode = this.#oneIn(2) ? "instant" : "approval";
    const role = mode === "approval" && this.#oneIn(2) ? "guest" : "member";
    const by = this.#boss();
    const hours = this.#oneIn(10) ? 1000 : 24;
    const { invite, act } = this.book.inviteAct(this.#asNow(by), { mode, role, maxUses: 1 + this.#roll(3), hours });
    this.invites.push(invite);
    return { act, by };
  }

  #arrive(): Made {
    const open = this.invites.filter(({ id }) => this.book.state.invites.get(id)?.closedAt === null);
    const invite = this.#pick(this.#oneIn(6) ? this.invites : open);
    if (invite === undefined || this.#oneIn(5)) return this.#invite();
    const fresh = this.book.mint.person(`p${this.people.length}`);
    const person = this.#oneIn(8) ? { ...fresh, user: this.#anyone().user } : fresh;
    this.#meet(person);
    const itself = (invite.mode === "instant") !== this.#oneIn(10);
    if (itself) return { act: this.book.joinAct(person, invite), by: person, twist: this.book.joinTwist(invite) };
    return { act: this.book.addAct(person, invite), by: this.#boss() };
  }

  /** Rather where it is due, by somebody who may. */
  #rotate(): Made {
    const ids = [this.book.scope, ...this.rooms];
    const due = ids.filter((id) => needsRotation(this.book.state, id));
    const id = this.#pick(this.#oneIn(3) || due.length === 0 ? ids : due) ?? this.book.scope;
    const by = this.#oneIn(6) ? this.#anyone() : this.#pick(this.#members(this.book.state.scopes.get(id)));
    const epoch = (currentEpoch(this.book.state, id)?.epoch ?? 0) + 2;
    const wrong = this.#pick([{ hist: "cut" as const }, { epoch }, { rcpt: new Uint8Array(32) }]);
    const act = this.book.epochAct(id, this.#oneIn(5) ? wrong : {});
    return { act, by: by ?? this.#anyone(), twist: id === this.book.scope ? {} : inChain(id) };
  }

  #room(): Made {
    const by = this.#anyone();
    const others = this.people.filter((one) => one.user !== by.user && this.#oneIn(3)).slice(0, 3);
    const taken = this.#oneIn(10) ? this.channels[0] : undefined;
    const id = mintId<"scope">(taken === undefined ? this.book.mint.bytes(16) : idBytes(taken));
    const kind = this.#oneIn(2) ? "dm" : "private";
    const history = this.#oneIn(3) ? "since-join" : "full";
    const policy = {
      adds: this.#oneIn(4) ? "members" : "managers",
      post: this.#oneIn(6) ? "managers" : "all",
    } as const;
    this.rooms.push(id);
    return { act: roomAct([by, ...others], { kind, history, policy }), by, twist: inChain(id) };
  }

  #inRoom(): Made {
    const id = this.#pick(this.rooms.slice(0, 5));
    const scope = id === undefined ? undefined : this.book.state.scopes.get(id);
    if (id === undefined || scope === undefined) return null;
    const members = this.#members(scope);
    const managers = members.filter(({ user }) => latest(scope.named.get(user) ?? []) === "manager");
    const by = this.#pick(this.#oneIn(6) ? this.people : this.#oneIn(3) ? members : managers) ?? this.#pick(members);
    if (by === undefined) return null;
    const inside = this.#pick(members) ?? by;
    const out = this.people.filter(({ user }) => scope.named.has(user) && !isScopeMember(this.book.state, scope, user));
    const waiting = this.#pick(out) ?? inside;
    const fresh = this.people.filter(({ user }) => !scope.named.has(user));
    const role = this.#oneIn(2) ? "manager" : "member";
    const policy = { ...SCOPE_POLICY, post: this.#oneIn(3) ? "managers" : "all" } as const;
    const acts: LinkAct[] = [
      scopeAct("scope_add", this.#pick(fresh) ?? inside),
      scopeAct("scope_add", this.#oneIn(2) ? waiting : this.#anyone()),
      scopeAct("scope_remove", this.#oneIn(2) ? by : (this.#pick([inside, waiting]) ?? by)),
      scopeAct("scope_readmit", waiting),
      scopeAct("scope_readmit", waiting),
      { kind: "C", type: "scope_role", body: { user: this.#oneIn(4) ? waiting.user : inside.user, role } },
      { kind: "C", type: "scope_policy", body: this.#oneIn(4) ? { ...policy, adds: "members" } : policy },
    ];
    const act = this.#oneIn(25) ? ({ kind: "C", type: "scope_archive", body: {} } as const) : this.#pick(acts);
    return act === undefined ? null : { act, by, twist: inChain(id) };
  }

  #people(): Made {
    const by = this.#boss();
    const who = this.#anyone();
    const gone = this.people.filter(
      ({ user }) => this.book.state.users.has(user) && roleAt(this.book.state, user) === null,
    );
    const former = this.#pick(gone);
    if (former !== undefined && this.#oneIn(2)) return { act: memberAct("member_restore", former), by };
    const pending = [...this.book.state.users.values()].find((person) => person.pendingRoot !== null);
    switch (this.#roll(6)) {
      case 0:
      case 1:
        return { act: memberAct("member_remove", who), by };
      case 2:
        return { act: memberAct("member_restore", who), by };
      case 3: {
        const { anew, act } = this.book.rekeyAct(who);
        this.#meet(anew);
        return { act, by };
      }
      case 4: {
        const root = pending?.pendingRoot?.rik ?? this.book.mint.bytes();
        return { act: { kind: "W", type: "rekey", body: { user: pending?.id ?? who.user, card: null, root } }, by };
      }
      default:
        return { act: roleAct(who, this.#pick(ROLES) ?? "member"), by };
    }
  }

  #own(): Made {
    const { book } = this;
    const by = this.#asNow(this.#anyone());
    // Who never came in has no chain at all: an entry in it would stop every fold.
    if (!book.state.users.has(by.user)) return null;
    const all = this.devices.map(({ device }) => device);
    const his = this.devices.filter(({ owner }) => owner.user === by.user).map(({ device }) => device);
    const old = this.#pick(this.#oneIn(8) ? all : his) ?? by.device;
    const gen = (book.state.users.get(by.user)?.recovery?.gen ?? 0) + (this.#oneIn(5) ? 2 : 1);
    switch (this.#roll(6)) {
      case 0: {
        const device = this.#oneIn(5) ? old : book.mint.device();
        this.devices.push({ owner: by, device });
        return { act: book.deviceAct(by, device), by };
      }
      case 1:
      case 2:
        return { act: book.revokeAct(by, old), by };
      case 3: {
        const fresh = book.mint.device();
        this.devices.push({ owner: by, device: fresh });
        const stated = this.#oneIn(2) ? [by.device, fresh] : [old];
        return { act: book.resetAct(by, stated, this.#oneIn(2) ? book.mint.recovery(gen) : null), by };
      }
      case 4: {
        const pair = book.mint.signPair();
        this.people.push({ ...by, rik: pair });
        const act: LinkAct = { kind: "U", type: "root_renew", body: { rik: pair.publicKey } };
        const second = this.#oneIn(6) ? by.rik : pair;
        return { act, by, twist: { extra: (bytes) => sign("root", second, bytes) } };
      }
      default:
        return { act: { kind: "U", type: "recovery_set", body: { recovery: book.mint.recovery(gen) } }, by };
    }
  }

  #shared(): Made {
    const by = this.#anyone();
    const channel = this.#pick(this.channels);
    const invite = this.#pick(this.invites);
    const kind = this.#roll(6);
    if (kind === 0 && invite !== undefined)
      return { act: { kind: "W", type: "invite_close", body: { invite: invite.id } }, by };
    if (kind === 1) {
      const invites = this.#oneIn(2) ? "members" : "admins";
      const channels = this.#oneIn(3) ? "admins" : "members";
      return { act: { kind: "W", type: "policy_set", body: { ...POLICY, invites, channels } }, by: this.#boss() };
    }
    if (kind === 2 && channel !== undefined)
      return { act: { kind: "W", type: "channel_archive", body: { channel } }, by };
    if (kind === 3 && channel !== undefined)
      return { act: { kind: "W", type: "channel_policy", body: { channel, post: "admins", retentionDays: null } }, by };
    const taken = this.#oneIn(6) ? this.rooms[0] : undefined;
    const made = mintId<"channel">(taken === undefined ? this.book.mint.bytes(16) : idBytes(taken));
    this.channels.push(made);
    return { act: { kind: "W", type: "channel_create", body: { channel: made } }, by };
  }
}
