// The engine of this tab, as the provider takes it: the proxy to the worker that runs it.
"use client";

import { useEffect, useState } from "react";
import type { Fault } from "@/lib/base/errors.ts";
import type { EngineHandle } from "@/lib/client/api.ts";
import { joinEngine } from "@/lib/platform/browser/tab.ts";

/** Joins this profile's engine, once per tab; in the browser alone. */
export function openEngine(): EngineHandle {
  return joinEngine();
}

/** Why there is no engine; undefined while there is one, or while one is starting. */
export function useEngineFault(): Fault | undefined {
  const [fault, setFault] = useState<Fault | undefined>(undefined);
  useEffect(() => joinEngine().onFault(setFault), []);
  return fault;
}
