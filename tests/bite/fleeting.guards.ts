// Guards of ephemeral events, each with the hostile case that must miss it.
import { client, type Guard } from "./guard.ts";

const EPHEMERALS = "lib/client/presence/ephemerals.ts";
const HERE = "lib/client/presence/here.ts";
const guard = (rule: string, keeps: string, find: string, replace: string, file = EPHEMERALS): Guard =>
  client(rule, keeps, "fleeting", file, find, replace);

export const GUARDS: readonly Guard[] = [
  guard("MS-07", "ephemeral events said before", "(header.seq <= last.seq || n < last.n)", "n < last.n"),
  guard("MS-29", "ephemeral events of another time", "Math.abs(now - sentAt) > WINDOW_MS", "Number.isNaN(sentAt)"),
  guard("MS-08", "ephemeral events from a ledger that is not here", `|| opened.n > state.n) return`, ") return"),
  guard("MS-06", "another history said in passing", "      this.#conflict(sealed, opened, ours ?? null);\n", ""),
  guard("what one does not share", "presence that is off", "if (!this.shares.presence) return;", "", HERE),
  guard("what one does not share", "typing that is off", "|| !this.shares.typing ", "", HERE),
];
