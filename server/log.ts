// Log lines: JSON, one a line, of a closed set of fields, so that no body, id or address can slip in.
import type { FaultCode } from "@/lib/base/faults.ts";

/** What a line may say. Texts come from code alone: names of procedures and routes, fault codes, versions. */
export type LogLine = {
  readonly what:
    | "start"
    | "stop"
    | "request"
    | "socket-open"
    | "socket-close"
    | "upkeep"
    | "push"
    | "workspace-created"
    | "fault";
  readonly route?: string;
  readonly status?: number;
  readonly fault?: FaultCode;
  readonly ms?: number;
  readonly bytes?: number;
  readonly count?: number;
  /** names of functions and files of this program, never the message of an error */
  readonly at?: string;
};

export type Log = (line: LogLine) => void;

/** Writes lines to a stream, with the time. */
export function logTo(write: (text: string) => void, now: () => number): Log {
  return (line) => write(`${JSON.stringify({ t: new Date(now()).toISOString(), ...line })}\n`);
}

/** Where in this program something was thrown: function and file of the first own frame. */
export function placeOf(thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
  const frame = stack.split("\n").find((line) => /^\s+at .*\/(server|lib)\//.test(line));
  return (
    frame
      ?.trim()
      .replace(/\(?\S*\/((?:server|lib)\/)/, "($1")
      .slice(0, 160) ?? ""
  );
}
