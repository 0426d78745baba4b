// What commands say to an operator: one line, with the mend.
import { asFault, Fault } from "@/lib/base/errors.ts";

/** A fault in one line. Unexpected ones name what was thrown, for a report. */
export function explain(thrown: unknown): string {
  const fault = asFault(thrown);
  if (fault.code === "bug/unexpected") {
    const cause = fault.cause instanceof Error ? (fault.cause.stack ?? fault.cause.message) : String(fault.cause);
    return `${fault.entry.says}\n${cause}`;
  }
  return fault.detail === undefined ? fault.entry.says : `${fault.entry.says} (${fault.detail})`;
}

/** The value of one flag, and what is left; start/bad-setting when it has none. */
export function takeFlag(args: readonly string[], flag: string): { value: string | undefined; rest: string[] } {
  const rest = [...args];
  const at = rest.findIndex((one) => one === flag || one.startsWith(`${flag}=`));
  if (at < 0) return { value: undefined, rest };
  const inline = rest[at]?.split(/=(.*)/s)[1];
  const value = inline ?? rest[at + 1];
  if (value === undefined || value === "")
    throw new Fault("start/bad-setting", { detail: `${flag}: a value is missing` });
  rest.splice(at, inline === undefined ? 2 : 1);
  return { value, rest };
}

/** Exactly `count` words and nothing else. */
export function takeWords(args: readonly string[], count: number, usage: string): string[] {
  if (args.length !== count || args.some((one) => one.startsWith("--")))
    throw new Fault("start/bad-setting", { detail: `use it like this: ${usage}` });
  return [...args];
}
