// tacit setup: one more setup link, for a server that runs or will run.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "@/lib/base/errors.ts";
import { mintSetupToken, setupLink } from "@/server/auth/setup.ts";
import { databasePath } from "@/server/store/open.ts";
import { openSqliteStore } from "@/server/store/sqlite.ts";
import { takeFlag, takeWords } from "./say.ts";

export async function run(args: readonly string[]): Promise<number> {
  const { value: data = process.env.TACIT_DATA ?? "data", rest } = takeFlag(args, "--data");
  takeWords(rest, 0, "tacit setup [--data <dir>]");
  const path = databasePath(resolve(data));
  if (!existsSync(path))
    throw new Fault("start/bad-setting", {
      detail: `--data: no server has run in ${resolve(data)} yet; start one first`,
    });
  const store = openSqliteStore(path);
  try {
    const publicUrl = (await store.setup.readMeta("publicUrl")) ?? "http://localhost:4410";
    const token = await mintSetupToken(store.setup, false, Date.now());
    process.stdout.write(`${setupLink(publicUrl, token)}\n`);
  } finally {
    await store.close();
  }
  return 0;
}
