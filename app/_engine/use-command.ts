// One command of the engine from React: whether it runs, how it last failed, and how to give it.
"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { asFault, type Fault } from "@/lib/base/errors.ts";
import type { CommandName, Commands, EngineHandle } from "@/lib/client/api.ts";
import { useEngine } from "./provider.tsx";

export type CommandInput<N extends CommandName> = Parameters<Commands[N]>[0];
export type CommandAnswer<N extends CommandName> = Awaited<ReturnType<Commands[N]>>;
export type Outcome<V> = { readonly ok: true; readonly value: V } | { readonly ok: false; readonly fault: Fault };

export type UsedCommand<N extends CommandName> = {
  /** Never rejects: a refusal is `{ ok: false, fault }` and is kept in `fault` as well. */
  readonly run: (input: CommandInput<N>) => Promise<Outcome<CommandAnswer<N>>>;
  readonly pending: boolean;
  /** Why it was last refused; null while it runs again and after `clear`. */
  readonly fault: Fault | null;
  readonly clear: () => void;
};

export function useCommand<N extends CommandName>(name: N): UsedCommand<N> {
  const engine = useEngine();
  const [pending, setPending] = useState(0);
  const [fault, setFault] = useState<Fault | null>(null);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = useCallback(
    async (input: CommandInput<N>): Promise<Outcome<CommandAnswer<N>>> => {
      const command = engine[name] as (this: EngineHandle, input: CommandInput<N>) => Promise<CommandAnswer<N>>;
      setFault(null);
      setPending((count) => count + 1);
      try {
        return { ok: true, value: await command.call(engine, input) };
      } catch (thrown) {
        const refused = asFault(thrown);
        if (mounted.current) setFault(refused);
        return { ok: false, fault: refused };
      } finally {
        if (mounted.current) setPending((count) => count - 1);
      }
    },
    [engine, name],
  );
  const clear = useCallback(() => setFault(null), []);
  return { run, pending: pending > 0, fault, clear };
}
