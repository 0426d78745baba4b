// Several tabs and one engine: commands and snapshots across, and what becomes of them when the leading tab dies.
import { describe, expect, test } from "vitest";
import { Fault } from "@/lib/base/errors.ts";
import type { EngineHandle, SessionView, Topic } from "@/lib/client/api.ts";
import { hostEngine, type RunningEngine } from "@/lib/platform/browser/host.ts";
import { COMMANDS, type OpenWire } from "@/lib/platform/browser/messages.ts";
import { type EngineProxy, engineProxy } from "@/lib/platform/browser/proxy.ts";
import { lockArena, type MemberLocks } from "@/lib/platform/locks.ts";
import { wireHub } from "@/tests/fixtures/wires.ts";

type Given = { readonly name: string; readonly input: Record<string, unknown> };

/** A bare engine at the engine's port: it notes what it is given, and answers when told to. */
function recorder() {
  const given: Given[] = [];
  const followers = new Map<Topic, Set<(snapshot: unknown) => void>>();
  const current = new Map<Topic, unknown>();
  let answer: (name: string, input: Record<string, unknown>) => Promise<unknown> = async () => undefined;
  const commands = Object.fromEntries(
    Object.keys(COMMANDS).map((name) => [
      name,
      (input: Record<string, unknown>) => {
        given.push({ name, input });
        return answer(name, input);
      },
    ]),
  );
  let stopped = false;
  const engine = {
    ...(commands as unknown as EngineHandle),
    subscribe(topic: Topic, changed: (snapshot: never) => void) {
      const all = followers.get(topic) ?? new Set();
      followers.set(topic, all.add(changed as (snapshot: unknown) => void));
      if (current.has(topic)) (changed as (snapshot: unknown) => void)(current.get(topic));
      return () => all.delete(changed as (snapshot: unknown) => void);
    },
    async stop() {
      stopped = true;
    },
  } as RunningEngine;
  return {
    engine,
    given,
    followers: (topic: Topic) => followers.get(topic)?.size ?? 0,
    stopped: () => stopped,
    answers(next: typeof answer) {
      answer = next;
    },
    show(topic: Topic, snapshot: unknown) {
      current.set(topic, snapshot);
      for (const changed of followers.get(topic) ?? []) changed(snapshot);
    },
  };
}

function profile() {
  const hub = wireHub();
  const arena = lockArena();
  let terms = 0;
  return {
    settle: hub.settle,
    async host(start: () => Promise<RunningEngine>) {
      const party = hub.party();
      const locks: MemberLocks = arena.join();
      terms += 1;
      const running = await hostEngine({ open: party.open, locks, term: `term ${terms}`, start });
      return {
        stop: running.stop,
        crash() {
          party.crash();
          locks.crash();
        },
      };
    },
    /** `lost`: what never reaches this tab */
    tab(lost: (message: unknown) => boolean = () => false) {
      const party = hub.party();
      const locks = arena.join();
      const open: OpenWire = (name, hear) => party.open(name, (message) => void (lost(message) || hear(message)));
      const proxy: EngineProxy = engineProxy({ open, locks });
      return {
        proxy,
        crash() {
          party.crash();
          locks.crash();
        },
      };
    },
  };
}

const session = (phase: SessionView["phase"]): SessionView => ({ phase, accounts: [] });
const rename = { ws: "w" as never, name: "n" };
const message = { ws: "w" as never, channel: "c" as never, text: "hi", files: [] };

describe("commands", () => {
  test("given before there is an engine they wait, then run once and answer", async () => {
    const { host, tab, settle } = profile();
    const { proxy } = tab();
    const answer = proxy.createInvite({ ws: "w" as never, label: "l", maxUses: 1, hours: 1 });
    await settle();
    const { engine, given, answers } = recorder();
    answers(async () => ({ invite: "i", link: "x" }));
    await host(async () => engine);
    expect(await answer).toEqual({ invite: "i", link: "x" });
    expect(given.map((one) => one.name)).toEqual(["createInvite"]);
  });

  test("every tab has its own answers, in whatever order they come", async () => {
    const { host, tab, settle } = profile();
    const { engine, answers } = recorder();
    const holds: (() => void)[] = [];
    answers((_, input) => new Promise((resolve) => holds.push(() => resolve(input.code))));
    await host(async () => engine);
    const [one, two] = [tab().proxy, tab().proxy];
    const ask = (proxy: EngineProxy, code: string) =>
      proxy.inspectInvite({ code, fragment: code } as never) as unknown as Promise<string>;
    const [first, second, third] = [ask(one, "a"), ask(two, "b"), ask(one, "c")];
    await settle();
    for (const release of holds.reverse()) release();
    expect(await Promise.all([first, second, third])).toEqual(["a", "b", "c"]);
  });

  test("a refusal crosses as its code and detail; anything else as bug/unexpected", async () => {
    const { host, tab } = profile();
    const { engine, answers } = recorder();
    answers(async (name) => {
      if (name === "renameWorkspace") throw new Fault("may/forbidden", { detail: "here", cause: new Error("secret") });
      if (name === "signOut") return () => "can't be cloned";
      throw new TypeError("secret");
    });
    await host(async () => engine);
    const { proxy } = tab();
    const refused = await proxy.renameWorkspace(rename).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(Fault);
    expect(refused).toMatchObject({ code: "may/forbidden", detail: "here", cause: undefined });
    const odd = await proxy.markRead({} as never).catch((thrown: unknown) => thrown);
    expect(odd).toMatchObject({ code: "bug/unexpected", detail: undefined });
    await expect(proxy.signOut({ ws: "w" as never })).rejects.toMatchObject({ code: "bug/unexpected" });
    await expect(proxy.saveDraft({ text: () => 1 } as never)).rejects.toMatchObject({ code: "bug/unexpected" });
  });

  test("only commands can be called", async () => {
    const { host, tab, settle } = profile();
    const { engine, given, stopped } = recorder();
    await host(async () => engine);
    const { proxy } = tab();
    expect(Object.keys(proxy)).not.toContain("stop");
    await settle();
    expect([given, stopped()]).toEqual([[], false]);
  });
});

describe("M10 when the leading tab dies", () => {
  async function dyingHost(behave: (name: string) => Promise<unknown>) {
    const all = profile();
    const first = recorder();
    first.answers(behave);
    const leader = await all.host(async () => first.engine);
    const { proxy } = all.tab();
    await all.settle();
    return { ...all, first, leader, proxy };
  }
  const never = () => new Promise<unknown>(() => undefined);

  test("a command that never reached it runs at the next one, once", async () => {
    const { host, leader, proxy, first, settle } = await dyingHost(never);
    leader.crash();
    const answer = proxy.renameWorkspace(rename);
    await settle();
    const second = recorder();
    await host(async () => second.engine);
    await answer;
    expect(first.given).toEqual([]);
    expect(second.given).toEqual([{ name: "renameWorkspace", input: rename }]);
  });

  test("a command that had begun is not run again, and says so", async () => {
    const { host, leader, proxy, first, settle } = await dyingHost(never);
    const answer = proxy.renameWorkspace(rename).catch((thrown: unknown) => thrown);
    await settle();
    expect(first.given.length).toBe(1);
    leader.crash();
    const second = recorder();
    await host(async () => second.engine);
    expect(await answer).toMatchObject({ code: "app/interrupted" });
    expect(second.given).toEqual([]);
  });

  test("a message is given again under the same id, so that the engine can tell", async () => {
    const { host, leader, proxy, first, settle } = await dyingHost(never);
    const answer = proxy.sendMessage(message);
    await settle();
    leader.crash();
    const second = recorder();
    second.answers(async (_, input) => ({ id: input.commandId }));
    await host(async () => second.engine);
    const { id } = await answer;
    expect(first.given[0]?.input.commandId).toBe(id);
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(second.given.length).toBe(1);
  });

  test("two messages have two ids, and an answered one is never given again", async () => {
    const { host, leader, proxy, first, settle } = await dyingHost(async () => ({ id: "x" }));
    await proxy.sendMessage(message);
    await proxy.sendMessage(message);
    expect(new Set(first.given.map((one) => one.input.commandId)).size).toBe(2);
    leader.crash();
    const second = recorder();
    await host(async () => second.engine);
    await settle();
    expect(second.given).toEqual([]);
  });

  test("subscriptions move to the next one", async () => {
    const { host, leader, proxy, first, settle } = await dyingHost(never);
    const seen: unknown[] = [];
    proxy.subscribe("session", (snapshot) => seen.push(snapshot.phase));
    await settle();
    first.show("session", session("ready"));
    await settle();
    leader.crash();
    const second = recorder();
    second.show("session", session("signed-out"));
    await host(async () => second.engine);
    await settle();
    first.show("session", session("starting"));
    await settle();
    expect(seen).toEqual(["ready", "signed-out"]);
  });
});

describe("snapshots", () => {
  test("come at once, on every change, newest only in a burst, and end", async () => {
    const { host, tab, settle } = profile();
    const { engine, show, followers } = recorder();
    show("session", session("starting"));
    await host(async () => engine);
    const { proxy } = tab();
    const seen: string[] = [];
    const also: string[] = [];
    const end = proxy.subscribe("session", (snapshot) => seen.push(snapshot.phase));
    await settle();
    const endAlso = proxy.subscribe("session", (snapshot) => also.push(snapshot.phase));
    expect(also).toEqual(["starting"]);
    expect(followers("session")).toBe(1);
    show("session", session("signed-out"));
    show("session", session("ready"));
    await settle();
    expect(seen).toEqual(["starting", "ready"]);
    end();
    end();
    show("session", session("keys-gone"));
    await settle();
    expect([seen.length, also.at(-1)]).toEqual([2, "keys-gone"]);
    endAlso();
    await settle();
    expect(followers("session")).toBe(0);
  });

  const TIMELINE = "timeline:w:c" as Topic;
  const said = (...texts: string[]) => ({ hasOlder: false, items: texts.map((text) => ({ id: text[0], text })) });

  test("of a list what changed crosses: all else stays the very objects that the tab has", async () => {
    const { host, tab, settle } = profile();
    const { engine, show } = recorder();
    await host(async () => engine);
    const heard: string[] = [];
    const { proxy } = tab((message) => {
      heard.push((message as { t: string }).t);
      return false;
    });
    const seen: ReturnType<typeof said>[] = [];
    proxy.subscribe(TIMELINE, (snapshot) => seen.push(snapshot as unknown as ReturnType<typeof said>));
    const shown = [
      said("b", "c", "d"),
      said("b", "c", "d", "e"),
      said("a", "b", "c", "d", "e"),
      said("a", "b", "c!", "d", "e"),
      said("a", "d", "e"),
      { ...said("a", "d", "e"), hasOlder: true },
    ];
    for (const snapshot of shown) {
      show(TIMELINE, snapshot);
      await settle();
    }
    expect(seen).toEqual(shown);
    expect(heard.filter((t) => t === "snapshot" || t === "change")).toEqual([
      "snapshot",
      ...Array.from({ length: 5 }, () => "change"),
    ]);
    expect(seen[1]?.items[0]).toBe(seen[0]?.items[0]);
    expect(seen[4]?.items[1]).toBe(seen[0]?.items[2]);
    // Nothing in common: the whole.
    show(TIMELINE, said("x", "y"));
    await settle();
    expect([seen.at(-1), heard.at(-1)]).toEqual([said("x", "y"), "snapshot"]);
  });

  test("a change of what a tab doesn’t have is passed over, and the whole asked for", async () => {
    const { host, tab, settle } = profile();
    const { engine, show } = recorder();
    await host(async () => engine);
    let losing = false;
    const { proxy } = tab((message) => losing && (message as { t: string }).t === "change");
    const seen: unknown[] = [];
    const end = proxy.subscribe(TIMELINE, (snapshot) => seen.push(snapshot));
    await settle();
    show(TIMELINE, said("a"));
    await settle();
    losing = true;
    show(TIMELINE, said("a", "b"));
    await settle();
    losing = false;
    show(TIMELINE, said("a", "b", "c"));
    await settle();
    expect(seen).toEqual([said("a"), said("a", "b", "c")]);
    // A new subscription begins with the whole, whatever was on its way for the one before.
    show(TIMELINE, said("a", "b", "c", "d"));
    end();
    proxy.subscribe(TIMELINE, (snapshot) => seen.push(snapshot));
    await settle();
    expect(seen.slice(2)).toEqual([said("a", "b", "c", "d")]);
  });

  test("an answer never overtakes the change that its command made", async () => {
    const { host, tab, settle } = profile();
    const { engine, show, answers } = recorder();
    answers(async () => {
      show("session", session("ready"));
      return { ws: "w" };
    });
    await host(async () => engine);
    const { proxy } = tab();
    const order: string[] = [];
    proxy.subscribe("session", (snapshot) => order.push(snapshot.phase));
    await settle();
    await proxy.createWorkspace({ fragment: "", workspace: "", name: "" }).then(() => order.push("answer"));
    expect(order).toEqual(["ready", "answer"]);
  });

  test("a tab that closes or dies is forgotten", async () => {
    const { host, tab, settle } = profile();
    const { engine, followers } = recorder();
    await host(async () => engine);
    const [polite, dying] = [tab(), tab()];
    for (const { proxy } of [polite, dying]) proxy.subscribe("session", () => undefined);
    await settle();
    expect(followers("session")).toBe(2);
    polite.proxy.close();
    await settle();
    expect(followers("session")).toBe(1);
    dying.crash();
    await settle();
    expect(followers("session")).toBe(0);
    await expect(polite.proxy.renameWorkspace(rename)).rejects.toMatchObject({ code: "net/closed" });
  });
});

describe("an engine that can't start", () => {
  test("is told to every tab, now and later, and the next leader's heals it", async () => {
    const { host, tab, settle } = profile();
    const early = tab().proxy;
    const waiting = early.renameWorkspace(rename).catch((thrown: unknown) => thrown);
    const told: (string | undefined)[] = [];
    early.onFault((fault) => told.push(fault?.code));
    const broken = await host(async () => {
      throw new Fault("store/corrupt");
    });
    expect(await waiting).toMatchObject({ code: "store/corrupt" });
    const late = tab().proxy;
    await settle();
    await expect(late.renameWorkspace(rename)).rejects.toMatchObject({ code: "store/corrupt" });
    broken.crash();
    const { engine } = recorder();
    await host(async () => engine);
    await settle();
    expect(told).toEqual(["store/corrupt", undefined]);
    await early.renameWorkspace(rename);
  });

  test("a worker that failed refuses what waits", async () => {
    const { tab } = profile();
    const { proxy } = tab();
    const waiting = proxy.renameWorkspace(rename).catch((thrown: unknown) => thrown);
    proxy.fail(new Fault("bug/unexpected"));
    expect(await waiting).toMatchObject({ code: "bug/unexpected" });
  });
});

test("a tab that comes back wakes the engine", async () => {
  const { host, tab, settle } = profile();
  let woken = 0;
  await host(async () => ({
    ...recorder().engine,
    wake() {
      woken += 1;
    },
  }));
  const { proxy } = tab();
  await settle();
  proxy.wake();
  await settle();
  expect(woken).toBe(1);
});

test("stop ends the engine and tells nobody more", async () => {
  const { host, tab, settle } = profile();
  const { engine, stopped, followers } = recorder();
  const running = await host(async () => engine);
  const { proxy } = tab();
  proxy.subscribe("session", () => undefined);
  await settle();
  await running.stop();
  expect([stopped(), followers("session")]).toEqual([true, 0]);
});
