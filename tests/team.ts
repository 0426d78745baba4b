// A team at work: whole engines, signing writers, channels and events on one server, then one more who joins.
import type { ChannelId } from "@/lib/base/ids.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import type { Actor, World } from "./world.ts";
import { Crowd, message } from "./writers.ts";

export type TeamSize = {
  /** whole engines, the founder among them */
  readonly engines: number;
  readonly writers: number;
  /** public channels, #general among them */
  readonly channels: number;
  readonly events: number;
  /** events that a writer sends in one call */
  readonly burst: number;
};

export type Team = {
  readonly engines: readonly Actor[];
  readonly crowd: Crowd;
  readonly channels: readonly ChannelId[];
  /** texts by channel, each once, as they were sent */
  readonly texts: ReadonlyMap<ChannelId, readonly string[]>;
};

const USES = 25;

/** People of the crowd join by links of 25 uses, of which one stays open so that no key changes on the way. */
export async function gatherCrowd(founder: Actor, crowd: Crowd, count: number): Promise<void> {
  let link = "";
  for (let i = 0; i < count; i += 1) {
    if (i % (USES - 1) === 0)
      ({ link } = await founder.engine.createInvite({ ws: founder.ws, label: "team", maxUses: USES, hours: 24 }));
    await crowd.join(link, `Writer ${i + 1}`);
  }
}

/** Public channels until there are `count`. */
export async function openChannels(founder: Actor, count: number): Promise<ChannelId[]> {
  const { id: general } = await founder.channel("general");
  const channels = [general];
  while (channels.length < count) {
    const name = `room-${channels.length + 1}`;
    const input = { ws: founder.ws, kind: "public", name, topic: "", history: "full", members: [] } as const;
    channels.push((await founder.engine.createChannel(input)).channel);
  }
  return channels;
}

/** Builds the team and lets it talk: every text says who wrote it and is unlike any other. */
export async function workTogether(world: World, size: TeamSize): Promise<Team> {
  const founder = await world.founder("Ana");
  const engines = [founder];
  for (let i = 1; i < size.engines; i += 1) engines.push(await world.invited(founder, `Engine ${i}`));
  const channels = await openChannels(founder, size.channels);
  const crowd = new Crowd(nodeTransport(world.origin));
  await gatherCrowd(founder, crowd, size.writers);
  const texts = new Map<ChannelId, string[]>(channels.map((channel) => [channel, []]));
  const bursts = Math.ceil(size.events / size.burst);
  let sent = 0;
  for (let i = 0; i < bursts; i += 1) {
    // Coprime steps: every writer comes through every channel, and neighbours in a channel are different people.
    const channel = channels[(i * 7) % channels.length] as ChannelId;
    const w = (i + Math.floor(i / channels.length)) % crowd.writers.length;
    const burst = Array.from({ length: Math.min(size.burst, size.events - sent) }, (_, k) => textOf(w, sent + k));
    sent += burst.length;
    await crowd.writers[w]?.send(channel, burst.map(message));
    texts.get(channel)?.push(...burst);
  }
  return { engines, crowd, channels, texts };
}

const WORDS = "the ferry leaves at nine and the boxes for the shop are on the quay by the blue door".split(" ");

function textOf(writer: number, number: number): string {
  const from = number % WORDS.length;
  const said = [...WORDS.slice(from), ...WORDS.slice(0, from)].slice(0, 4 + (number % 14)).join(" ");
  return `${number} by writer ${writer + 1}: ${said}`;
}
