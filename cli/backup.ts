// tacit backup: everything of a data folder in one file, while the server runs.
import { resolve } from "node:path";
import { SERVER_VERSION } from "@/server/app.ts";
import { makeBackup } from "@/server/backup/backup.ts";
import { takeFlag, takeWords } from "./say.ts";

export async function run(args: readonly string[]): Promise<number> {
  const { value: data = process.env.TACIT_DATA ?? "data", rest } = takeFlag(args, "--data");
  const [file = ""] = takeWords(rest, 1, "tacit backup <file> [--data <dir>]");
  const report = await makeBackup(resolve(data), resolve(file), SERVER_VERSION);
  process.stdout.write(
    `Backed up ${report.events} events in ${report.files} files, ${report.bytes} bytes, to ${file}\n`,
  );
  return 0;
}
