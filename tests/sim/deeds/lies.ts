// A server that lies to one device: rows played again, swapped, dropped or altered, links forged, a ledger held back, a fork.
import type { ChannelId, DeviceId, UserId } from "@/lib/base/ids.ts";
import { toJson } from "@/lib/protocol/fields.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";
import { Branch, craftEvent, handOf, message, rowOf } from "@/tests/hostile/crafter.ts";
import { toEntryJson } from "@/tests/hostile/liar.ts";
import { MemoryCarrier } from "@/tests/sim/world/carrier.ts";
import type { Lies } from "@/tests/sim/world/net.ts";
import type { Seat } from "@/tests/sim/world/seat.ts";
import type { Stage } from "@/tests/sim/world/stage.ts";
import type { Actor } from "@/tests/world.ts";
import { type Deed, pickFrom } from "./deed.ts";

const MOST_VICTIMS = 2;
/** A lie lasts from a moment to a minute. */
const LONGEST = 60_000;

/** One whom the server may lie to: never the founder, so that somebody stays who sees all. */
function victim(stage: Stage): Seat | null {
  const [founder] = stage.people;
  const known = stage.inside.filter((seat) => stage.victims.has(seat));
  const fresh = stage.inside.filter((seat) => seat.person !== founder && !stage.victims.has(seat));
  const seat = pickFrom(stage.dice, stage.victims.size >= MOST_VICTIMS ? known : [...known, ...fresh]);
  if (seat !== null) {
    stage.victims.add(seat);
    stage.attacks += 1;
  }
  return seat;
}

const honest: Lies = { answer: (_, __, data) => data, frames: (frame) => [frame] };

/** Lies to a device for a while; an engine that starts meanwhile is told the truth. */
function lie(stage: Stage, seat: Seat, lies: Partial<Lies>): Promise<void> {
  const { way } = seat.device;
  way.lies = { ...honest, ...lies };
  way.hangUp();
  return stage.time.wait(stage.dice.below(LONGEST)).then(() => {
    way.lies = null;
    way.hangUp();
  });
}

type Page = { rows: RowJson[]; last: number };
const isPage = (data: unknown): data is Page => typeof data === "object" && data !== null && "rows" in data;

/** A lie about pages of rows; what comes of it is refused, and shows. */
const aboutRows =
  (stage: Stage, seat: Seat, change: (rows: RowJson[]) => RowJson[]): Lies["answer"] =>
  (procedure, _, data) => {
    if (procedure !== "events.read" || !isPage(data)) return data;
    const rows = change([...data.rows]);
    if (rows.length === data.rows.length && rows.length > 0) stage.shown.add(seat);
    return { ...data, rows };
  };

function deed(name: string, start: (stage: Stage, seat: Seat) => Promise<unknown> | null): Deed {
  return {
    name,
    weight: 2,
    start: (stage) => {
      const seat = victim(stage);
      return seat === null ? null : start(stage, seat);
    },
  };
}

const dropRows = deed("lie: rows dropped", (stage, seat) => {
  const place = stage.dice.below(4);
  return lie(stage, seat, {
    answer: aboutRows(stage, seat, (rows) => rows.filter((_, i) => i !== rows.length - 1 - place)),
  });
});

const swapRows = deed("lie: rows swapped", (stage, seat) =>
  lie(stage, seat, {
    answer: aboutRows(stage, seat, (rows) => {
      const [a, b] = rows.slice(-2);
      if (a === undefined || b === undefined) return rows;
      return [...rows.slice(0, -2), { ...a, ...contentOf(b) }, { ...b, ...contentOf(a) }];
    }),
  }),
);

const contentOf = ({ nonce, ciphertext }: RowJson) => ({ nonce, ciphertext });

const alterRows = deed("lie: rows altered", (stage, seat) => {
  const odd = stage.dice.pick(["AAAA", "BBBB", "zzzz"]);
  const alter = (row: RowJson): RowJson => ({ ...row, ciphertext: `${odd}${row.ciphertext.slice(4)}` as never });
  return lie(stage, seat, {
    answer: aboutRows(stage, seat, (rows) => rows.map((row, i) => (i % 3 === 0 ? alter(row) : row))),
  });
});

const emptyRows = deed("lie: rows emptied", (stage, seat) =>
  lie(stage, seat, {
    answer: aboutRows(stage, seat, (rows) => rows.map((row) => ({ ...row, ciphertext: "" as never }))),
  }),
);

/** A row that this device has, or that another has, comes once more as if it were new: here or in another channel. */
const replay = deed("lie: row played again", (stage, seat) => {
  const account = stage.accountOf(seat);
  const from = pickFrom(
    stage.dice,
    stage.inside.filter((one) => one.account !== undefined),
  );
  if (from === null) return null;
  return (async () => {
    const source = stage.accountOf(from);
    const channel = stage.dice.pick(source.channels());
    const page = (await source.session.call("events.read", { channel, after: 0, before: null, limit: 100 })) as Page;
    const row = pickFrom(stage.dice, page.rows);
    const place = pickFrom(stage.dice, [channel, ...account.channels()]) as ChannelId;
    if (row === null) return;
    const pos = account.log.mark(place).high + 1;
    stage.shown.add(seat);
    seat.device.way.push({ t: "event", row: { ...row, channel: place, pos } });
  })();
});

/** A member and the server together: an event under a key that was left behind, as if it had been taken (E4, M4). */
const staleRow = deed("lie: row under an old key", (stage, seat) => {
  const { villain } = stage;
  const account = stage.accountOf(seat);
  const by = villain?.account;
  if (villain === seat || by === undefined) return null;
  const shared = by.channels().filter((channel) => account.channels().includes(channel));
  const old = shared.filter((channel) => (by.scopeState(channel)?.epochs.length ?? 0) > 1);
  const channel = pickFrom(stage.dice, old);
  if (channel === null) return null;
  return (async () => {
    const epoch = (by.scopeState(channel)?.epochs.length ?? 2) - 1;
    const twist = { header: { epoch }, sentAt: stage.time.now() };
    const text = `from the past ${stage.slipped.size}`;
    const event = await craftEvent({ account: by } as unknown as Actor, channel, message(text), twist);
    // No change that revokes may lie between that epoch and now: then it is his word like any other, and who is out cannot read it.
    stage.slipped.set(text, by.me);
    // Who was shown it takes it for a row that the server has lost, and gives it back to all (L10).
    stage.fouls.add(event.fields.id);
    const pos = account.log.mark(channel).high + 1;
    stage.shown.add(seat);
    seat.device.way.push({ t: "event", row: rowOf(event, pos, { receivedAt: stage.time.now() }) });
  })();
});

/** Links that nobody signed, or that who signed them had no right to. */
const forge = deed("lie: links forged", (stage, seat) => {
  const account = stage.accountOf(seat);
  const { me, state } = account;
  const by = { account } as unknown as Actor;
  const hand = handOf(by);
  const some = [...state.users.keys()].filter((user) => user !== me);
  const target = pickFrom(stage.dice, some) ?? me;
  const act = stage.dice.pick([
    { kind: "W", type: "role_set", body: { user: me, role: "owner" } },
    { kind: "W", type: "member_remove", body: { user: target } },
    { kind: "W", type: "rekey", body: { user: target, card: null, root: new Uint8Array(32).fill(7) } },
  ] as const);
  const actor = stage.dice.chance(0.5) ? { ...hand, user: target as UserId, device: deviceOf(stage, target) } : hand;
  const link = new Branch(by).add(actor, act, { frame: { ts: stage.time.now() } });
  const entry = link.entries.at(-1);
  if (entry === undefined) return null;
  const { n, hash } = link.head;
  // Who takes a void link into his ledger states another history from then on (L5, L9).
  stage.allowed.add("proof/fork");
  stage.parted = true;
  return lie(stage, seat, {
    answer: (procedure, input, data) => {
      const { after } = input as { after?: number };
      if (procedure !== "ledger.read" || after !== n - 1) return data;
      return { entries: [toEntryJson(entry)], head: { n, hash: toJson(hash) } };
    },
  });
});

function deviceOf(stage: Stage, user: UserId): DeviceId {
  const person = stage.inside[0]?.account?.state.users.get(user);
  return [...(person?.devices.keys() ?? [])][0] ?? ("AAAAAAAAAAAAAAAAAAAAAA" as DeviceId);
}

/** The ledger as it was: the newest links, and with them the changes that revoke, are not shown. */
const holdBack = deed("lie: ledger held back", (stage, seat) => {
  const { n, head } = stage.accountOf(seat).state;
  const old = { n, hash: toJson(head) };
  return lie(stage, seat, {
    answer: (procedure, _, data) => {
      if (procedure === "ledger.read") return { entries: [], head: old };
      return procedure === "ledger.head" ? old : data;
    },
    frames: (frame) => ((frame as { t: string }).t === "ledger" ? [] : [frame]),
  });
});

/** No keys: neither seals nor boxes are given. */
const noKeys = deed("lie: keys withheld", (stage, seat) =>
  lie(stage, seat, {
    answer: (procedure, _, data) => (procedure === "keys.read" ? { seals: [], boxes: [] } : data),
  }),
);

/** A copy of the server for one device alone, in which it goes on; then it is led back to where the others are. */
const fork: Deed = {
  name: "lie: fork",
  weight: 1,
  start: (stage) => {
    if (stage.forked || stage.host.app === null) return null;
    const seat = victim(stage);
    if (seat === null) return null;
    stage.forked = true;
    stage.parted = true;
    // What he writes there, and brings back, states another history (L9).
    stage.allowed.add("proof/fork");
    return (async () => {
      const twin = await stage.time.during(stage.twin());
      const { way } = seat.device;
      way.elsewhere = new MemoryCarrier(twin);
      way.hangUp();
      await stage.time.wait(5000 + stage.dice.below(4 * LONGEST));
      way.elsewhere = null;
      way.hangUp();
    })();
  },
};

export const LIES: readonly Deed[] = [
  dropRows,
  swapRows,
  alterRows,
  emptyRows,
  replay,
  staleRow,
  forge,
  holdBack,
  noKeys,
  fork,
];
