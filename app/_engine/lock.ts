// What the lock needs of this browser: passkeys, the watch over idle tabs, and the note that keys are held here.
"use client";

import { useCallback, useEffect, useState } from "react";
import { asFault, type Fault } from "@/lib/base/errors.ts";
import type { LockView } from "@/lib/client/api/lock.ts";
import type { SessionView } from "@/lib/client/api.ts";
import { watchIdle } from "@/lib/platform/browser/guard/idle.ts";
import { noteKeys } from "@/lib/platform/browser/guard/marker.ts";
import { askPasskey, hasPasskeys, makePasskey, type PasskeySecret } from "@/lib/platform/browser/guard/passkey.ts";
import { broadcastWire } from "@/lib/platform/browser/lines.ts";
import { useCommand } from "./use-command.ts";
import { useTopic } from "./use-topic.ts";

/** Notes whether keys are held here, so that a database that vanishes is told from a new start (A5). */
export function useKeyNote(session: SessionView | undefined): void {
  const waits = useTopic("joining")?.waits.length;
  const phase = session?.phase;
  useEffect(() => {
    if (phase === undefined || phase === "starting" || waits === undefined) return;
    noteKeys(phase !== "signed-out" || waits > 0);
  }, [phase, waits]);
}

/** Locks every tab once nobody has touched one of them for as long as was chosen. */
export function useIdleLock(): void {
  const minutes = useTopic("lock")?.idleMinutes ?? null;
  const { run } = useCommand("lockNow");
  useEffect(() => {
    if (minutes === null) return;
    return watchIdle({ minutes, open: broadcastWire, lock: () => void run({}) });
  }, [minutes, run]);
}

type Asked = { readonly ok: true; readonly value: PasskeySecret } | { readonly ok: false };

/** A passkey, where this browser has them: made new, or asked for its secret. */
export function usePasskey() {
  const [fault, setFault] = useState<Fault | null>(null);
  const [pending, setPending] = useState(false);
  const run = useCallback(async (work: () => Promise<PasskeySecret>): Promise<Asked> => {
    setFault(null);
    setPending(true);
    try {
      return { ok: true, value: await work() };
    } catch (thrown) {
      setFault(asFault(thrown));
      return { ok: false };
    } finally {
      setPending(false);
    }
  }, []);
  const make = useCallback((name: string) => run(() => makePasskey(name)), [run]);
  const ask = useCallback((way: NonNullable<LockView["passkey"]>) => run(() => askPasskey(way)), [run]);
  return { has: hasPasskeys(), make, ask, pending, fault };
}
