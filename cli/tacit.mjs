#!/usr/bin/env node
// The command `tacit`: checks the Node version before anything else is read, then runs from TypeScript.
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 20) || major >= 27) {
  console.error(`Tacit needs Node 20.20 or later, below 27; this is ${process.versions.node}. Get one at nodejs.org.`);
  process.exit(1);
}

const { register } = await import("tsx/esm/api");
register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
const { runCommand } = await import("./main.ts");
process.exitCode = await runCommand(process.argv.slice(2));
