// What lies here of recovery circles: only the rows of the one that is in force (PROTOCOL D6).
import type { UserId } from "@/lib/base/ids.ts";
import type { Link } from "@/lib/protocol/link.ts";
import type { App } from "@/server/app.ts";
import { circleInForce } from "./keys.ts";
import type { Workspace } from "./workspace.ts";

function ownerOf(link: Link): UserId[] {
  if (link.type === "circle_set") return [link.user];
  return link.type === "rekey" || link.type === "member_remove" ? [link.body.user] : [];
}

/** After links that change or end a circle: seals and boxes of former ones go, so that former helpers find none here. */
export async function dropCircles(app: App, { ws, state }: Workspace, links: readonly Link[]): Promise<void> {
  for (const user of new Set(links.flatMap(ownerOf)))
    await app.store.keys.dropCircles(ws, user, circleInForce(state, user));
}
