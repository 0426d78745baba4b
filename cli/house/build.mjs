// `npm run build`: the client, built anew.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { ensureClient } from "./client.mjs";
import { checkNode, ensurePackages, root } from "./needs.mjs";

checkNode();
await ensurePackages();
rmSync(join(root, ".cache", "client.sha256"), { force: true });
await ensureClient();
