// The vitest projects: one for each kind of test, so that a gate can run one of them alone.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Milliseconds that one test of a project may take; hooks get the same. */
const projects = {
  unit: 20_000,
  vectors: 20_000,
  contract: 60_000,
  scenario: 180_000,
  hostile: 120_000,
  secrecy: 180_000,
  house: 60_000,
};

/** Projects whose files build the tool itself, or read what others left; every other one shares its modules between files. */
const apart: ReadonlySet<string> = new Set(["house", "secrecy"]);

export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    pool: "forks",
    // Scenarios wait as long as they compute: measured, half again as many workers as cores fill them.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    passWithNoTests: true,
    projects: Object.entries(projects).map(([name, timeout]) => ({
      extends: true as const,
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`],
        environment: "node",
        // Loading the modules anew for each file was a third of the unit tests' time.
        isolate: apart.has(name),
        testTimeout: timeout,
        hookTimeout: timeout,
      },
    })),
  },
});
