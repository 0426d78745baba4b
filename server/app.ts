// Everything that one running server holds together; procedures, routes and sockets are given this.
import type { Challenges } from "@/server/auth/challenges.ts";
import type { Mailboxes } from "@/server/auth/mailboxes.ts";
import type { Rates } from "@/server/auth/rates.ts";
import type { Session, Tokens } from "@/server/auth/tokens.ts";
import type { SegmentStore } from "@/server/blobs/port.ts";
import type { Workspaces } from "@/server/ledger/workspaces.ts";
import type { Hub } from "@/server/live/hub.ts";
import type { VapidKey } from "@/server/push/vapid.ts";
import type { Waker } from "@/server/push/waker.ts";
import type { Restores } from "@/server/restore/restores.ts";
import type { Store } from "@/server/store/port.ts";
import type { Settings } from "./env.ts";
import type { Log } from "./log.ts";
import { judgeSession } from "./may.ts";
import type { Random } from "./random.ts";

export const SERVER_VERSION = "0.1.0";

export type App = {
  readonly settings: Settings;
  /** exact origins whose pages may call; known once the port is */
  readonly origins: () => readonly string[];
  readonly now: () => number;
  readonly random: Random;
  readonly log: Log;
  readonly store: Store;
  readonly workspaces: Workspaces;
  readonly restores: Restores;
  readonly challenges: Challenges;
  readonly tokens: Tokens;
  readonly mailboxes: Mailboxes;
  readonly rates: Rates;
  readonly hub: Hub;
  readonly disk: SegmentStore;
  readonly waker: Waker;
  /** the server's own key toward push services */
  readonly push: { readonly key: VapidKey };
};

/** The session behind a bearer token, if its owner still counts. */
export function findSession(app: App, token: string | null): Session | undefined {
  const session = token === null ? undefined : app.tokens.find(token);
  const workspace = app.workspaces.find(session?.ws ?? null);
  if (session === undefined || workspace === undefined) return undefined;
  return judgeSession(workspace.state, session, app.now()) === null ? session : undefined;
}
