// Writes vector files that do not exist yet; frozen ones are never written again: npx tsx tests/vectors/generate.ts
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { formatFile, makeAll } from "./make/all.ts";

await cryptoReady();
for (const { file, content } of makeAll()) {
  const path = join(import.meta.dirname, `${file}.json`);
  if (existsSync(path)) {
    console.log(`${file}.json is frozen; left as it is`);
    continue;
  }
  writeFileSync(path, formatFile(content));
  console.log(`${file}.json written: ${Object.values(content.groups).flat().length} vectors`);
}
