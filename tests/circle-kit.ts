// Recovery circles in a test: clocks that are moved, the code confirmed, a helper asked over the telephone.
import { expect } from "vitest";
import type { AskId, UserId } from "@/lib/base/ids.ts";
import type { AskItem, HelpItem } from "@/lib/client/api/circle.ts";
import type { Clock } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import type { Actor } from "@/tests/world.ts";

export const HOUR = 3_600_000;

/** The wall's time, moved by `shift`. */
export class Shifted implements Clock {
  readonly #wall = wallClock();
  shift = 0;

  now(): number {
    return this.#wall.now() + this.shift;
  }

  after(ms: number, run: () => void): () => void {
    return this.#wall.after(ms, run);
  }
}

/** Gives back three words; answers all 24. */
export async function confirmed(actor: Actor): Promise<string> {
  const words = (await actor.engine.recoveryWords({ ws: actor.ws })) ?? [];
  const answers = [0, 7, 23].map((index) => ({ index, word: words[index] ?? "" }));
  expect(await actor.engine.confirmRecovery({ ws: actor.ws, answers })).toBe(true);
  return words.join(" ");
}

/** A circle of these helpers, known to all of them. */
export async function circle(owner: Actor, words: string, helpers: readonly Actor[], threshold: number): Promise<void> {
  const users = helpers.map((one) => one.account.me);
  await owner.engine.setCircle({ ws: owner.ws, words, helpers: users, threshold });
  for (const helper of helpers)
    await helper.until(`circle:${helper.ws}`, ({ helpOf }) => helpOf.some(({ user }) => user === owner.account.me));
}

/** The code that the asker reads to one helper. */
export async function readOut(asker: Actor): Promise<string> {
  await asker.engine.startAsk({});
  const { asks } = await asker.until(
    "regaining",
    (view) => view.asks.some(({ phase }) => phase === "showing"),
    "a code",
  );
  return asks.findLast(({ phase }) => phase === "showing")?.code ?? "";
}

/** The request as the helper holds it once everybody was told. */
export async function accepted(helper: Actor, code: string, owner: UserId): Promise<AskId> {
  const known = new Set(helper.account.circle.items.map(({ ask }) => ask));
  await helper.engine.inspectAsk({ ws: helper.ws, code });
  await helper.engine.acceptAsk({ ws: helper.ws, user: owner });
  const waits = ({ ask, state, begun }: HelpItem) => begun && state === "waiting" && !known.has(ask);
  const { helping } = await helper.until(`circle:${helper.ws}`, (view) => view.helping.some(waits), "a request");
  const ask = helping.findLast(waits)?.ask;
  if (ask === undefined) throw new TypeError("no request");
  return ask;
}

/** The asker rings a helper up, who takes it on. */
export async function asked(asker: Actor, helper: Actor, owner: UserId): Promise<AskId> {
  return await accepted(helper, await readOut(asker), owner);
}

/** What came of the request to the helper of this name. */
export async function outcome(asker: Actor, helper: string, is: (item: AskItem) => boolean): Promise<AskItem> {
  await asker.engine.lookAsks({});
  const found = (asks: readonly AskItem[]) => asks.find((one) => one.helper === helper && is(one));
  const view = await asker.until("regaining", ({ asks }) => found(asks) !== undefined, `word of ${helper}`);
  return found(view.asks) as AskItem;
}
