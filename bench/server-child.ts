// The real server as a child process, with every rate limit far away.
import { startServer } from "@/server/main.ts";
import { SIM_LIMITS } from "@/tests/sim/limits.ts";
import { serveParent } from "./child.ts";

const [dataDir = "", staticDir = null] = process.argv.slice(2);
const { url, port, publicUrl, origins, databasePath, blobsPath, setupLink, stop } = await startServer({
  dataDir,
  staticDir,
  limits: SIM_LIMITS,
});
serveParent({ url, port, publicUrl, origins, databasePath, blobsPath, setupLink }, stop);
