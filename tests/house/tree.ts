// The project's own files, as the house tests see them: everything but what is installed or built.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const skipped = new Set([
  "node_modules",
  ".next",
  "out",
  "data",
  ".cache",
  ".git",
  "test-results",
  "playwright-report",
]);

/** Paths of all files under `folder`, relative to the root, with forward slashes. */
export function filesUnder(folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const child = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(child);
      } else if (entry.isFile()) found.push(child);
    }
  };
  visit(folder);
  return found.sort();
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** The folders whose shape is held to the house rules. */
export const floors = ["lib", "server", "app", "cli"] as const;

/** Code files of the four floors. */
export function sources(): string[] {
  return floors.flatMap(filesUnder).filter((path) => /\.(ts|tsx|mjs)$/.test(path));
}
