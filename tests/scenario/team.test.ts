// A whole team on one server: engines and signing writers, many channels; who joins last reads what all wrote, once.
import { expect, test } from "vitest";
import type { ChannelId } from "@/lib/base/ids.ts";
import { SIM_LIMITS } from "@/tests/sim/limits.ts";
import { workTogether } from "@/tests/team.ts";
import { type Actor, startWorld } from "@/tests/world.ts";

/** Texts of a channel as this engine holds them, after it has asked for everything older. */
async function allTexts(actor: Actor, channel: ChannelId, count: number): Promise<string[]> {
  const { account } = actor;
  await account.log.open(channel);
  while (account.log.records(channel).length < count && (await account.older(channel)));
  return account.log.records(channel).map(({ content }) => (content?.k === "message" ? content.text : "?"));
}

test("a team of 12 writes 1,000 events in 8 channels: nothing is lost, doubled or refused, for the last to join too", async () => {
  await using world = await startWorld({ limits: SIM_LIMITS });
  const team = await workTogether(world, { engines: 3, writers: 9, channels: 8, events: 1000, burst: 5 });
  const [founder] = team.engines;
  if (founder === undefined) throw new TypeError("nobody");
  const late = await world.invited(founder, "Late");
  for (const actor of [...team.engines, late]) {
    for (const [channel, texts] of team.texts) {
      const last = texts.at(-1) ?? "";
      await actor.reads(channel, last);
      expect(await allTexts(actor, channel, texts.length)).toEqual(texts);
    }
    expect(actor.account.notices).toEqual([]);
    const view = await actor.online();
    expect(view.people.length).toBe(13);
    expect(view.channels.filter(({ name }) => name === "")).toEqual([]);
  }
});
