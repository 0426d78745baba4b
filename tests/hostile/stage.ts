// Where hostile tests happen: real engines, each behind its own liar, and what must be so at the end of every case.
import { expect } from "vitest";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { Notice, RefusedItem, TimelineItem } from "@/lib/client/api.ts";
import type { Clock } from "@/lib/client/ports.ts";
import { wallClock } from "@/lib/platform/clock.ts";
import { activeDevices, roleAt, scopeMembersAt } from "@/lib/proof/queries.ts";
import type { StartOptions } from "@/server/main.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";
import { Liar } from "./liar.ts";

/** A person and the server that lies to him alone. */
export type Player = { readonly actor: Actor; readonly liar: Liar };

/** The wall's time, on which waits take a hundredth: for what happens after seconds or minutes. */
export function hastyClock(): Clock {
  const wall = wallClock();
  return { now: () => wall.now(), after: (ms, run) => wall.after(ms / 100, run) };
}

export type StageOptions = { readonly clock?: Clock; readonly server?: Partial<StartOptions> };

/** A workspace with these people in #general, the first as its founder. `await using` ends it. */
export class Stage {
  readonly world: World;
  readonly players: Player[];
  readonly general: ChannelId;

  constructor(world: World, players: Player[], general: ChannelId) {
    this.world = world;
    this.players = players;
    this.general = general;
  }

  player(i: number): Player {
    const found = this.players[i];
    if (found === undefined) throw new TypeError(`no player ${i}`);
    return found;
  }

  /** Nothing that is secret left any engine in clear: neither these texts nor any key. */
  expectNoLeak(...texts: readonly string[]): void {
    for (const { liar } of this.players) for (const text of texts) expect(liar.leaks(text)).toEqual([]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world.stop();
  }
}

export async function openStage(names: readonly string[], options: StageOptions = {}): Promise<Stage> {
  const world = await startWorld(options.server);
  const players: Player[] = [];
  for (const [i, name] of names.entries()) {
    const liar = new Liar();
    const given = { wrap: liar.wrap, ...(options.clock === undefined ? {} : { clock: options.clock }) };
    const founder = players[0];
    const actor =
      founder === undefined ? await world.founder(name, given) : await world.invited(founder.actor, name, given);
    players.push({ actor, liar });
    if (i === 0) await actor.channel("general");
  }
  const [first] = players;
  if (first === undefined) throw new TypeError("nobody");
  const general = await first.actor.channel("general");
  for (const { actor } of players) await actor.channel("general");
  for (const { actor } of players) await settled(actor, first.actor.account.state.n);
  return new Stage(world, players, general.id);
}

/** Stands at this ledger position or further. */
export async function settled(actor: Actor, n: number): Promise<void> {
  await actor.until(`workspace:${actor.ws}`, ({ position }) => position >= n, `position ${n}`);
}

/** What an engine holds to be true, whatever was tried: people, devices, keys, rooms, and what was said. */
export function beliefs(actor: Actor, ...channels: readonly ChannelId[]): unknown {
  const { state, log } = actor.account;
  return {
    people: [...state.users.values()].map((user) => ({
      id: user.id,
      role: roleAt(state, user.id),
      rik: user.rik.length,
      puks: user.puks.length,
      devices: activeDevices(state, user.id).map(({ id }) => id),
    })),
    scopes: [...state.scopes.values()].map((scope) => ({
      id: scope.id,
      members: scopeMembersAt(state, scope.id),
      epochs: scope.epochs.length,
    })),
    invites: [...state.invites.values()].map(({ id, closedAt }) => ({ id, closedAt })),
    said: channels.map((channel) =>
      log.records(channel).flatMap(({ status, content }) => (status === "opened" ? [content] : [])),
    ),
  };
}

/** The warning with this code, once it is there. */
export async function warned(actor: Actor, code: FaultCode): Promise<Notice> {
  const has = (notices: readonly Notice[]) => notices.find((one) => one.code === code);
  const view = await actor.until(
    `workspace:${actor.ws}`,
    ({ notices }) => has(notices) !== undefined,
    `a notice ${code}`,
  );
  return has(view.notices) as Notice;
}

/** Writing has ended, and the screen says why (L2). */
export async function stopped(actor: Actor, code: FaultCode): Promise<void> {
  await actor.until(`workspace:${actor.ws}`, (view) => view.stopped === code, `stop ${code}`);
  await expect(
    actor.engine.sendMessage({ ws: actor.ws, channel: actor.account.channels()[0] as ChannelId, text: "?", files: [] }),
  ).rejects.toMatchObject({ code: "app/blocked" });
}

/** The refused line with this code, once it shows. */
export async function refused(actor: Actor, channel: ChannelId, code: FaultCode): Promise<RefusedItem> {
  const is = (item: TimelineItem): item is RefusedItem => item.t === "refused" && item.code === code;
  const view = await actor.until(
    `timeline:${actor.ws}:${channel}`,
    ({ items }) => items.some(is),
    `a refused row ${code}`,
  );
  return view.items.find(is) as RefusedItem;
}
