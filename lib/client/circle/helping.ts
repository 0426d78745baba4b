// A helper's side of a recovery circle: the code he was read, his 24 hours, the veto, and his part handed over (PROTOCOL D6).
import { Fault, isFault } from "@/lib/base/errors.ts";
import { type AskId, type MailboxId, stateChannel, type UserId } from "@/lib/base/ids.ts";
import type { Parts } from "@/lib/client/account/parts.ts";
import type { HelpItem } from "@/lib/client/api/circle.ts";
import { Post } from "@/lib/client/linking/post.ts";
import { handShare, openShare } from "@/lib/crypto/circle/shares.ts";
import { type CircleShare, exposeSecret, secretFrom } from "@/lib/crypto/keys.ts";
import { codeFits, type Mailbox, mailboxOf } from "@/lib/crypto/mailbox/code.ts";
import { roleAt } from "@/lib/proof/queries.ts";
import { latest } from "@/lib/proof/state.ts";
import { checkKemKey } from "@/lib/proof/verify.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import type { ContentOf } from "@/lib/protocol/event.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { LIMITS, VERSION } from "@/lib/protocol/limits.ts";
import {
  CIRCLE_SLOTS,
  circlePartStructure,
  circleRequestStructure,
  circleWordStructure,
} from "@/lib/protocol/mailbox/circle.ts";
import { parseCodeInput } from "@/lib/protocol/mailbox/code.ts";
import { layLetter } from "./post.ts";
import { askOf, circleOf, overSince, type Standing } from "./standing.ts";

const TABLE = "helping";
const MOST = 100;
const WAIT_MS = LIMITS.circleHours * 3_600_000;

/** A request that was accepted. Times are by both clocks: this device's, which counts, and the server's, which may only add. */
type Held = {
  mailbox: string;
  key: Uint8Array;
  kem: Uint8Array;
  user: string;
  n: number;
  since: number;
  server: number;
  told: boolean;
  state: "waiting" | "given" | "ended";
  why: "helper" | "owner" | "";
  /** the letter with the part, once it is made: a lost answer must not make another */
  part: Uint8Array | null;
};
type Found = { readonly mailbox: Mailbox; readonly kem: Uint8Array };

/** Requests to this person, on this device. */
export class Helping {
  readonly #account: Parts;
  readonly #held = new Map<AskId, Held>();
  #loaded: Promise<void> | null = null;
  #found: Found | null = null;

  constructor(account: Parts) {
    this.#account = account;
  }

  get found(): boolean {
    return this.#found !== null;
  }

  get items(): HelpItem[] {
    const now = this.#account.ports.clock.now();
    return [...this.#held].map(([ask, one]) => {
      const due = one.since + WAIT_MS;
      const state = one.state === "waiting" && one.told && now >= due ? "ready" : one.state;
      const why = one.why === "" ? null : one.why;
      return { ask, user: one.user as UserId, since: one.since, begun: one.told, due, state, why };
    });
  }

  /** After every catch-up: begins the time of those that everybody was told of, and ends what the person stopped. */
  async refresh(): Promise<void> {
    await this.#load();
    for (const [ask, held] of this.#held) {
      if (held.state !== "waiting") continue;
      if (this.#isOver(held)) await this.#end(ask, held, "owner").catch(() => undefined);
      else await this.#begin(ask, held).catch(() => undefined);
    }
  }

  /** Looks what waits under a code that was read to this person. Throws wire/bad-code, circle/code-gone, circle/… */
  async inspect(text: string): Promise<void> {
    await this.#load();
    const { transport, clock } = this.#account.ports;
    this.#found = null;
    const { code } = parseCodeInput("circle", text);
    const mailbox = mailboxOf("circle", code);
    if (this.#held.has(askOf(mailbox.id))) throw new Fault("circle/code-used");
    const content = await readRequest(new Post(transport, clock, mailbox));
    const request = circleRequestStructure.parse(content);
    if (!codeFits(code, "circle", [request.kem], request.r)) throw new Fault("circle/swapped");
    if (!checkKemKey(request.kem)) throw new Fault("proof/bad-key");
    this.#found = { mailbox, kem: request.kem };
    this.#account.changed("workspace");
  }

  /** It is this person, says the helper: everybody is told, and the time begins. */
  async accept(user: UserId): Promise<void> {
    const account = this.#account;
    const found = this.#found;
    if (found === null) throw new Fault("circle/no-request");
    await account.book.sync();
    if (account.book.stop !== null) throw new Fault("app/blocked", { detail: account.book.stop });
    const circle = this.#circleWithMe(user);
    // A part that is not there now would be found missing a day too late.
    await this.#share(circle);
    const held: Held = {
      mailbox: found.mailbox.id,
      key: exposeSecret(found.mailbox.key),
      kem: found.kem,
      user,
      n: account.state.n,
      since: account.ports.clock.now(),
      server: await this.#serverTime(),
      told: false,
      state: "waiting",
      why: "",
      part: null,
    };
    const ask = askOf(found.mailbox.id);
    await layLetter(account.session, found.mailbox, CIRCLE_SLOTS.word, this.#word(circle));
    this.#found = null;
    await this.#keep(ask, held);
    await this.#tell(ask, held, "asked");
    await this.#begin(ask, held).catch(() => undefined);
  }

  /** Not that person, or not now: nothing was promised. */
  refuse(): void {
    this.#found = null;
    this.#account.changed("workspace");
  }

  /** Hands over the part: not before the time is over, nor after the person's word that stops it. */
  async give(ask: AskId): Promise<void> {
    await this.#load();
    const account = this.#account;
    const held = this.#of(ask);
    await account.book.sync();
    if (account.book.stop !== null) throw new Fault("app/blocked", { detail: account.book.stop });
    if (this.#isOver(held)) {
      await this.#end(ask, held, "owner");
      throw new Fault("circle/stopped");
    }
    await this.#begin(ask, held);
    await this.#checkTime(ask, this.#of(ask));
    const circle = this.#circleWithMe(held.user as UserId);
    const share = await this.#share(circle);
    const seal = handShare(circle, account.me, { mailbox: held.mailbox as MailboxId, kem: held.kem }, share.share);
    const made = circlePartStructure.encode({ v: VERSION, part: { seal, boxes: share.boxes }, why: "given" });
    const part = held.part ?? made;
    await this.#keep(ask, { ...this.#of(ask), part });
    await layLetter(account.session, mailboxIn(held), CIRCLE_SLOTS.part, part);
    await this.#keep(ask, { ...this.#of(ask), state: "given" });
    await this.#tell(ask, held, "given");
  }

  /** The helper does not help after all. */
  async stop(ask: AskId): Promise<void> {
    await this.#load();
    await this.#end(ask, this.#of(ask), "helper");
  }

  #of(ask: AskId): Held {
    const held = this.#held.get(ask);
    if (held === undefined || held.state !== "waiting") throw new Fault("circle/no-request");
    return held;
  }

  #isOver(held: Held): boolean {
    const { book, state } = this.#account;
    const user = held.user as UserId;
    return overSince(book, user) > held.n || roleAt(state, user) === null;
  }

  #circleWithMe(user: UserId): Standing {
    const { book, me, state } = this.#account;
    const circle = circleOf(book, user);
    const named = circle?.helpers.some((one) => one.user === me) ?? false;
    if (circle === null || !named || roleAt(state, user) === null) throw new Fault("circle/not-helper");
    return circle;
  }

  /** One's own part, as the ledger names it, with the boxes that lie beside it. Throws circle/withheld. */
  async #share(circle: Standing): Promise<{ share: CircleShare; boxes: Uint8Array }> {
    const { session, keyring, me, rooms } = this.#account;
    await rooms.fetchPuks();
    const { seals, boxes } = await session.call("circle.keys", { user: circle.user });
    const rows = boxes.filter((row) => row.purpose === "circle" && row.scope === (circle.user as string));
    for (const row of seals) {
      const seed = keyring.puk(row.gen);
      if (row.purpose !== "circle" || seed === undefined) continue;
      const share = openShare(circle, { user: me, gen: row.gen, seed }, fromJson(row.ct));
      const [first] = rows;
      if (typeof share !== "string" && first !== undefined) return { share, boxes: fromJson(first.ct) };
    }
    throw new Fault("circle/withheld");
  }

  #word(circle: Standing): Uint8Array {
    const { state, me, registers } = this.#account;
    const { ws, user, threshold } = circle;
    const named = (one: UserId) => registers.profile(one)?.name ?? "";
    const helpers = circle.helpers.map((one) => ({ ...one, name: named(one.user) }));
    const rik = latest(state.users.get(user)?.rik ?? []) ?? new Uint8Array();
    const { n, head } = state;
    const place = { ws, user, rik, n, head, workspace: registers.workspace()?.name ?? "", person: named(user) };
    return circleWordStructure.encode({
      v: VERSION,
      by: me,
      waits: WAIT_MS,
      account: { ...place, threshold, helpers },
    });
  }

  /** The time begins when the notice has come back from the server: the person's devices can hear it from then on. */
  async #begin(ask: AskId, held: Held): Promise<void> {
    const { registers, me, ports } = this.#account;
    if (!held.told) {
      if (registers.circle(me, ask) === undefined) throw new Fault("circle/not-told");
      const server = await this.#serverTime();
      return await this.#keep(ask, { ...held, told: true, since: ports.clock.now(), server });
    }
    // A clock that was ahead and was put right: it counts from here.
    if (ports.clock.now() < held.since) await this.#keep(ask, { ...held, since: ports.clock.now() });
  }

  /** A clock that jumps ahead shortens nothing while the server's goes on as clocks do, and the other way round. */
  async #checkTime(ask: AskId, held: Held): Promise<void> {
    const server = await this.#serverTime();
    if (server < held.server) await this.#keep(ask, { ...held, server });
    const gone = Math.min(this.#account.ports.clock.now() - held.since, server - held.server);
    if (gone < WAIT_MS) throw new Fault("circle/too-early", { detail: String(WAIT_MS - Math.max(0, gone)) });
  }

  async #serverTime(): Promise<number> {
    return (await this.#account.session.call("sync.state", {})).now;
  }

  async #end(ask: AskId, held: Held, why: "helper" | "owner"): Promise<void> {
    await this.#keep(ask, { ...held, state: "ended", why });
    const letter = circlePartStructure.encode({ v: VERSION, part: null, why });
    await this.#tell(ask, held, "ended");
    await layLetter(this.#account.session, mailboxIn(held), CIRCLE_SLOTS.part, letter);
  }

  async #tell(ask: AskId, { user, n }: Held, step: ContentOf<"circle">["step"]): Promise<void> {
    const { registers, me, ports, workspaceScope } = this.#account;
    const rev = registers.nextRev(registers.circle(me, ask));
    const said = { k: "circle", user: user as UserId, rev, ask, n, step, at: ports.clock.now() } as const;
    await this.#account.send(stateChannel(workspaceScope), said);
  }

  async #keep(ask: AskId, held: Held): Promise<void> {
    await this.#account.vault.put(TABLE, ask, held);
    this.#held.set(ask, held);
    this.#account.changed("workspace");
  }

  async #load(): Promise<void> {
    this.#loaded ??= this.#read();
    await this.#loaded;
  }

  async #read(): Promise<void> {
    const rows = await this.#account.vault.scan<Held & Cbor>(TABLE, { limit: MOST });
    for (const { key, value } of rows) this.#held.set(key as AskId, value);
  }
}

function mailboxIn({ mailbox, key }: Held): Mailbox {
  return { id: mailbox as MailboxId, key: secretFrom("mailbox", key) };
}

async function readRequest(post: Post): Promise<Uint8Array> {
  try {
    const { content } = await post.read(CIRCLE_SLOTS.request);
    if (content !== null) return content;
  } catch (thrown) {
    if (isFault(thrown, "link/swapped")) throw new Fault("circle/swapped");
    if (!isFault(thrown, "may/no-mailbox")) throw thrown;
  }
  throw new Fault("circle/code-gone");
}
