// The suites that `npm test` and `npm run check` run, and how the figures of each are read. Node builtins only.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./needs.mjs";

const reports = join(root, ".cache", "test");
const tool = (...path) => join(root, "node_modules", ...path);
const biome = tool("@biomejs", "biome", "bin", "biome");

/** Steps of which each counts as one: its name, and the command for Node. */
const steps = {
  format: [biome, "format", "--colors=off", "."],
  "lint: layer law, circles": [biome, "lint", "--colors=off", "--error-on-warnings", "--max-diagnostics=60", "."],
  types: [tool("typescript", "bin", "tsc"), "--noEmit", "-p", "."],
  "dead code": [tool("knip", "bin", "knip.js")],
};

/** One row of the table: a suite with what passed, what failed and the seconds it took. */
const row = (name, passed, failed, began) => ({ name, passed, failed, seconds: (Date.now() - began) / 1000 });

/** Runs every step; one that fails does not keep the next from running. */
export async function runSteps() {
  const rows = [];
  for (const [name, args] of Object.entries(steps)) {
    const began = Date.now();
    console.log(`\n── ${name}`);
    const ok = (await run(process.execPath, args, { what: `still at ${name}` })) === 0;
    rows.push(row(name, ok ? 1 : 0, ok ? 0 : 1, began));
  }
  return rows;
}

function freshReport(name) {
  mkdirSync(reports, { recursive: true });
  const path = join(reports, name);
  rmSync(path, { force: true });
  return path;
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** Runs vitest projects in one go; a project without a test, and a run that broke, count as failed. */
export async function runVitest(projects) {
  const began = Date.now();
  console.log(`\n── ${projects.join(", ")}`);
  const path = freshReport("vitest.json");
  const chosen = projects.flatMap((name) => ["--project", name]);
  const args = [tool("vitest", "vitest.mjs"), "run", ...chosen, "--reporter=default", "--reporter=json"];
  const code = await run(process.execPath, [...args, `--outputFile.json=${path}`], { what: "still at the tests" });
  const report = read(path);
  const rows = projects.map((name) => {
    const files = (report?.testResults ?? []).filter((file) => file.name.includes(`/tests/${name}/`));
    const states = files.flatMap((file) => file.assertionResults.map((one) => one.status));
    const passed = states.filter((state) => state === "passed").length;
    // A file that does not even load has no results of its own.
    const broken = files.filter(
      (file) => file.status === "failed" && !file.assertionResults.some((one) => one.status === "failed"),
    );
    const failed = states.filter((state) => state !== "passed").length + broken.length;
    const times = files.map((file) => file.endTime - file.startTime);
    const seconds = times.reduce((sum, time) => sum + time, 0) / 1000;
    return { name, passed, failed: passed + failed === 0 ? 1 : failed, seconds };
  });
  const clean = rows.every((one) => one.failed === 0);
  // Unhandled errors outside any test end the run with a code, and with no failed test.
  if (code !== 0 && clean) rows.push(row("vitest itself", 0, 1, began));
  return rows;
}

/** Runs the browser tests over the built client. */
export async function runBrowser(more = []) {
  const began = Date.now();
  console.log("\n── e2e, in a browser");
  const path = freshReport("e2e.json");
  const args = [tool("@playwright", "test", "cli.js"), "test", ...more];
  const code = await run(process.execPath, args, { what: "still in the browser", env: { CI: "true" } });
  const stats = read(path)?.stats ?? { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  const none = stats.expected + failed === 0;
  return [row("e2e", stats.expected, none || (code !== 0 && failed === 0) ? failed + 1 : failed, began)];
}
