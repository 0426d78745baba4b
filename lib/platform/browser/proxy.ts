// The engine as a tab holds it: every command and subscription crosses to whichever tab's worker runs the engine now.
import { toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { CommandName, Commands, EngineHandle, SnapshotOf, Topic } from "@/lib/client/api.ts";
import type { Locks } from "@/lib/client/ports.ts";
import {
  COMMANDS,
  fromWireFault,
  HALL,
  type HallMessage,
  type HostMessage,
  type OpenWire,
  REPEATABLE,
  roomName,
  type TabMessage,
  tabLock,
} from "./messages.ts";
import { withChange } from "./share.ts";

export type ProxyOptions = { readonly open: OpenWire; readonly locks: Locks };
export interface EngineProxy extends EngineHandle {
  /** calls `told` when no engine can be had, and with undefined when there is one (again) */
  onFault(told: (fault: Fault | undefined) => void): () => void;
  /** the worker that this tab started has failed: everything that waits is refused with this */
  fail(fault: Fault): void;
  /** tells the engine that network or person are back, so that it need not wait out its backoff */
  wake(): void;
  /** ends this tab's part; what waits is refused with net/closed */
  close(): void;
}

type Pending = {
  readonly name: CommandName;
  readonly input: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (fault: Fault) => void;
  received: boolean;
};
/** `mark`: of the snapshot that is here; null before the first one */
type Feed = { readonly listeners: Set<(snapshot: unknown) => void>; mark: string | null; snapshot: unknown };
type News = Extract<HostMessage, { t: "snapshot" | "change" }>;

function mintName(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(16)));
}

/** Subscriptions of one tab: one feed for each topic, however many screens follow it. */
function feedBook(post: (message: TabMessage) => void) {
  const feeds = new Map<Topic, Feed>();
  return {
    topics: () => feeds.keys(),
    deliver(news: News) {
      const { topic, mark } = news;
      const feed = feeds.get(topic);
      if (feed === undefined) return;
      if (news.t === "change" && news.from !== feed.mark) {
        // A change of something that is not here: all of it is asked for anew. One that was meant for an earlier
        // subscription is passed over, for the whole is on its way.
        if (feed.mark === null) return;
        feed.mark = null;
        post({ t: "unsubscribe", topic });
        post({ t: "subscribe", topic });
        return;
      }
      feed.mark = mark;
      feed.snapshot = news.t === "change" ? withChange(feed.snapshot, news.change) : news.snapshot;
      for (const listener of [...feed.listeners]) listener(feed.snapshot);
    },
    follow(topic: Topic, listener: (snapshot: unknown) => void): () => void {
      let feed = feeds.get(topic);
      if (feed === undefined) {
        feed = { listeners: new Set(), mark: null, snapshot: undefined };
        feeds.set(topic, feed);
        post({ t: "subscribe", topic });
      }
      const joined = feed;
      // a wrapper of its own, so that the same function may follow twice
      const own = (snapshot: unknown) => listener(snapshot);
      joined.listeners.add(own);
      if (joined.mark !== null) listener(joined.snapshot);
      return () => {
        if (!joined.listeners.delete(own) || joined.listeners.size > 0) return;
        if (feeds.get(topic) === joined) {
          feeds.delete(topic);
          post({ t: "unsubscribe", topic });
        }
      };
    },
  };
}

/** Commands of one tab that have no answer yet. */
function callBook(post: (message: TabMessage) => void) {
  const pending = new Map<string, Pending>();
  const send = (id: string, call: Pending) => {
    try {
      post({ t: "call", id, name: call.name, input: call.input });
    } catch (cause) {
      pending.delete(id);
      call.reject(new Fault("bug/unexpected", { cause, detail: "an input that can't cross" }));
    }
  };
  return {
    give(name: CommandName, input: unknown): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const id = mintName();
        const call = { name, input, resolve, reject, received: false };
        pending.set(id, call);
        send(id, call);
      });
    },
    received(id: string) {
      const call = pending.get(id);
      if (call !== undefined) call.received = true;
    },
    answer(message: Extract<HostMessage, { t: "answer" }>) {
      const call = pending.get(message.id);
      pending.delete(message.id);
      if (message.ok) call?.resolve(message.value);
      else call?.reject(fromWireFault(message.fault));
    },
    /** A new engine: what the old one never began goes to it; what may have run is not run again unless that is safe. */
    resend() {
      for (const [id, call] of [...pending]) {
        if (call.received && !REPEATABLE.has(call.name)) {
          pending.delete(id);
          call.reject(new Fault("app/interrupted"));
          continue;
        }
        call.received = false;
        send(id, call);
      }
    },
    refuse(fault: Fault) {
      for (const call of pending.values()) call.reject(fault);
      pending.clear();
    },
  };
}

/** Whether there is an engine, for those who show it. */
function faultBoard() {
  const listeners = new Set<(fault: Fault | undefined) => void>();
  let shown: Fault | undefined;
  return {
    get: () => shown,
    set(fault: Fault | undefined) {
      if (fault === shown) return;
      shown = fault;
      for (const listener of [...listeners]) listener(fault);
    },
    follow(listener: (fault: Fault | undefined) => void): () => void {
      listeners.add(listener);
      if (shown !== undefined) listener(shown);
      return () => listeners.delete(listener);
    },
  };
}

/** Joins the hall. Commands given before there is an engine wait for one. */
export function engineProxy({ open, locks }: ProxyOptions): EngineProxy {
  const tab = mintName();
  let term: string | undefined;
  let closed = false;
  const board = faultBoard();
  // Before the first welcome nobody listens in the room: `welcome` sends all that was asked for till then.
  const post = (message: TabMessage) => {
    if (term !== undefined && !closed) room.post(message);
  };
  const feeds = feedBook(post);
  const calls = callBook(post);

  const welcome = (message: Extract<HostMessage, { t: "welcome" }>) => {
    if (message.term === term) return;
    term = message.term;
    board.set(message.fault === null ? undefined : fromWireFault(message.fault));
    const fault = board.get();
    if (fault !== undefined) return calls.refuse(fault);
    for (const topic of feeds.topics()) post({ t: "subscribe", topic });
    calls.resend();
  };
  const room = open(roomName(tab), (heard) => {
    const message = heard as HostMessage;
    if (message.t === "welcome") welcome(message);
    else if (message.t === "received") calls.received(message.id);
    else if (message.t === "answer") calls.answer(message);
    else if (message.t === "snapshot" || message.t === "change") feeds.deliver(message);
  });
  const hall = open(HALL, (heard) => {
    const message = heard as HallMessage;
    if (message.t === "here" && message.term !== term && lockHeld) hello();
  });
  const hello = () => hall.post({ t: "hello", tab } satisfies HallMessage);

  let lockHeld = false;
  let letGo: (() => void) | undefined;
  void locks.hold(tabLock(tab)).then((release) => {
    if (closed) return release();
    letGo = release;
    lockHeld = true;
    hello();
  });

  const give = (name: CommandName, input: unknown): Promise<unknown> => {
    const fault = closed ? new Fault("net/closed") : board.get();
    return fault === undefined ? calls.give(name, input) : Promise.reject(fault);
  };
  const names = Object.keys(COMMANDS) as CommandName[];
  const commands = Object.fromEntries(names.map((name) => [name, (input: unknown) => give(name, input)]));
  return {
    ...(commands as unknown as Commands),
    subscribe: <T extends Topic>(topic: T, changed: (snapshot: SnapshotOf<T>) => void) =>
      feeds.follow(topic, changed as (snapshot: unknown) => void),
    onFault: board.follow,
    fail(fault) {
      board.set(fault);
      calls.refuse(fault);
    },
    wake: () => post({ t: "wake" }),
    close() {
      if (closed) return;
      post({ t: "bye" });
      closed = true;
      calls.refuse(new Fault("net/closed"));
      room.close();
      hall.close();
      letGo?.();
    },
  };
}
