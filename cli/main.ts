// Finds the command that was asked for; each lies in a file of its own and is loaded only then.
import { explain } from "./say.ts";

type Run = (args: readonly string[]) => Promise<number>;
type Command = { readonly help: string; readonly load: () => Promise<{ run: Run }> };

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: { help: "runs the server (serve --help lists its settings)", load: () => import("./serve.ts") },
  setup: { help: "makes a link for one more workspace", load: () => import("./setup.ts") },
  backup: {
    help: "backup <file> [--data <dir>]: copies everything while the server runs",
    load: () => import("./backup.ts"),
  },
  audit: {
    help: "plants words in every field and searches all that a server stores and hears for them",
    load: () => import("./audit.ts"),
  },
  restore: { help: "restore <file> --data <dir>: checks a backup and unpacks it", load: () => import("./restore.ts") },
};

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { help }]) => `  tacit ${name.padEnd(8)} ${help}`);
  return `Tacit: team chat whose server keeps silent.\n\n${lines.join("\n")}\n`;
}

/** Runs a command; answers the exit code. What went wrong is one line on stderr. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [name = "", ...rest] = args;
  if (name === "" || name === "--help" || name === "help") {
    process.stdout.write(usage());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`There is no command “${name}”. tacit --help lists them.\n`);
    return 1;
  }
  try {
    return await (await command.load()).run(rest);
  } catch (thrown) {
    process.stderr.write(`${explain(thrown)}\n`);
    return 1;
  }
}
