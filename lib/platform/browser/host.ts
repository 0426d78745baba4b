// The engine's side of the tabs: one room for each tab, commands in, answers and snapshots out.
import type { CommandName, EngineHandle, Topic } from "@/lib/client/api.ts";
import type { Locks } from "@/lib/client/ports.ts";
import {
  COMMANDS,
  HALL,
  type HallMessage,
  type HostMessage,
  MAKES_EVENT,
  type OpenWire,
  roomName,
  type TabMessage,
  tabLock,
  toWireFault,
  type Wire,
  type WireFault,
} from "./messages.ts";
import { changeOf } from "./share.ts";

export type RunningEngine = EngineHandle & { stop(): Promise<void>; wake?(): void };
export type HostOptions = {
  readonly open: OpenWire;
  readonly locks: Locks;
  /** a name for this start of the engine, never used before */
  readonly term: string;
  readonly start: () => Promise<RunningEngine>;
};

type Room = { readonly hear: (message: TabMessage) => void; readonly close: () => void };

/**
 * Snapshots of one tab, newest only: a burst of changes crosses once, and of a list what changed in it. `flush` sends
 * what waits, so that an answer never overtakes the changes that its command made.
 */
function snapshotPost(room: string, post: (message: HostMessage) => void) {
  const waiting = new Map<Topic, unknown>();
  /** what the tab has of each topic */
  const held = new Map<Topic, { readonly mark: string; readonly snapshot: unknown }>();
  let sent = 0;
  let due: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(due);
    due = undefined;
    for (const [topic, snapshot] of waiting) give(topic, snapshot);
    waiting.clear();
  };
  const give = (topic: Topic, snapshot: unknown) => {
    const before = held.get(topic);
    const change = before === undefined ? undefined : changeOf(before.snapshot, snapshot);
    sent += 1;
    const mark = `${room} ${sent}`;
    if (before === undefined || change === undefined) post({ t: "snapshot", topic, mark, snapshot });
    else post({ t: "change", topic, mark, from: before.mark, change });
    held.set(topic, { mark, snapshot });
  };
  return {
    flush,
    add(topic: Topic, snapshot: unknown) {
      waiting.set(topic, snapshot);
      due ??= setTimeout(flush, 0);
    },
    drop(topic: Topic) {
      waiting.delete(topic);
      held.delete(topic);
    },
    close() {
      clearTimeout(due);
      waiting.clear();
      held.clear();
    },
  };
}

/** Runs one command; what makes a message learns the id under which it may come again. */
function runCommand(engine: EngineHandle, name: CommandName, id: string, input: unknown): Promise<unknown> {
  const command = engine[name] as (this: EngineHandle, input: unknown) => Promise<unknown>;
  const given = MAKES_EVENT.has(name) ? { ...(input as object), commandId: id } : input;
  return command.call(engine, given);
}

function openRoom(engine: EngineHandle | undefined, name: string, post: (message: HostMessage) => void): Room {
  const subscriptions = new Map<Topic, () => void>();
  const snapshots = snapshotPost(name, post);
  const answer = (id: string, name: CommandName, input: unknown) => {
    if (engine === undefined || !Object.hasOwn(COMMANDS, name)) return;
    post({ t: "received", id });
    const refuse = (thrown: unknown) => {
      snapshots.flush();
      post({ t: "answer", id, ok: false, fault: toWireFault(thrown) });
    };
    const run = async () => runCommand(engine, name, id, input);
    run()
      .then((value) => {
        snapshots.flush();
        post({ t: "answer", id, ok: true, value });
      })
      // also when an answer can't be cloned: the tab must not wait for ever
      .catch(refuse);
  };
  return {
    hear(message) {
      if (message.t === "call") answer(message.id, message.name, message.input);
      else if (message.t === "subscribe" && engine !== undefined && !subscriptions.has(message.topic)) {
        const { topic } = message;
        subscriptions.set(
          topic,
          engine.subscribe(topic, (snapshot) => snapshots.add(topic, snapshot)),
        );
      } else if (message.t === "unsubscribe") {
        subscriptions.get(message.topic)?.();
        subscriptions.delete(message.topic);
        snapshots.drop(message.topic);
      }
    },
    close() {
      for (const end of subscriptions.values()) end();
      subscriptions.clear();
      snapshots.close();
    },
  };
}

/**
 * Starts the engine and serves every tab that says hello, until `stop`. An engine that can't start is told to each tab
 * as the fault that kept it. The caller holds HOST_LOCK for as long as this runs.
 */
export async function hostEngine(options: HostOptions): Promise<{ stop(): Promise<void> }> {
  const { open, locks, term } = options;
  const rooms = new Map<string, { readonly room: Room; readonly wire: Wire }>();
  let engine: RunningEngine | undefined;
  let fault: WireFault | null = null;
  try {
    engine = await options.start();
  } catch (thrown) {
    fault = toWireFault(thrown);
  }

  const leave = (tab: string) => {
    const known = rooms.get(tab);
    rooms.delete(tab);
    known?.room.close();
    known?.wire.close();
  };
  let entered = 0;
  const enter = (tab: string) => {
    leave(tab);
    entered += 1;
    const wire = open(roomName(tab), (message) => {
      const said = message as TabMessage;
      if (said.t === "bye") leave(tab);
      else if (said.t === "wake") engine?.wake?.();
      else room.hear(said);
    });
    const room = openRoom(engine, `${term} ${entered}`, (message) => wire.post(message));
    rooms.set(tab, { room, wire });
    wire.post({ t: "welcome", term, fault } satisfies HostMessage);
    void locks.hold(tabLock(tab)).then((letGo) => {
      letGo();
      if (rooms.get(tab)?.room === room) leave(tab);
    });
  };

  const hall = open(HALL, (message) => {
    const said = message as HallMessage;
    if (said.t === "hello") enter(said.tab);
  });
  hall.post({ t: "here", term } satisfies HallMessage);
  return {
    async stop() {
      hall.close();
      for (const tab of [...rooms.keys()]) leave(tab);
      await engine?.stop();
    },
  };
}
