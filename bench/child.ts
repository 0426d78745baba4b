// The side of a child process: answers what CPU it has used, and ends when told.

/** Tells the parent that this is ready, with whatever it must know; `stop` ends what runs here. */
export function serveParent(ready: Readonly<Record<string, unknown>>, stop: () => Promise<void>): void {
  process.on("message", async (message) => {
    if (message === "cpu") {
      const { user, system } = process.cpuUsage();
      process.send?.({ t: "cpu", micros: user + system });
    }
    if (message !== "stop") return;
    await stop();
    process.exit(0);
  });
  // Nobody is left to answer.
  process.on("disconnect", () => process.exit(0));
  process.send?.({ t: "ready", ...ready });
}
