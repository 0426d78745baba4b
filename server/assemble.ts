// Puts a running server together from what lies on disk: store, blobs, ledgers, logins, and sockets tied to changes of the ledger.
import { Challenges } from "@/server/auth/challenges.ts";
import { Mailboxes } from "@/server/auth/mailboxes.ts";
import { Rates } from "@/server/auth/rates.ts";
import { Tokens } from "@/server/auth/tokens.ts";
import { BlobDisk } from "@/server/blobs/disk.ts";
import type { SegmentStore } from "@/server/blobs/port.ts";
import { Workspaces } from "@/server/ledger/workspaces.ts";
import { announceHead } from "@/server/live/announce.ts";
import { Hub } from "@/server/live/hub.ts";
import { judgeListener } from "@/server/live/socket.ts";
import { loadVapidKey } from "@/server/push/vapid.ts";
import { Waker } from "@/server/push/waker.ts";
import { Restores } from "@/server/restore/restores.ts";
import { blobsPath, databasePath } from "@/server/store/open.ts";
import type { Store } from "@/server/store/port.ts";
import { openSqliteStore } from "@/server/store/sqlite.ts";
import type { App } from "./app.ts";

export type Bare = Pick<App, "settings" | "now" | "log" | "origins" | "random">;

/** Opens the data folder of these settings; segments of files lie in it, unless they have another store. */
export async function openApp(bare: Bare, segments: SegmentStore | undefined): Promise<App> {
  const { dataDir, maxPages } = bare.settings;
  const disk = segments ?? new BlobDisk(blobsPath(dataDir));
  await disk.open();
  return await assemble(bare, openSqliteStore(databasePath(dataDir), maxPages === null ? {} : { maxPages }), disk);
}

/** A server over a store that is open; closes it when what lies there can't be read. */
export async function assemble(bare: Bare, store: Store, disk: SegmentStore): Promise<App> {
  const { settings, now, random } = bare;
  const { limits } = settings;
  try {
    const workspaces = new Workspaces(store);
    const restores = new Restores(store, now, random);
    const key = await loadVapidKey(store.setup, random);
    const hub = new Hub(limits.socketBacklog);
    const route = () => ({ ...settings.push, key, contact: contactOf(bare.origins()) });
    const waker = new Waker({ store: store.push, hub, now, log: bare.log, route, restMs: settings.push.restMs });
    const app: App = {
      ...bare,
      store,
      disk,
      workspaces,
      restores,
      challenges: new Challenges(now, random),
      tokens: new Tokens(now, limits.tokensPerLogin, random),
      mailboxes: new Mailboxes(now),
      rates: new Rates(limits, now),
      hub,
      push: { key },
      waker,
    };
    await workspaces.load();
    await restores.load();
    await waker.load();
    workspaces.onChange((workspace) => {
      app.hub.review(workspace.ws, (listener) => judgeListener(app, listener));
      announceHead(app, workspace);
      waker.review(workspace);
    });
    return app;
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** Whom a push service may turn to: the address of this server, or nobody where it has none of its own. */
function contactOf(origins: readonly string[]): string {
  return origins.find((origin) => origin.startsWith("https:")) ?? "mailto:nobody@localhost";
}
