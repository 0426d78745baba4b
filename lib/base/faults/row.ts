// What a fault says of itself: blame, what the engine does, the sentence for people, the transport code.

export type Blame = "server" | "peer" | "self" | "person" | "network" | "operator" | "bug";
/** ignore: drop and go on. retry: later, by itself. refuse: this item only. halt: writing in the workspace ends. ask: a person decides. */
export type Policy = "ignore" | "retry" | "refuse" | "halt" | "ask";
export type Wire =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "PAYLOAD_TOO_LARGE"
  | "TOO_MANY_REQUESTS"
  | "PRECONDITION_FAILED"
  | "INTERNAL_SERVER_ERROR"
  | "SERVICE_UNAVAILABLE";

export type FaultEntry = { readonly blame: Blame; readonly policy: Policy; readonly wire: Wire; readonly says: string };

/** One fault of the table. */
export function row(blame: Blame, policy: Policy, wire: Wire, says: string): FaultEntry {
  return { blame, policy, wire, says };
}
