// `npm start`: brings packages and client up to date where needed, then is the server, with the arguments given.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureClient } from "./client.mjs";
import { checkNode, ensurePackages, root } from "./needs.mjs";

checkNode();
await ensurePackages();
await ensureClient();

// In this very process, so that a signal reaches the server once and at once.
const command = join(root, "cli", "tacit.mjs");
process.argv = [process.execPath, command, "serve", ...process.argv.slice(2)];
await import(pathToFileURL(command).href);
