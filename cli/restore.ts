// tacit restore: unpacks a backup that is whole into a new data folder.
import { resolve } from "node:path";
import { Fault } from "@/lib/base/errors.ts";
import { restoreBackup } from "@/server/backup/restore.ts";
import { takeFlag, takeWords } from "./say.ts";

export async function run(args: readonly string[]): Promise<number> {
  const usage = "tacit restore <file> --data <dir>";
  const { value: data, rest } = takeFlag(args, "--data");
  const [file = ""] = takeWords(rest, 1, usage);
  if (data === undefined) throw new Fault("start/bad-setting", { detail: `use it like this: ${usage}` });
  const report = await restoreBackup(resolve(file), resolve(data));
  process.stdout.write(`Restored ${report.events} events in ${report.files} files to ${data}\n`);
  return 0;
}
