// French: one sentence for every fault; a code without one fails the types.
import type { FaultCode } from "@/lib/base/faults.ts";
import { accessFaults } from "./access.ts";
import { aroundFaults } from "./around.ts";
import { dailyFaults } from "./daily.ts";
import { engineFaults } from "./engine.ts";

/** What people read when something is refused or goes wrong. */
export const faults: Record<FaultCode, string> = { ...engineFaults, ...aroundFaults, ...accessFaults, ...dailyFaults };
