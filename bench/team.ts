// A team of 60 on one server, 40 channels, 20,000 events: how long until the next one reads, and how fast channels switch.
import type { ChannelId } from "@/lib/base/ids.ts";
import { workTogether } from "@/tests/team.ts";
import type { Actor } from "@/tests/world.ts";
import { type Ask, brief, type Figures, median, percentile, timed } from "./figures.ts";
import { startPlace } from "./place.ts";

const ROUNDS = 5;

/** Milliseconds from the wish to look at a channel to its first snapshot with a message in it. */
function switchTo(actor: Actor, channel: ChannelId): Promise<number> {
  const from = performance.now();
  return new Promise((resolve) => {
    const end = actor.engine.subscribe(`timeline:${actor.ws}:${channel}`, ({ items }) => {
      if (!items.some((item) => item.t === "message")) return;
      resolve(performance.now() - from);
      queueMicrotask(() => end());
    });
  });
}

export async function team({ full }: Ask): Promise<Figures> {
  const { world, server } = await startPlace();
  const events = full ? 20_000 : 4_000;
  const size = { engines: 3, writers: 57, channels: 40, events, burst: 5 };
  let made: Awaited<ReturnType<typeof workTogether>> | undefined;
  const built = await timed(async () => {
    made = await workTogether(world, size);
    for (const actor of made.engines) await actor.online();
  });
  const [founder] = made?.engines ?? [];
  const channels = made?.channels ?? [];
  const [general] = channels;
  if (founder === undefined || general === undefined) throw new TypeError("no team");
  for (const actor of made?.engines ?? [])
    for (const channel of channels) await actor.reads(channel, made?.texts.get(channel)?.at(-1) ?? "");
  const { link } = await founder.engine.createInvite({ ws: founder.ws, label: "late", maxUses: 1, hours: 24 });
  const late = await world.actor("Late");
  const cpu = process.cpuUsage();
  const from = performance.now();
  const { ws } = await late.engine.joinWorkspace({ fragment: `#${link.split("#")[1]}`, name: "Late", avatar: null });
  const joined = performance.now() - from;
  late.ws = ws;
  await late.reads(general, made?.texts.get(general)?.at(-1) ?? "");
  const readable = performance.now() - from;
  await late.online();
  const complete = performance.now() - from;
  const used = process.cpuUsage(cpu);
  await late.reload();
  await late.online();
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const times: number[] = [];
    for (const channel of channels) times.push(await switchTo(late, channel));
    rounds.push(times);
  }
  const all = rounds.flat();
  const serverCpu = await server.cpu();
  await world.stop();
  return {
    members: 61,
    channels: channels.length,
    events,
    built_s: brief(built / 1000),
    join_ms: {
      joined: brief(joined),
      general_readable: brief(readable),
      all_channels: brief(complete),
      cpu: brief((used.user + used.system) / 1000),
      target: 5000,
    },
    switch_ms: {
      p50: brief(median(all)),
      p99: brief(percentile(all, 0.99)),
      first_round_p99: brief(percentile(rounds[0] ?? [], 0.99)),
      later_p99: brief(percentile(rounds.slice(1).flat(), 0.99)),
      target_p99: 100,
    },
    server_cpu_s: brief(serverCpu / 1e6),
  };
}
