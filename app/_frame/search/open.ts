// Goes to the search, with what is searched for; where it is open already, to its field.
import { go } from "@/app/_frame/routing/use-route.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import { focusSearch, type Search, setSearch } from "./state.ts";

/** Without `search` it opens as it was left. */
export function openSearch(ws: WorkspaceId, search?: Search): void {
  if (search !== undefined) setSearch(search);
  if (!focusSearch()) go({ t: "search", ws });
}
