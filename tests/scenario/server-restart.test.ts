// A server that restarts knows no token any more: engines that run on come back, and what waited goes out.
import { expect, test } from "vitest";
import { startWorld } from "@/tests/world.ts";

test("A2 an engine whose token the restarted server forgot signs in anew and delivers what was written meanwhile", async () => {
  await using world = await startWorld();
  const ana = await world.founder("Ana");
  const ben = await world.invited(ana, "Ben");
  const general = await ana.channel("general");
  await world.server.stop();
  await ana.until(`workspace:${ana.ws}`, (view) => view.connection !== "online", "being cut off");
  await ana.engine.sendMessage({ ws: ana.ws, channel: general.id, text: "written while it was down", files: [] });
  await world.restart();
  await ben.reads(general.id, "written while it was down");
  expect((await ana.online()).connection).toBe("online");
});
