// English: one sentence for every fault, as the table of faults has it.
import { FAULTS, type FaultCode } from "@/lib/base/faults.ts";

const codes = Object.keys(FAULTS) as FaultCode[];

/** What people read when something is refused or goes wrong. */
export const faults = Object.fromEntries(codes.map((code) => [code, FAULTS[code].says])) as Record<FaultCode, string>;
