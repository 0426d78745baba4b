// Delivery: from the wish to send until every member's transport has the message, beside bare `ws` with SQLite.
import type { ChannelId } from "@/lib/base/ids.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { toEventJson } from "@/lib/protocol/sync.ts";
import { gatherCrowd } from "@/tests/team.ts";
import { Crowd, message } from "@/tests/writers.ts";
import { type Ask, brief, type Figures, inRounds, median, percentile, ratioOf } from "./figures.ts";
import { type Floor, FloorClient, startFloor } from "./floor.ts";
import { listen } from "./listen.ts";
import { type Place, startPlace } from "./place.ts";

const TEXT = "x".repeat(200);
const ROUNDS = 3;

/** One round: ms of each delivery, and µs of the server's CPU a message. */
type Round = { readonly times: number[]; readonly cpu: number };

/** Calls `send` `count` times, `perSecond` of them a second, and resolves when all are through. */
function atPace(count: number, perSecond: number, send: (i: number) => Promise<void>): Promise<void> {
  const from = performance.now();
  const next = async (i: number): Promise<void> => {
    const due = from + (i * 1000) / perSecond - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due)));
    await send(i);
  };
  return Promise.all(Array.from({ length: count }, (_, i) => next(i))).then(() => undefined);
}

/** When each message began, and the times until its readers had it; `all` resolves when none is missing. */
class Arrivals {
  readonly times: number[] = [];
  readonly #began = new Map<string, number>();
  readonly #expected: number;
  #done: () => void = () => undefined;
  readonly all = new Promise<void>((resolve) => {
    this.#done = resolve;
  });

  constructor(expected: number) {
    this.#expected = expected;
  }

  begin(id: string): void {
    this.#began.set(id, performance.now());
  }

  /** The same message under the name by which it will come. */
  name(id: string, later: string): void {
    this.#began.set(later, this.#began.get(id) ?? 0);
  }

  arrived(id: string): void {
    const from = this.#began.get(id);
    if (from === undefined) return;
    this.times.push(performance.now() - from);
    if (this.times.length === this.#expected) this.#done();
  }
}

type Load = { readonly members: number; readonly perSecond: number; readonly count: number };

async function floorRound(floor: Floor, load: Load, body: string): Promise<Round> {
  const arrivals = new Arrivals(load.count * load.members);
  const clients: FloorClient[] = [];
  for (let i = 0; i < load.members; i += 1) {
    const client = await FloorClient.open(floor.url, 1);
    client.heard = (text) => arrivals.arrived(text.slice(0, text.indexOf(" ")));
    clients.push(client);
  }
  const before = await floor.server.cpu();
  await atPace(load.count, load.perSecond, async (i) => {
    arrivals.begin(`${i}`);
    await clients[i % clients.length]?.send(`${i} ${body}`);
  });
  await arrivals.all;
  const cpu = ((await floor.server.cpu()) - before) / load.count;
  for (const client of clients) client.close();
  return { times: arrivals.times, cpu };
}

async function productRound(place: Place, crowd: Crowd, channel: ChannelId, load: Load): Promise<Round> {
  const arrivals = new Arrivals(load.count * load.members);
  const members = crowd.writers.slice(0, load.members);
  const ends: (() => void)[] = [];
  for (const writer of members) ends.push(await listen(crowd.transport, writer, (row) => arrivals.arrived(row.id)));
  const before = await place.server.cpu();
  await atPace(load.count, load.perSecond, async (i) => {
    const writer = members[i % members.length];
    if (writer === undefined) return;
    arrivals.begin(`${i}`);
    const event = writer.seal(channel, message(TEXT));
    arrivals.name(`${i}`, event.id);
    await writer.append(channel, [event]);
  });
  await arrivals.all;
  const cpu = ((await place.server.cpu()) - before) / load.count;
  for (const end of ends) end();
  return { times: arrivals.times, cpu };
}

async function measure(place: Place, floor: Floor, crowd: Crowd, channel: ChannelId, load: Load): Promise<Figures> {
  const [writer] = crowd.writers;
  const body = writer === undefined ? "" : JSON.stringify(toEventJson(writer.seal(channel, message(TEXT), "size")));
  const { floor: bare, product } = await inRounds(
    ROUNDS,
    () => floorRound(floor, load, body),
    () => productRound(place, crowd, channel, load),
  );
  const p50 = (round: Round) => median(round.times);
  return {
    members: load.members,
    per_second: load.perSecond,
    deliveries: product.reduce((sum, { times }) => sum + times.length, 0),
    ratio_p50: ratioOf(product.map(p50), bare.map(p50)),
    target: 2,
    p50_ms: brief(median(product.map(p50))),
    p99_ms: brief(median(product.map(({ times }) => percentile(times, 0.99)))),
    floor_p50_ms: brief(median(bare.map(p50))),
    floor_p99_ms: brief(median(bare.map(({ times }) => percentile(times, 0.99)))),
    server_cpu_us: brief(median(product.map(({ cpu }) => cpu))),
    floor_cpu_us: brief(median(bare.map(({ cpu }) => cpu))),
  };
}

export async function deliver({ full }: Ask): Promise<Figures> {
  const place = await startPlace();
  const floor = await startFloor();
  const founder = await place.world.founder("Ana");
  const { id: channel } = await founder.channel("general");
  const crowd = new Crowd(nodeTransport(place.world.origin));
  const seconds = full ? 10 : 3;
  const loads: Load[] = [
    { members: 50, perSecond: 10, count: 10 * seconds },
    { members: 200, perSecond: 5, count: 5 * seconds },
  ];
  const found: Figures[] = [];
  for (const load of loads) {
    await gatherCrowd(founder, crowd, load.members - crowd.writers.length);
    // The founder's engine would open every message in this very process.
    await founder.engine.stop();
    found.push(await measure(place, floor, crowd, channel, load));
    await founder.reload();
    await founder.online();
  }
  await floor.stop();
  await place.world.stop();
  return { loads: found };
}
