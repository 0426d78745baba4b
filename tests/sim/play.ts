// One seed, from the founding to the verdict: the same seed does the same to the byte.
import { asFault } from "@/lib/base/errors.ts";
import { seedRandom } from "@/lib/crypto/random.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { sodiumReady } from "@/lib/proof/sodium.ts";
import type { Deed } from "./deeds/deed.ts";
import { HOSTILE } from "./deeds/hostile.ts";
import { KEYS } from "./deeds/keys.ts";
import { LIES } from "./deeds/lies.ts";
import { crash, NETWORK } from "./deeds/network.ts";
import { PEOPLE } from "./deeds/people.ts";
import { PLACES } from "./deeds/places.ts";
import { TALK } from "./deeds/talk.ts";
import { foundWorkspace } from "./founding.ts";
import { judge } from "./judge/judge.ts";
import { settle } from "./judge/settle.ts";
import { ROUGH } from "./world/net.ts";
import { Stage, type Tally } from "./world/stage.ts";

export type Outcome = {
  readonly seed: number;
  readonly kind: Kind;
  readonly operations: number;
  readonly said: number;
  readonly crashes: number;
  /** lies and attacks that were tried */
  readonly attacks: number;
  readonly faults: readonly string[];
  /** hash of all that happened, in order */
  readonly trace: string;
  readonly tallies: ReadonlyMap<string, Tally>;
};

/** pair: the foundation's schedule, two people who write and crash, a third put in and taken out. team: everything. siege: a server that lies to
 * some, and a hostile member, among honest people. */
export type Kind = "pair" | "team" | "siege";
const KINDS: readonly Kind[] = ["pair", "siege", "team", "pair", "team"];

export const OPERATIONS = 30;
const DEEDS: Readonly<Record<Kind, readonly Deed[]>> = {
  pair: [...TALK, ...NETWORK, ...PLACES.filter(({ weight }) => weight > 1)],
  siege: [...TALK, ...NETWORK.filter(({ name }) => !name.includes("copy")), ...PLACES, ...LIES, ...HOSTILE],
  team: [...TALK, ...NETWORK, ...PLACES, ...PEOPLE, ...KEYS],
};

export type PlayOptions = {
  readonly operations?: number;
  readonly sockets?: boolean;
  readonly print?: (line: string) => void;
};

/** Does something, anything, that makes sense now. */
function act(stage: Stage, deeds: readonly Deed[]): void {
  const sum = deeds.reduce((total, { weight }) => total + weight, 0);
  for (let tries = 0; tries < 40; tries += 1) {
    let roll = stage.dice.next() * sum;
    const deed = deeds.find(({ weight }) => {
      roll -= weight;
      return roll < 0;
    });
    const work = deed?.start(stage);
    if (deed === undefined || work === null || work === undefined) continue;
    stage.trace.say("--", deed.name);
    stage.beside(deed.name, work);
    return;
  }
}

/** How long until somebody does something else: mostly at once, at times for minutes. */
function pause(stage: Stage): number {
  const { dice } = stage;
  const roll = dice.next();
  if (roll < 0.5) return dice.below(300);
  if (roll < 0.8) return dice.below(3000);
  return roll < 0.97 ? dice.below(30_000) : dice.below(600_000);
}

async function perform(stage: Stage, kind: Kind, operations: number): Promise<void> {
  await foundWorkspace(stage, kind !== "team" ? 3 + Number(kind === "siege") : 2 + stage.dice.below(3));
  stage.net.weather = ROUGH;
  // Whatever else comes, the first two crash once.
  const due = [stage.dice.below(operations), stage.dice.below(operations)];
  for (; stage.operations < operations; stage.operations += 1) {
    for (const [i, at] of due.entries()) {
      const seat = stage.seats[i];
      if (at === stage.operations && seat?.inside === true) crash(stage, seat);
    }
    act(stage, DEEDS[kind]);
    await stage.time.run(pause(stage));
  }
}

/** Everybody who is in says one thing more, now that all is calm: whoever could not would be shut out for good. */
async function lastWords(stage: Stage): Promise<void> {
  const say = TALK[0];
  for (let i = 0; i < stage.inside.length && say !== undefined; i += 1) {
    const work = say.start(stage);
    if (work !== null) stage.beside("last words", work);
  }
  await settle(stage);
}

export async function playSeed(seed: number, options: PlayOptions = {}): Promise<Outcome> {
  await cryptoReady();
  await sodiumReady();
  const release = seedRandom(Stage.seedOf(seed));
  const stage = new Stage(seed, options.print ?? null, options.sockets);
  const uncount = stage.time.countTurns();
  const kind = KINDS[seed % KINDS.length] ?? "pair";
  try {
    await perform(stage, kind, options.operations ?? OPERATIONS);
    await settle(stage);
    await lastWords(stage);
    await judge(stage);
  } catch (thrown) {
    const { cause, message } = asFault(thrown);
    stage.fault(`${message} ${cause instanceof Error ? cause.stack : ""}`);
  } finally {
    stage.close();
    uncount();
    release();
  }
  const { operations, crashes, attacks, faults, tallies } = stage;
  const counts = { operations, crashes, attacks, said: stage.said.size };
  return { seed, kind, ...counts, faults, tallies, trace: stage.trace.digest() };
}
