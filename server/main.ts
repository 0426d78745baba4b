// Starts one server: store, ledgers, HTTP, sockets; and stops it so that nothing under way is lost.
import type { Server } from "node:http";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import { Fault } from "@/lib/base/errors.ts";
import { sodiumReady } from "@/lib/proof/sodium.ts";
import { mintSetupToken, setupLink } from "@/server/auth/setup.ts";
import type { SegmentStore } from "@/server/blobs/port.ts";
import { LiveDoor } from "@/server/live/upgrade.ts";
import { systemCode } from "@/server/store/faults.ts";
import { blobsPath, databasePath, holdDataDir, openDataDir } from "@/server/store/open.ts";
import { serveRequest } from "@/server/web/http.ts";
import { readAssets } from "@/server/web/static.ts";
import type { App } from "./app.ts";
import { openApp } from "./assemble.ts";
import type { Limits, Settings } from "./env.ts";
import { checkSettings, DEFAULT_LIMITS, DEFAULT_PUSH, isLoopback } from "./env.ts";
import type { Log } from "./log.ts";
import { systemRandom } from "./random.ts";
import { startUpkeep } from "./upkeep.ts";

export type StartOptions = Partial<Omit<Settings, "limits">> & {
  readonly dataDir: string;
  readonly limits?: Partial<Limits>;
  readonly clock?: { now(): number };
  readonly log?: Log;
  /** where segments of files lie; left out: in the data folder */
  readonly segments?: SegmentStore;
};

export type RunningServer = {
  /** where programs on this machine reach it, e.g. http://127.0.0.1:4410 */
  readonly url: string;
  readonly port: number;
  /** the address that people open */
  readonly publicUrl: string;
  readonly origins: readonly string[];
  readonly databasePath: string;
  readonly blobsPath: string;
  /** the link to make the first workspace with; null when there is one already */
  readonly setupLink: string | null;
  readonly setupToken: Uint8Array | null;
  /** mints another setup token, as `tacit setup` does */
  mintSetup(): Promise<Uint8Array>;
  /** does at once what upkeep does by the hour */
  sweep(): Promise<void>;
  /** takes no more, finishes what is under way, closes the database */
  stop(): Promise<void>;
};

const DEFAULTS: Omit<Settings, "dataDir"> = {
  host: "127.0.0.1",
  port: 0,
  publicUrl: null,
  origins: [],
  tls: null,
  behindProxy: false,
  staticDir: null,
  maxPages: null,
  push: DEFAULT_PUSH,
  limits: DEFAULT_LIMITS,
};
const STOP_MS = 5000;

/** Starts a server. Throws start/… and store/… faults that say what to mend. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { limits, clock, log, segments, ...given } = options;
  const settings = checkSettings({ ...DEFAULTS, ...given, limits: { ...DEFAULT_LIMITS, ...limits } });
  const now = clock === undefined ? Date.now : () => clock.now();
  await sodiumReady();
  const assets = settings.staticDir === null ? null : readAssets(settings.staticDir);
  openDataDir(settings.dataDir);
  const hold = holdDataDir(settings.dataDir);
  let origins: readonly string[] = [];
  let app: App | undefined;
  try {
    const bare = { settings, now, log: log ?? (() => undefined), origins: () => origins, random: systemRandom };
    app = await openApp(bare, segments);
    const web = { app, assets };
    const server = createWeb(settings, (request, response) => void serveRequest(web, request, response));
    const door = new LiveDoor(app);
    server.on("upgrade", door.upgrade);
    const port = await listen(server, settings);
    const publicUrl = settings.publicUrl ?? `${settings.tls === null ? "http" : "https"}://localhost:${port}`;
    origins = originsOf(settings, publicUrl, port);
    const running = { app, server, door, port, publicUrl, origins, release: hold.release };
    return await present(running);
  } catch (thrown) {
    await app?.store.close();
    hold.release();
    throw thrown;
  }
}

function createWeb(settings: Settings, serve: Parameters<typeof createHttp>[1]): Server {
  const { headMs, bodyMs, idleMs } = settings.limits;
  const options = {
    maxHeaderSize: 16 * 1024,
    headersTimeout: headMs,
    // A whole segment over a slow line; each kind of body has a stricter timer of its own.
    requestTimeout: Math.max(bodyMs, idleMs) * 20,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: Math.max(100, Math.min(5000, headMs / 2)),
  };
  const server =
    settings.tls === null ? createHttp(options, serve) : createHttps({ ...options, ...settings.tls }, serve);
  // One who takes nothing of an answer holds no connection for ever; live sockets have pings of their own.
  server.setTimeout(Math.max(bodyMs, idleMs) * 4);
  server.maxConnections = settings.limits.sockets * 2;
  return server;
}

function listen(server: Server, settings: Settings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const taken = systemCode(cause) === "EADDRINUSE";
      const detail = `--port ${settings.port} on --host ${settings.host}: this system does not allow it`;
      reject(taken ? new Fault("start/port-in-use", { cause }) : new Fault("start/bad-setting", { cause, detail }));
    });
    server.listen(settings.port, settings.host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Exact origins: the public one, on loopback both of its names, and those that were configured. */
function originsOf(settings: Settings, publicUrl: string, port: number): string[] {
  const scheme = settings.tls === null ? "http" : "https";
  const local = isLoopback(settings.host) && !settings.behindProxy;
  const own = local ? [`${scheme}://localhost:${port}`, `${scheme}://127.0.0.1:${port}`] : [];
  return [...new Set([publicUrl, ...own, ...settings.origins])];
}

type Running = {
  app: App;
  server: Server;
  door: LiveDoor;
  port: number;
  publicUrl: string;
  origins: readonly string[];
  release: () => void;
};

async function present({ app, server, door, port, publicUrl, origins, release }: Running): Promise<RunningServer> {
  const { settings, store, log } = app;
  await store.setup.dropSetupTokens(app.now());
  await store.setup.writeMeta("publicUrl", publicUrl);
  const setupToken = app.workspaces.count === 0 ? await mintSetupToken(store.setup, true, app.now(), app.random) : null;
  const upkeep = startUpkeep(app);
  log({ what: "start", count: app.workspaces.count });
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    upkeep.stop();
    app.waker.stop();
    await closeWeb(door, server);
    await store.close();
    release();
    log({ what: "stop" });
  };
  const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
  return {
    url: `${settings.tls === null ? "http" : "https"}://${host}:${port}`,
    port,
    publicUrl,
    origins,
    databasePath: databasePath(settings.dataDir),
    blobsPath: blobsPath(settings.dataDir),
    setupToken,
    setupLink: setupToken === null ? null : setupLink(publicUrl, setupToken),
    mintSetup: () => mintSetupToken(store.setup, false, app.now(), app.random),
    sweep: () => upkeep.sweep(),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Ends sockets with a bye, lets calls under way finish, and cuts off what takes too long. */
async function closeWeb(door: LiveDoor, server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  door.close("net/closed");
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), STOP_MS);
  await closed;
  clearTimeout(timer);
}
