// The command itself, as an operator runs it: what it prints, one line for what is wrong, and how it ends.
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { call } from "@/tests/server-kit.ts";

const TACIT = fileURLToPath(new URL("../../../cli/tacit.mjs", import.meta.url));
const dir = mkdtempSync(join(tmpdir(), "tacit-command-"));
writeFileSync(join(dir, "index.html"), "<!doctype html>");
afterAll(() => rmSync(dir, { recursive: true }));

type Ran = { code: number | null; out: string; err: string };

function start(args: string[]): { child: ChildProcess; ended: Promise<Ran>; says: (text: string) => Promise<string> } {
  const child = spawn(process.execPath, [TACIT, ...args], {
    cwd: dir,
    env: { ...process.env, TACIT_PORT: "", TACIT_DATA: "" },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (piece) => {
    out += String(piece);
  });
  child.stderr.on("data", (piece) => {
    err += String(piece);
  });
  const ended = new Promise<Ran>((resolve) => child.once("exit", (code) => resolve({ code, out, err })));
  const says = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => (out.includes(text) ? resolve(out) : undefined);
      child.stdout.on("data", look);
      void ended.then((ran) => reject(new Error(ran.err)));
      look();
    });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, ended, says };
}

describe("tacit", () => {
  test("serve prints a setup link, setup another for the same address; SIGTERM ends it in order", async () => {
    const data = join(dir, "data");
    const server = start(["serve", "--port", "0", "--data", data, "--client", dir]);
    const out = await server.says("#s1.");
    const [link = "", origin = ""] = /(http:\/\/localhost:\d+)\/setup#s1\.[\w-]{43}/.exec(out) ?? [];
    expect(link).not.toBe("");
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect((await call(origin, "setup.info", {})).data.origins).toContain(origin);
    const second = start(["serve", "--port", "0", "--data", data, "--client", dir]);
    const more = start(["setup", "--data", data]);
    expect(await second.ended).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Another process has the database open[^\n]*\n$/),
    });
    expect((await more.ended).out).toMatch(new RegExp(`^${origin}/setup#s1\\.[\\w-]{43}\\n$`));
    server.child.kill("SIGTERM");
    const ended = await server.ended;
    expect(ended.code).toBe(0);
    expect(
      ended.err
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).what),
    ).toEqual(["start", "stop"]);
  });

  test("what is wrong is one line with the mend, and exit code 1", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const port = String((taken.address() as AddressInfo).port);
    const runs: [string[], RegExp][] = [
      [
        ["serve", "--port", port, "--data", "a", "--client", dir],
        /^The port is taken\. Choose another with --port\.\n$/,
      ],
      [["serve", "--data", "/proc/nowhere", "--client", dir], /^The data folder can’t be written\.[^\n]*\n$/],
      [["serve", "--port", "x"], /^A setting is not valid\. \(--port: [^\n]*\)\n$/],
      [["serve", "--log", "loud"], /^A setting is not valid\. \(--log: give off, faults or all\)\n$/],
      [["backup"], /^A setting is not valid\. \(use it like this: tacit backup <file>[^\n]*\)\n$/],
      [["nonsense"], /^There is no command “nonsense”\.[^\n]*\n$/],
    ];
    const ended = await Promise.all(runs.map(([args]) => start(args).ended));
    for (const [i, [args, line]] of runs.entries()) {
      expect(ended[i]?.code, args.join(" ")).toBe(1);
      expect(ended[i]?.err, args.join(" ")).toMatch(line);
    }
    taken.close();
  });
});
