// Everything that one run consists of: time, server, network, people, what they said, and what went wrong.
import { utf8 } from "@/lib/base/bytes.ts";
import { asFault, type Fault } from "@/lib/base/errors.ts";
import type { BlobId, ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Engine } from "@/lib/client/engine.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { type Dice, dice } from "@/tests/sim/dice.ts";
import { Formers } from "@/tests/sim/judge/formers.ts";
import { type Carrier, MemoryCarrier } from "./carrier.ts";
import { Device } from "./device.ts";
import { Host, type Image } from "./host.ts";
import { Net } from "./net.ts";
import { Person, Seat } from "./seat.ts";
import { SocketCarrier } from "./socket-carrier.ts";
import { Time } from "./time.ts";
import { Trace } from "./trace.ts";

/** One message as its author meant it. */
export type Said = {
  readonly channel: ChannelId;
  readonly by: Seat;
  readonly user: UserId;
  /** texts that its author ever gave it, the first first */
  readonly texts: string[];
  /** the author's screen took it: it must not be lost while he is in and his device lives */
  kept: boolean;
  /** its author has tried to take it back */
  deleted: boolean;
  readonly file: Uint8Array | null;
};

export type Tally = { tried: number; done: number };

export class Stage {
  readonly seed: number;
  readonly time = new Time();
  readonly dice: Dice;
  readonly trace: Trace;
  readonly host: Host;
  readonly carrier: Carrier;
  readonly net: Net;
  readonly people: Person[] = [];
  /** by the first text, which nobody else ever says */
  readonly said = new Map<string, Said>();
  /** what does not hold, in words */
  readonly faults: string[] = [];
  readonly tallies = new Map<string, Tally>();
  /** copies of the server's disk that were put aside */
  readonly images: Image[] = [];
  ws: WorkspaceId = "" as WorkspaceId;
  readonly formers = new Formers();
  operations = 0;
  /** how often the server fell back to an older copy */
  restored = 0;
  crashes = 0;
  attacks = 0;
  /** the server lies to these, or they are hostile themselves: they may be warned, and are judged by what they believe */
  readonly victims = new Set<Seat>();
  /** the one hostile member */
  villain: Seat | null = null;
  /** events that must change nothing for anybody */
  readonly fouls = new Set<EventId>();
  /** said past an engine, each by whom: his own word, which may be believed where he had the right to it (M4) */
  readonly slipped = new Map<string, UserId>();
  /** codes of which attacks may warn everybody */
  readonly allowed = new Set<string>();
  /** these got rows that no device could take for true, and show them as refused */
  readonly shown = new Set<Seat>();
  /** an admin said that everything was back while some had not given back what they held: theirs may be another history now (L10) */
  givenUp = false;
  /** these held such a history, were warned, and went over to a teammate's */
  readonly crossed = new Set<Seat>();
  forked = false;
  /** somebody may hold links that nobody else has: of a fork, or forged */
  parted = false;
  /** each with the files that it had of the server when it went its own way */
  readonly #twins = new Map<Host, ReadonlySet<BlobId>>();
  #underWay = 0;

  constructor(seed: number, print: ((line: string) => void) | null, sockets = false) {
    this.seed = seed;
    this.dice = dice(seed);
    this.trace = new Trace(() => this.time.now(), print);
    this.host = new Host({
      time: this.time,
      random: (bytes) => new Uint8Array(randomBytes(bytes)),
      log: (line) => {
        if (line.fault === "bug/unexpected") this.fault(`server: ${JSON.stringify(line)}`);
      },
    });
    this.carrier = sockets ? new SocketCarrier(this.host, this.time) : new MemoryCarrier(this.host);
    const { time, trace, carrier } = this;
    this.net = new Net({ time, trace, carrier, dice: dice(seed ^ 0x5eed) });
  }

  static seedOf(seed: number): Uint8Array {
    return utf8(`tacit simulation ${seed}`);
  }

  /** What is missing or odd on a device. One that was lied to may be so, if it told its person of something. */
  wrong(seat: Seat, what: string): void {
    if (this.isExcused(seat)) this.trace.say("told of it", what);
    else this.fault(what);
  }

  /** Another history came to it than the others': through lies, or since an admin gave up what it held. */
  isAstray(seat: Seat): boolean {
    return this.victims.has(seat) || this.crossed.has(seat);
  }

  /** It was lied to, and says so. */
  isExcused(seat: Seat): boolean {
    const { account } = seat;
    const told = account === undefined || account.notices.length > 0 || account.book.stop !== null;
    return this.victims.has(seat) && (told || this.shown.has(seat) || seat === this.villain);
  }

  /** Another server over a copy of the disk, in which everything may go on otherwise. */
  async twin(): Promise<Host> {
    const twin = new Host({ time: this.time, random: (bytes) => new Uint8Array(randomBytes(bytes)) }, this.host.copy());
    this.#twins.set(twin, new Set());
    await twin.start();
    this.#twins.set(twin, await twin.wholeBlobs());
    return twin;
  }

  /** Files that came to a twin alone: the server has never had them whole. */
  async strayFiles(): Promise<Set<BlobId>> {
    const strays = new Set<BlobId>();
    for (const [twin, before] of this.#twins)
      for (const blob of await twin.wholeBlobs()) if (!before.has(blob)) strays.add(blob);
    return strays;
  }

  /** Opens the doors. */
  async begin(): Promise<void> {
    await this.host.start();
    await this.carrier.begin();
  }

  close(): void {
    for (const seat of this.seats) seat.device.crash();
    this.carrier.close();
    for (const host of [this.host, ...this.#twins.keys()]) host.close();
  }

  fault(what: string): void {
    this.trace.say("FAULT", what);
    this.faults.push(what);
  }

  /** Runs `work` to its end in virtual time. Rejects when it does not come to one. */
  async go<T>(what: string, work: Promise<T>, ms = 300_000): Promise<T> {
    let ended = false;
    const watched = work.finally(() => {
      ended = true;
    });
    watched.catch(() => undefined);
    if (!(await this.time.run(ms, () => ended))) throw new TypeError(`${what} never came to an end`);
    return await watched;
  }

  /** The same on behalf of a device; what it meets is wrong there, and undefined comes back. */
  async goOn<T>(seat: Seat, what: string, work: Promise<T>): Promise<T | undefined> {
    try {
      return await this.go(what, work);
    } catch (thrown) {
      this.wrong(seat, `${seat.device.name} at ${what}: ${asFault(thrown).message}`);
      return undefined;
    }
  }

  /** Lets `work` run on beside everything else. */
  beside(name: string, work: Promise<unknown>): void {
    this.#underWay += 1;
    const tally = this.tallies.get(name) ?? { tried: 0, done: 0 };
    this.tallies.set(name, tally);
    tally.tried += 1;
    const end = (word: string) => {
      this.#underWay -= 1;
      this.trace.say(name, word);
    };
    work.then(
      () => {
        tally.done += 1;
        end("done");
      },
      (thrown: unknown) => {
        const fault = asFault(thrown);
        end(fault.code);
        if (!isInnocent(fault)) this.fault(`${name}: ${fault.message} ${stackOf(fault)}`);
      },
    );
  }

  get underWay(): number {
    return this.#underWay;
  }

  person(name: string): Person {
    const person = new Person(name);
    this.people.push(person);
    return person;
  }

  /** A further device of a person, switched on. */
  async seat(person: Person): Promise<Seat> {
    const name = `${person.name}${person.seats.length + 1}`;
    const skew = this.dice.chance(0.2) ? this.dice.below(2 * 3_600_000) - 3_600_000 : this.dice.below(20_000) - 10_000;
    const device = new Device(name, this.net, skew, (thrown) => this.fault(`${name} does not start: ${thrown}`));
    const seat = new Seat(person, device);
    person.seats.push(seat);
    device.open();
    await this.time.drain();
    return seat;
  }

  get seats(): Seat[] {
    return this.people.flatMap(({ seats }) => seats);
  }

  /** Every running device that is in, as far as it knows. */
  get inside(): Seat[] {
    return this.seats.filter((seat) => !seat.lost && seat.inside);
  }

  engineOf(seat: Seat): Engine {
    return seat.device.running;
  }

  accountOf(seat: Seat): Account {
    const { account } = seat;
    if (account === undefined) throw new TypeError(`${seat.device.name} has no account`);
    return account;
  }
}

/** Codes that say that something is broken, whoever asked for what. */
const BROKEN = [
  "bug/",
  "wire/",
  "store/",
  "net/bad-answer",
  "net/redirected",
  "net/insecure",
  "crypto/bad",
  "proof/fork",
];

/** What a person may meet when others were faster, the network was bad, or he had no right. */
function isInnocent(fault: Fault): boolean {
  return !BROKEN.some((area) => fault.code.startsWith(area));
}

function stackOf(fault: Fault): string {
  const { cause } = fault;
  return cause instanceof Error ? (cause.stack ?? "").split("\n").slice(0, 6).join(" < ") : "";
}
