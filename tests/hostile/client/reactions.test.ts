// MS-34, reactions: each is its author's alone, on a message that is there, by its hash; each other try shows and counts nowhere.
import { expect, test } from "vitest";
import { mintId } from "@/lib/base/ids.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { craftEvent, postRaw } from "@/tests/hostile/crafter.ts";
import { openStage } from "@/tests/hostile/stage.ts";

const SECRET = "the numbers are in";

test("MS-34 a reaction counts for its author alone, on what is there by that hash, and only if it is an emoji", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const { actor: cleo } = stage.player(2);
  const { general } = stage;
  const { id } = await ana.say(general, SECRET);
  await ana.engine.react({ ws: ana.ws, channel: general, id, emoji: "👀", on: true });
  await ben.message(general, (item) => item.reactions[0]?.count === 1);
  const hash = ben.account.log.find(general, id)?.hash ?? new Uint8Array(32);
  const own = ben.account.log.records(general).find((record) => record.content?.k === "reaction");
  const wrong = randomBytes(32);
  const say = (target: { id: typeof id; hash: Uint8Array }, emoji = "👀", on = true, rev = 9): Content => ({
    k: "reaction",
    target,
    rev,
    emoji,
    on,
  });
  const tries: Content[] = [
    say({ id, hash: wrong }),
    say({ id: mintId<"event">(wrong.subarray(0, 16)), hash }),
    say({ id: own?.id ?? id, hash: own?.hash ?? wrong }),
    say({ id, hash }, "Ana agrees"),
    say({ id, hash }, "👀\u202e"),
  ];
  // Taking back what Ana said takes back nothing: it is Ben's own word.
  const honest = say({ id, hash }, "👀", false);
  for (const content of [...tries, honest]) await postRaw(ben, general, await craftEvent(ben, general, content));
  const view = await cleo.until(
    `timeline:${cleo.ws}:${general}`,
    ({ items }) => items.filter((item) => item.t === "refused").length === tries.length,
  );
  const codes = view.items.flatMap((item) => (item.t === "refused" ? [item.code] : []));
  expect(codes).toEqual([
    "event/unknown-target",
    "event/unknown-target",
    "event/unknown-target",
    "event/no-emoji",
    "event/no-emoji",
  ]);
  const item = await cleo.message(general, (one) => one.id === id);
  expect(item.reactions).toEqual([{ emoji: "👀", count: 1, mine: false, users: [ana.account.me] }]);
  stage.expectNoLeak(SECRET, "Ana agrees");
});
