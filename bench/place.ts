// A server in a process of its own, so that its CPU can be told from that of those who load it; and a world around it.
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunningServer } from "@/server/main.ts";
import { World } from "@/tests/world.ts";

/** CPU of a process since its start, in µs, of all its threads. */
export type Told = { readonly t: "cpu"; readonly micros: number };

/** A child process that runs one of the programs of this folder. */
export class Child {
  readonly #child: ChildProcess;

  constructor(program: string, args: readonly string[]) {
    const path = fileURLToPath(new URL(program, import.meta.url));
    this.#child = fork(path, [...args], { execArgv: ["--import", "tsx"] });
  }

  /** Its first message of this kind from now on. */
  hear<T extends { readonly t: string }>(t: T["t"]): Promise<T> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new TypeError(`the child ended with ${code}`));
      const heard = (message: T) => {
        if (message.t !== t) return;
        this.#child.off("message", heard);
        this.#child.off("exit", ended);
        resolve(message);
      };
      this.#child.on("message", heard);
      this.#child.once("exit", ended);
    });
  }

  async cpu(): Promise<number> {
    const told = this.hear<Told>("cpu");
    this.#child.send("cpu");
    return (await told).micros;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.send("stop");
    await ended;
  }
}

type Ready = { readonly t: "ready" } & Pick<
  RunningServer,
  "url" | "port" | "publicUrl" | "origins" | "databasePath" | "blobsPath" | "setupLink"
>;

export type Place = { readonly world: World; readonly server: Child };

/** Starts the real server in a child, with the built client where one is named; `world.stop()` ends it. */
export async function startPlace(staticDir?: string): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), "tacit-bench-"));
  const server = new Child("./server-child.ts", [dataDir, ...(staticDir === undefined ? [] : [staticDir])]);
  const ready = await server.hear<Ready>("ready");
  const far = () => Promise.reject(new TypeError("not from here"));
  const stop = () => server.stop();
  const running: RunningServer = { ...ready, setupToken: null, mintSetup: far, sweep: far, stop };
  return { world: new World(running, dataDir, {}), server };
}
