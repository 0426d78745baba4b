// Where an entry of the ledger took place, as people know it: the workspace, a public channel, a private one, a DM.
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import type { DeedPlace } from "@/lib/client/api/ledger.ts";
import { mainChannel } from "@/lib/proof/hash.ts";
import type { LedgerSource } from "./source.ts";

const WORKSPACE: DeedPlace = { kind: "workspace", id: null, name: "", people: [] };

/** A public channel. */
export function publicPlace(source: LedgerSource, channel: ChannelId): DeedPlace {
  return { kind: "public", id: channel, name: source.nameOf(channel), people: [] };
}

/** A scope: the workspace, or the private place behind it. */
export function scopePlace(source: LedgerSource, scope: ScopeId): DeedPlace {
  const found = source.state.scopes.get(scope);
  if (found?.kind === "workspace") return WORKSPACE;
  const id = mainChannel(scope);
  const people = found?.kind === "dm" ? [...found.named.keys()] : [];
  return { kind: found?.kind ?? "private", id, name: source.nameOf(id), people };
}
