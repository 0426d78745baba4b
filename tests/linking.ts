// Linking in one line: a further device of a person, as an engine with a profile of its own.
import type { Actor, World } from "@/tests/world.ts";

/** The code that a fresh engine shows. */
export async function codeOf(fresh: Actor, name = `${fresh.name} device`): Promise<string> {
  await fresh.engine.startLink({ name });
  const view = await fresh.until("link", ({ joining }) => joining?.phase === "showing", "a code");
  return view.joining?.code ?? "";
}

/** Old side: enters the code and says yes; both sides run to their end. */
export async function link(old: Actor, fresh: Actor, code: string): Promise<void> {
  await old.engine.inspectLink({ ws: old.ws, code });
  await old.engine.approveLink({ ws: old.ws });
  await fresh.until("link", ({ joining }) => joining?.phase === "asked", "the question");
  await fresh.engine.confirmLink({});
  const ended = await fresh.until(
    "link",
    ({ joining }) => ["done", "failed"].includes(joining?.phase ?? ""),
    "the end",
  );
  if (ended.joining?.phase !== "done") throw new TypeError(`not linked: ${ended.joining?.fault}`);
  await old.until("link", ({ adding }) => adding?.phase === "done", "done");
  fresh.ws = old.ws;
  await fresh.online();
}

/** A further device of this person, linked. */
export async function linked(
  world: World,
  old: Actor,
  name: string,
  options: Parameters<World["actor"]>[1] = {},
): Promise<Actor> {
  const fresh = await world.actor(name, options);
  await link(old, fresh, await codeOf(fresh, name));
  return fresh;
}
