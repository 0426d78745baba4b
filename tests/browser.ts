// Finds a Chromium for browser tests and screenshots, so that a machine with nothing but Node can run them.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright";

/** `env` is the browser's whole environment; absent, it inherits that of the process. */
export type LaunchOptions = { executablePath: string; args: string[]; env?: Record<string, string> };

const root = fileURLToPath(new URL("..", import.meta.url));

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** Unpacks the browser inside the npm package once, into a folder that appears whole or not at all. */
function unpackPackage(): string {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const bin = join(dirname(entry), "..", "bin");
  const home = join(root, "node_modules", ".cache", "tacit-chromium-149");
  if (existsSync(join(home, "chromium"))) return home;
  const draft = `${home}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  // The package unpacks to the temporary folder, one for the whole machine; a child gets a folder of its own instead.
  const script = `
    const { inflate } = await import(${JSON.stringify(pathToFileURL(entry).href)});
    for (const name of ["chromium", "fonts.tar", "swiftshader.tar", "al2023.tar"])
      await inflate(${JSON.stringify(bin)} + "/" + name + ".br");`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script], { env: { ...process.env, TMPDIR: draft } });
  // The package's own fonts.conf names folders of its platform; this one names where the fonts lie now.
  writeFileSync(
    join(draft, "fonts", "fonts.conf"),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(home, "fonts")}</dir>` +
      `<cachedir>${join(home, "fonts-cache")}</cachedir></fontconfig>\n`,
  );
  try {
    renameSync(draft, home);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(home, "chromium"))) throw cause;
  }
  return home;
}

/** Whether the binary starts at all; a missing system library shows here. */
function starts(options: LaunchOptions): boolean {
  return (
    spawnSync(options.executablePath, ["--version"], { env: { ...process.env, ...options.env }, timeout: 30_000 })
      .status === 0
  );
}

function fromPackage(): LaunchOptions {
  const home = unpackPackage();
  const executablePath = join(home, "chromium");
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) own[name] = value;
  const fonts = existsSync("/etc/fonts/fonts.conf") ? {} : { FONTCONFIG_PATH: join(home, "fonts") };
  const plain = { executablePath, args, env: { ...own, ...fonts } };
  if (starts(plain)) return plain;
  const withLibraries = { ...plain, env: { ...plain.env, LD_LIBRARY_PATH: join(home, "al2023", "lib") } };
  if (starts(withLibraries)) return withLibraries;
  throw new Error(
    "The packaged Chromium does not start here. Install any Chromium and set TACIT_CHROMIUM to its path.",
  );
}

/**
 * Options for Playwright's `chromium.launch`. Order: TACIT_CHROMIUM, a browser that Playwright installed,
 * /usr/bin/chromium, the npm package `@sparticuz/chromium`.
 */
export async function launchOptions(): Promise<LaunchOptions> {
  const named = process.env.TACIT_CHROMIUM;
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`TACIT_CHROMIUM names ${named}, which does not exist.`);
    return { executablePath: named, args };
  }
  for (const executablePath of [chromium.executablePath(), "/usr/bin/chromium"]) {
    if (existsSync(executablePath)) return { executablePath, args };
  }
  return fromPackage();
}
