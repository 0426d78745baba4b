// A server that was restored from an older backup: noticed, given back what this device holds, and left again (PROTOCOL L10, MS-49).
import { asFault, isFault } from "@/lib/base/errors.ts";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { End, Ends, Parts } from "@/lib/client/account/parts.ts";
import type { RestoredView } from "@/lib/client/api/restore.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import { isAdminRole, roleAt } from "@/lib/proof/queries.ts";
import type { Cbor } from "@/lib/protocol/cbor.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { HeadJson, RestoredJson, StateAnswer } from "@/lib/protocol/sync.ts";
import { giveKeys } from "./keys.ts";
import { giveRows } from "./rows.ts";

const TABLE = "restore";
const KEY = "last";
/** As many channels as the server takes in one question. */
const MOST_ASKED = 2000;
/** Of what was acknowledged last, as many are asked about. */
const NEWEST_SENT = 10;
/** And of what is loaded: some may lie there no more below what was written since. */
const SHOWN = 8;

/**
 * The last restore that this device gave back after, what is still to be purged again once it is over, and the channels
 * of which the server lacked something all the same: that is known to be lost.
 */
type Stored = {
  id: string;
  over: boolean;
  purges: { channel: string; ids: string[] }[];
  lost: { channel: string; known: string }[];
};

/** What giving back needs of an account. */
function handed(account: Parts) {
  const { ws, me, keyring, book, rooms, session, vault, log } = account;
  const channels = () => account.channels();
  const stateChannels = () => account.stateChannels();
  return { ws, me, keyring, book, rooms, session, vault, log, channels, stateChannels };
}

export class Healing {
  readonly #account: Parts;
  readonly #mutex = new Mutex();
  #restored: RestoredJson | null = null;
  #last: Stored | null = null;
  /** the restore and the server's head for which what belongs below that head was given */
  #below = "";

  constructor(account: Parts) {
    this.#account = account;
  }

  async load(): Promise<void> {
    this.#last = (await this.#account.vault.get<Stored & Cbor>(TABLE, KEY)) ?? null;
  }

  /** What a person is told; null while the server is whole. */
  get view(): RestoredView | null {
    const restored = this.#restored;
    const waiting = this.#last?.id === restored?.id;
    if (restored === null || (!restored.open && waiting)) return null;
    const { state, me } = this.#account;
    const { at, given, devices } = restored;
    const mayConfirm = restored.open && isAdminRole(roleAt(state, me));
    return { state: waiting ? "waiting" : "giving", at, given, devices, mayConfirm };
  }

  /** This device still has to give back: what it writes would name what others have not got again yet. */
  get isGiving(): boolean {
    return this.view?.state === "giving";
  }

  /** Links first: nothing else makes sense to a server that does not know them. Alarms when it does not take them. */
  async links(): Promise<void> {
    const { book, session } = this.#account;
    await this.#mutex.run(async () => {
      let refused = false;
      try {
        while (book.behind !== null) {
          const after = book.behind;
          const links = book.tail(after.n, LIMITS.batchLinks);
          if (links.length === 0) break;
          const { head, restored } = await session.call("restore.links", { after, links });
          this.#note(restored);
          await book.sync();
          // A server that took something shows it.
          refused = head.n <= after.n || book.behind?.n === after.n;
          if (refused) break;
        }
      } finally {
        if (refused || book.stop === "proof/rollback") this.#account.note("proof/rollback", "alarm", "");
      }
    });
  }

  /** What the server says of everything, asked about the newest events that are known here (L10). */
  async ask(before: Ends): Promise<StateAnswer> {
    const held = [...before].flatMap(([channel, { ids }]) => (ids.length > 0 ? [{ channel, ids: [...ids] }] : []));
    return await this.#account.session.call("sync.state", { held: held.slice(0, MOST_ASKED) });
  }

  /** Looks whether the server fell back, and gives back what it lacks. Net faults reject; the next time goes on. */
  async run(state: StateAnswer, before: Ends): Promise<void> {
    this.#note(state.restored);
    await this.#mutex.run(async () => {
      const { book, session } = this.#account;
      if (book.behind !== null) return await this.#giveBelow(book.behind);
      if (book.stop !== null && book.stop !== "proof/restored") return;
      if (this.#isSettled() && this.#isLess(state, before)) {
        this.#note(await session.call("restore.begin", {}));
        // To the server it is the same fall-back: what came here since this device gave back is given now.
        if (this.#last !== null && this.#isSettled()) await this.#keep({ ...this.#last, over: false });
      }
      // It fell back once more, to where the same restore was under way: what was given then is gone too.
      if (this.#restored?.open === true && state.lacking.some((channel) => before.has(channel))) this.#last = null;
      if (this.#restored !== null) await this.#give(this.#restored);
    });
  }

  /** An owner or admin says that this is everything. */
  async confirm(): Promise<void> {
    if (this.#restored?.open !== true) return;
    this.#note(await this.#account.session.call("restore.confirm", { id: this.#restored.id }));
  }

  /** No restore is under way that this device has not dealt with. */
  #isSettled(): boolean {
    return this.#restored === null || (!this.#restored.open && this.#last?.id === this.#restored.id);
  }

  /** The server lacks what came from it, and is not known to: it fell back without losing a link. */
  #isLess(state: StateAnswer, before: Ends): boolean {
    const known = new Map(this.#last?.lost.map((one) => [one.channel, one.known]));
    return [...this.#lost(state, before)].some(([channel, end]) => known.get(channel) !== end);
  }

  /**
   * Channels of which the server shows fewer events than came from it, or not the newest ones: others may have been
   * written in their places meanwhile. Each with what this device knows of its end.
   */
  #lost(state: StateAnswer, before: Ends): Map<ChannelId, string> {
    const ends = new Map(state.channels.map((one) => [one.channel, one.last]));
    const lacking = new Set(state.lacking);
    const mine = new Set([...this.#account.channels(), ...this.#account.stateChannels()]);
    const short = [...before].filter(
      ([channel, { high }]) => mine.has(channel) && ((ends.get(channel) ?? 0) < high || lacking.has(channel)),
    );
    return new Map(short.map(([channel, { high, ids }]) => [channel, [high, ...ids].join(" ")]));
  }

  /** Where channels stand now: all that this person may read. */
  ends(): Ends {
    const { log, outbox } = this.#account;
    const mine = [...this.#account.channels(), ...this.#account.stateChannels()];
    return new Map(
      mine.map((channel): [ChannelId, End] => {
        const { high, lastOwn, lastOther } = log.mark(channel);
        // What was acknowledged lay there too, though its row has not come back.
        const sent = outbox.entries(channel).flatMap(({ id, pos }) => (pos === null ? [] : [{ id, pos }]));
        const seen = [lastOwn, lastOther].flatMap((ref) => (ref === null ? [] : [ref.id]));
        const shown = log.records(channel).filter(({ status }) => status === "opened");
        const ids = [
          ...seen,
          ...sent.slice(-NEWEST_SENT).map(({ id }) => id),
          ...shown.slice(-SHOWN).map(({ id }) => id),
        ];
        return [channel, { high: Math.max(high, ...sent.map(({ pos }) => pos)), ids: [...new Set(ids)] }];
      }),
    );
  }

  async #give({ id, n, open }: RestoredJson): Promise<void> {
    const account = this.#account;
    if (this.#last?.id !== id) {
      await account.outbox.unlanded();
      await giveKeys(account, n);
      const purges = [...(await giveRows(account))].map(([channel, ids]) => ({ channel, ids: [...ids] }));
      await this.#keep({ id, over: false, purges, lost: [] });
      this.#note(await account.session.call("restore.done", { id }));
    }
    if ((this.#restored?.open ?? open) || this.#last?.over !== false) return;
    await this.#purge(this.#last.purges.map((one) => [one.channel as ChannelId, one.ids as EventId[]]));
    // Rows that were on their way here while this device looked what it holds.
    const late = await this.#lostNow();
    if (late.size > 0) await this.#purge(await giveRows(account, new Set(late.keys())));
    const lost = [...(late.size > 0 ? await this.#lostNow() : late)].map(([channel, known]) => ({ channel, known }));
    await this.#keep({ id, over: true, purges: [], lost });
    account.settled("proof/rollback");
  }

  /**
   * The server stands below this device, which holds no bodies of the links between: whoever has them gives them, if anybody
   * does. What belongs below that is given all the same, or this person's code could find his keys gone.
   */
  async #giveBelow(head: HeadJson): Promise<void> {
    const account = this.#account;
    const place = `${this.#restored?.id} ${head.n}`;
    if (this.#restored === null || this.#below === place) return;
    const giver = { ...handed(account), state: account.book.stateAt(head.n) };
    await giveKeys(giver, Math.min(this.#restored.n, head.n));
    await giveRows(giver);
    this.#below = place;
  }

  async #lostNow(): Promise<Map<ChannelId, string>> {
    const ends = this.ends();
    return this.#lost(await this.ask(ends), ends);
  }

  /** What was deleted since the backup lies there again: it is purged once more (M8). */
  async #purge(purges: Iterable<readonly [ChannelId, readonly EventId[]]>): Promise<void> {
    for (const [channel, ids] of purges) {
      try {
        for (let i = 0; i < ids.length; i += 100)
          await this.#account.session.call("events.purge", { channel, ids: ids.slice(i, i + 100), blobs: [] });
      } catch (thrown) {
        if (isFault(thrown, "may/not-found") || asFault(thrown).code === "event/wrong-author") continue;
        throw thrown;
      }
    }
  }

  async #keep(stored: Stored): Promise<void> {
    await this.#account.vault.put(TABLE, KEY, stored);
    this.#last = stored;
    this.#account.changed("workspace");
  }

  #note(restored: RestoredJson | null): void {
    this.#restored = restored;
    this.#account.book.restored = restored?.open ?? false;
    this.#account.changed("workspace");
  }
}
