// One link as a viewer may have it: the stub always, the body where he may see it (PROTOCOL L2).
import { bodyVisible } from "@/lib/proof/queries.ts";
import type { LedgerState, Viewer } from "@/lib/proof/state.ts";
import type { EntryJson } from "@/lib/protocol/sync.ts";
import { toLinkJson, toStubJson } from "@/lib/protocol/sync.ts";
import type { LinkRow } from "@/server/store/port.ts";

export function entryFor(state: LedgerState, viewer: Viewer, row: LinkRow): EntryJson {
  const visible = bodyVisible(state, viewer, row.stub, row.n);
  return { stub: toStubJson(row.stub), link: visible ? toLinkJson(row.link) : null };
}
