// `npm run dev`: the pages from Next as they are edited, and beside it a server that starts anew when its code changes.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeEmoji } from "./emoji.mjs";
import { checkNode, ensurePackages, root } from "./needs.mjs";

const pagePort = process.env.TACIT_DEV_PORT ?? "4411";
const serverPort = process.env.TACIT_DEV_SERVER_PORT ?? "4412";

checkNode();
await ensurePackages();

// The server wants a client to serve; in development Next serves the pages, so that an empty one will do.
const client = join(root, ".cache", "dev-client");
mkdirSync(client, { recursive: true });
writeFileSync(join(client, "index.html"), "<!doctype html><title>Tacit</title>\n");
writeEmoji(root, client);

const flags = ["--port", serverPort, "--public-url", `http://localhost:${pagePort}`, "--client", client];
const server = ["--import", "tsx", "--watch-path=server", "--watch-path=lib", "--watch-preserve-output"];
const commands = [
  [
    ...server,
    join("cli", "tacit.mjs"),
    "serve",
    ...flags,
    "--data",
    join(".cache", "dev-data"),
    ...process.argv.slice(2),
  ],
  [join("node_modules", "next", "dist", "bin", "next"), "dev", "--hostname", "localhost", "--port", pagePort],
];
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", TACIT_DEV_SERVER: `http://127.0.0.1:${serverPort}` };
const children = commands.map((args) => spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" }));

function stop() {
  for (const child of children) child.kill("SIGTERM");
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
for (const child of children) child.once("exit", stop);
