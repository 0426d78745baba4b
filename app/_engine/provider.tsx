// Gives the screens their engine; what it is (the worker's proxy, a stand-in) is the caller's choice.
"use client";

import { createContext, type ReactNode, useContext } from "react";
import { Fault } from "@/lib/base/errors.ts";
import type { EngineHandle } from "@/lib/client/api.ts";

const EngineContext = createContext<EngineHandle | null>(null);

export function EngineProvider({ engine, children }: { engine: EngineHandle; children: ReactNode }) {
  return <EngineContext value={engine}>{children}</EngineContext>;
}

/** The engine of the provider above. */
export function useEngine(): EngineHandle {
  const engine = useContext(EngineContext);
  if (engine === null) throw new Fault("bug/unexpected", { detail: "a screen without an engine" });
  return engine;
}
