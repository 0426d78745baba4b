// Coming back after a week: 5,000 events in 20 channels fetched, verified and stored, beside decrypting and verifying them alone.

import type { ChannelId } from "@/lib/base/ids.ts";
import { workspaceScope } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { createEngine } from "@/lib/client/engine.ts";
import { type InboxContext, openRow } from "@/lib/client/events/inbox.ts";
import { EMPTY_MARK } from "@/lib/client/events/records.ts";
import type { Storage } from "@/lib/client/ports.ts";
import type { EpochKey } from "@/lib/crypto/keys.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { lockArena } from "@/lib/platform/locks.ts";
import { type MemoryProfile, memoryPorts } from "@/lib/platform/memory/ports.ts";
import { memoryStorage } from "@/lib/platform/memory/storage.ts";
import { webCryptoVerifier } from "@/lib/platform/runtime/verifier.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { RowJson } from "@/lib/protocol/sync.ts";
import { workTogether } from "@/tests/team.ts";
import type { Actor } from "@/tests/world.ts";
import { message } from "@/tests/writers.ts";
import { type Ask, brief, type Figures, median, ratioOf, timed } from "./figures.ts";
import { startPlace } from "./place.ts";

const ROUNDS = 3;

type Week = { readonly rows: RowJson[]; readonly ends: ReadonlyMap<ChannelId, number> };

/** What was written since this engine was here, as the server gives it. */
async function weekOf(
  account: Account,
  start: (channel: ChannelId) => number,
  channels: readonly ChannelId[],
): Promise<Week> {
  const rows: RowJson[] = [];
  const ends = new Map<ChannelId, number>();
  for (const channel of channels) {
    for (let after = start(channel); ; ) {
      const page = await account.session.call("events.read", {
        channel,
        after,
        before: null,
        limit: LIMITS.eventsPerRead,
      });
      rows.push(...(page.rows as RowJson[]));
      ends.set(channel, page.last);
      after = (page.rows.at(-1) as RowJson | undefined)?.pos ?? page.last;
      if (after >= page.last) break;
    }
  }
  return { rows, ends };
}

/** Decrypts and verifies every row, and keeps nothing. */
async function openAlone(account: Account, rows: readonly RowJson[]): Promise<void> {
  const scope = workspaceScope(account.ws);
  const keys = new Map<number, EpochKey | undefined>();
  for (const epoch of new Set(rows.map((row) => row.epoch))) keys.set(epoch, await account.rooms.find(scope, epoch));
  for (const row of rows) {
    const context: InboxContext = {
      ws: account.ws,
      me: account.me,
      channel: row.channel as ChannelId,
      scope,
      self: false,
      ledger: account.state,
      final: true,
      key: (epoch) => keys.get(epoch),
      commitment: (epoch) => account.rooms.commitment(scope, epoch),
      seen: () => false,
      place: () => undefined,
      hash: () => undefined,
      newer: () => undefined,
    };
    const opened = openRow(row, EMPTY_MARK, context);
    if (opened === "event/duplicate" || "ahead" in opened || opened.record.status !== "opened")
      throw new TypeError("not opened");
  }
}

/** The same disk once more, so that every round begins where the week began. */
async function copyOf(storage: Storage): Promise<Storage> {
  const copy = memoryStorage();
  for (const table of await storage.tables()) {
    const rows = await storage.scan(table, { limit: Number.MAX_SAFE_INTEGER });
    await copy.write(rows.map(({ key, value }) => ({ op: "put", table, key, value })));
  }
  return copy;
}

/** Starts an engine over the profile as it was before the week; ms until the first channel reads, and until all are here. */
async function comeBack(actor: Actor, ends: ReadonlyMap<ChannelId, number>, newest: string, first: ChannelId) {
  const profile: MemoryProfile = { ...actor.profile, storage: await copyOf(actor.profile.storage), arena: lockArena() };
  const from = performance.now();
  const ports = { ...memoryPorts(actor.transport, profile, wallClock()), verifier: webCryptoVerifier() };
  const engine = await createEngine(ports);
  const account = engine.accounts.get(actor.ws);
  if (account === undefined) throw new TypeError("no account");
  let reads = 0;
  const all = await new Promise<number>((resolve) => {
    const look = () => {
      if ([...ends].every(([channel, end]) => account.log.mark(channel).high >= end)) finish();
    };
    const endings = [
      engine.subscribe(`workspace:${actor.ws}`, look),
      engine.subscribe(`timeline:${actor.ws}:${first}`, ({ items }) => {
        if (reads === 0 && items.some((one) => one.t === "message" && one.text === newest))
          reads = performance.now() - from;
        look();
      }),
    ];
    const finish = () => {
      queueMicrotask(() => {
        for (const end of endings) end();
      });
      resolve(performance.now() - from);
    };
  });
  await engine.stop();
  ports.locks.crash();
  return { all, reads };
}

export async function catchup({ full }: Ask): Promise<Figures> {
  const events = full ? 5_000 : 1_500;
  const { world } = await startPlace();
  const team = await workTogether(world, { engines: 2, writers: 20, channels: 20, events: 400, burst: 5 });
  const away = team.engines[1];
  const [first] = team.channels;
  if (away === undefined || first === undefined) throw new TypeError("nobody");
  await away.online();
  for (const channel of team.channels) await away.reads(channel, team.texts.get(channel)?.at(-1) ?? "");
  await away.stop();
  let newest = "";
  for (let i = 0; i < events; i += 5) {
    const channel = team.channels[(i / 5) % 20] as ChannelId;
    const burst = Array.from({ length: 5 }, (_, k) => `while away ${i + k}: the boxes are on the quay`);
    await team.crowd.writers[(i / 5) % 19]?.send(channel, burst.map(message));
    if (channel === first) newest = burst.at(-1) ?? "";
  }
  const founder = team.engines[0] as Actor;
  await founder.online();
  const { rows, ends } = await weekOf(
    founder.account,
    (channel) => team.texts.get(channel)?.length ?? 0,
    team.channels,
  );
  const product: number[] = [];
  const busy: { readonly product: number[]; readonly floor: number[] } = { product: [], floor: [] };
  const reading: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    // Fresh ones each time: what is decrypted once is remembered for its row.
    const fresh = structuredClone(rows);
    const from = process.cpuUsage();
    const came = await comeBack(away, ends, newest, first);
    const between = process.cpuUsage();
    const alone = await timed(() => openAlone(founder.account, fresh));
    const end = process.cpuUsage();
    if (round === 0) continue;
    busy.product.push(between.user + between.system - from.user - from.system);
    busy.floor.push(end.user + end.system - between.user - between.system);
    product.push(came.all);
    reading.push(came.reads);
    floor.push(alone);
  }
  await world.stop();
  return {
    events: rows.length,
    channels: 20,
    all_ms: brief(median(product)),
    first_channel_ms: { median: brief(median(reading)), target: 300 },
    floor_ms: brief(median(floor)),
    ratio: ratioOf(product, floor),
    // Of this process alone: what other work on the cores does not touch.
    cpu_ratio: ratioOf(busy.product, busy.floor),
    target: 1.5,
  };
}
