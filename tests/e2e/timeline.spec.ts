// The log of a channel: opens at its newest message however tall the rows turn out, stays there, and lets go when the reader does.
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { gatherCrowd } from "@/tests/team.ts";
import { startWorld } from "@/tests/world.ts";
import { Crowd, message } from "@/tests/writers.ts";
import { Person } from "./kit.ts";

/** Texts of very different heights, so that no guess of them is right. */
const tall = (i: number) =>
  i % 3 === 0
    ? `${i}\n\n\`\`\`\n${"line\n".repeat(1 + (i % 7))}\`\`\``
    : `${i} ${"and a few words more ".repeat(i % 25)}`;

test("a newcomer stands at the newest message of a long channel, and stays there until he scrolls away", async ({
  browser,
}) => {
  const world = await startWorld({ staticDir: join(import.meta.dirname, "../../out") });
  const ana = await world.founder("Ana Duarte");
  const { id: general } = await ana.channel("general");
  const crowd = new Crowd(nodeTransport(world.origin));
  await gatherCrowd(ana, crowd, 1);
  await crowd.writers[0]?.send(
    general,
    Array.from({ length: 90 }, (_, i) => message(tall(i))),
  );
  await ana.say(general, "the newest of all");
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 1, hours: 1 });
  const ben = await Person.open(browser, world, "Ben Ode");
  await ben.join(link);
  await ben.sees("the newest of all");
  const newest = ben.log.getByText("the newest of all");
  const jump = ben.page.getByRole("button", { name: "To the newest message" });
  await expect(newest).toBeInViewport();
  await expect(jump).toHaveCount(0);
  // What comes in while he stands at the end keeps him there.
  await ana.say(general, "one more\n\nwith two\n\nparagraphs");
  await expect(ben.log.getByText("paragraphs")).toBeInViewport();
  await expect(jump).toHaveCount(0);
  // Once he scrolls away he is left where he is.
  await ben.log.hover();
  await ben.page.mouse.wheel(0, -4000);
  await expect(jump).toBeVisible();
  await ana.say(general, "while you were reading");
  await expect(ben.page.getByRole("button", { name: "1 new message" })).toBeVisible();
  await expect(ben.log.getByText("while you were reading")).not.toBeInViewport();
  expect(ben.watch.violations).toEqual([]);
  expect(ben.watch.errors).toEqual([]);
  await ben.close();
  await world.stop();
});
