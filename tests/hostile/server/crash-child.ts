// A server process of its own, for a test that kills it: waits for a line, prints its port, serves until it dies.
import { once } from "node:events";
import { startServer } from "@/server/main.ts";

const [dataDir = "", at = "0"] = process.argv.slice(2);
const generous = { burst: 1e9, perMinute: 1e9 };
await once(process.stdin, "data");
const server = await startServer({
  dataDir,
  clock: { now: () => Number(at) },
  limits: { strangers: generous, calls: generous, events: generous, links: generous },
});
process.stdout.write(`${JSON.stringify({ port: server.port, publicUrl: server.publicUrl })}\n`);
