// Sustained writing: 10 rooms of 5, each member with 8 messages outstanding, beside bare `ws` with group commit.
import type { WebSocket } from "ws";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { currentEpoch } from "@/lib/proof/queries.ts";
import { toEventJson } from "@/lib/protocol/sync.ts";
import { gatherCrowd } from "@/tests/team.ts";
import { Crowd, type HeldKey, message, type Writer } from "@/tests/writers.ts";
import { type Ask, brief, type Figures, median, ratioOf, timed } from "./figures.ts";
import { type Floor, FloorClient, startFloor } from "./floor.ts";
import { LeanCalls, leanEar } from "./lean.ts";
import { type Place, startPlace } from "./place.ts";

const ROOMS = 10;
const MEMBERS = 5;
const OUTSTANDING = 8;
const ROUNDS = 5;
const TEXT = "x".repeat(200);

/** One round: messages accepted in a second, µs of the server's CPU a message. */
type Round = { readonly perSecond: number; readonly cpu: number };
type Seat = { readonly writer: Writer; readonly channel: ChannelId };

async function keyOf(account: Account, channel: ChannelId): Promise<HeldKey> {
  const scope = account.scopeOf(channel);
  const epoch = scope === undefined ? null : currentEpoch(account.state, scope);
  const key = scope === undefined || epoch === null ? undefined : await account.rooms.find(scope, epoch.epoch);
  if (epoch === null || key === undefined) throw new TypeError("no key");
  return { epoch: epoch.epoch, key, kc: epoch.kc };
}

async function seats(place: Place, crowd: Crowd): Promise<Seat[]> {
  const founder = await place.world.founder("Ana");
  await gatherCrowd(founder, crowd, ROOMS * MEMBERS);
  await founder.account.book.sync();
  const found: Seat[] = [];
  for (let room = 0; room < ROOMS; room += 1) {
    const writers = crowd.writers.slice(room * MEMBERS, (room + 1) * MEMBERS);
    const members = writers.map(({ me }) => me.user);
    const input = { ws: founder.ws, kind: "private", name: `room ${room}`, topic: "", history: "full" } as const;
    const { channel } = await founder.engine.createChannel({ ...input, members });
    crowd.rooms.set(channel, await keyOf(founder.account, channel));
    for (const writer of writers) found.push({ writer, channel });
  }
  await founder.online();
  await founder.engine.stop();
  return found;
}

type Line = { readonly token: string; readonly bodies: readonly Buffer[] };

/** Eight outstanding as the outbox has them: what waits goes in one call, in order; the next follows on its answer. */
async function together(calls: LeanCalls, { token, bodies }: Line): Promise<void> {
  for (const body of bodies) {
    const answer = await calls.call("events.append", body, token);
    if (!answer.includes('"refused":null')) throw new TypeError(answer);
  }
}

/** Sealed and written down before the clock starts. */
async function lineOf({ writer, channel }: Seat, batches: number, size: number, line: string): Promise<Line> {
  const bodies = Array.from({ length: batches }, () => {
    const events = Array.from({ length: size }, () => toEventJson(writer.seal(channel, message(TEXT), line)));
    return Buffer.from(JSON.stringify({ channel, events }));
  });
  return { token: await writer.session.token(), bodies };
}

type Ground = { readonly place: Place; readonly calls: LeanCalls; readonly seats: readonly Seat[] };

async function productRound({ place, calls, seats }: Ground, batches: number, apart: boolean): Promise<Round> {
  const messages = seats.length * batches * OUTSTANDING;
  // Eight lines of a person, one message in each call: what eight devices of his would do.
  const lines = apart ? OUTSTANDING : 1;
  const work: Line[] = [];
  for (const seat of seats)
    for (let line = 0; line < lines; line += 1)
      work.push(await lineOf(seat, batches, OUTSTANDING / lines, `${lines} ${line}`));
  const before = await place.server.cpu();
  const ms = await timed(() => Promise.all(work.map((line) => together(calls, line))));
  const cpu = ((await place.server.cpu()) - before) / messages;
  return { perSecond: (messages * 1000) / ms, cpu };
}

async function floorRound(floor: Floor, clients: readonly FloorClient[], each: number, body: string): Promise<Round> {
  const messages = clients.length * each;
  const before = await floor.server.cpu();
  const one = async (client: FloorClient): Promise<void> => {
    let left = each;
    const line = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await client.send(body);
      }
    };
    await Promise.all(Array.from({ length: OUTSTANDING }, line));
  };
  const ms = await timed(() => Promise.all(clients.map(one)));
  const cpu = ((await floor.server.cpu()) - before) / messages;
  return { perSecond: (messages * 1000) / ms, cpu };
}

export async function sustained({ full }: Ask): Promise<Figures> {
  const place = await startPlace();
  const floor = await startFloor();
  const crowd = new Crowd(nodeTransport(place.world.origin));
  const all = await seats(place, crowd);
  const calls = new LeanCalls(place.world.origin, all.length * OUTSTANDING);
  const ears: WebSocket[] = [];
  for (const { writer } of all) ears.push(await leanEar(place.world.origin, await writer.session.token()));
  const ground = { place, calls, seats: all };
  const clients: FloorClient[] = [];
  for (let i = 0; i < all.length; i += 1) clients.push(await FloorClient.open(floor.url, i % ROOMS));
  const [first] = all;
  if (first === undefined) throw new TypeError("nobody");
  const body = JSON.stringify(toEventJson(first.writer.seal(first.channel, message(TEXT), "size")));
  const batches = full ? 50 : 8;
  const bare: Round[] = [];
  const outbox: Round[] = [];
  const single: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rounds = [
      await floorRound(floor, clients, batches * OUTSTANDING, body),
      await productRound(ground, batches, false),
      await productRound(ground, Math.ceil(batches / 4), true),
    ] as const;
    // The first round only warms up.
    if (round === 0) continue;
    bare.push(rounds[0]);
    outbox.push(rounds[1]);
    single.push(rounds[2]);
  }
  for (const ear of ears) ear.terminate();
  calls.close();
  for (const client of clients) client.close();
  await floor.stop();
  await place.world.stop();
  const rate = (rounds: readonly Round[]) => rounds.map(({ perSecond }) => perSecond);
  const cpu = (rounds: readonly Round[]) => brief(median(rounds.map((round) => round.cpu)));
  return {
    rooms: ROOMS,
    members: all.length,
    outstanding: OUTSTANDING,
    messages_a_round: all.length * batches * OUTSTANDING,
    ratio: ratioOf(rate(outbox), rate(bare)),
    target: 0.35,
    accepted_per_s: brief(median(rate(outbox))),
    floor_per_s: brief(median(rate(bare))),
    server_cpu_us: cpu(outbox),
    floor_cpu_us: cpu(bare),
    one_message_a_call: {
      ratio: ratioOf(rate(single), rate(bare)),
      accepted_per_s: brief(median(rate(single))),
      server_cpu_us: cpu(single),
    },
  };
}
