// Settings: defaults, flags over variables, and a sentence with the mend for each value that will not do.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeSettings, isLoopback, ROWS, readSettings } from "@/server/env.ts";

const out = mkdtempSync(join(tmpdir(), "tacit-out-"));
writeFileSync(join(out, "index.html"), "");
const built = ["--client", out];
const pem = join(out, "some.pem");
writeFileSync(pem, "pem");

function refusal(args: string[], env: Record<string, string> = {}): string {
  try {
    readSettings([...built, ...args], env);
  } catch (thrown) {
    const { code, detail } = thrown as { code: string; detail?: string };
    return `${code} ${detail ?? ""}`;
  }
  return "accepted";
}

describe("settings", () => {
  test("without any, it listens on this machine alone", () => {
    const settings = readSettings(built, {});
    expect(settings).toMatchObject({ host: "127.0.0.1", port: 4410, publicUrl: null, tls: null, behindProxy: false });
    expect(settings.dataDir).toBe(join(process.cwd(), "data"));
  });

  test("a flag wins over its variable; both forms of a flag are read", () => {
    const env = { TACIT_PORT: "5000", TACIT_DATA: "/tmp/from-variable", TACIT_BEHIND_PROXY: "yes" };
    const settings = readSettings([...built, "--port=6000", "--public-url", "https://chat.example/"], env);
    expect(settings).toMatchObject({ port: 6000, dataDir: "/tmp/from-variable", behindProxy: true });
    expect(settings.publicUrl).toBe("https://chat.example");
  });

  test.each([
    [["--port", "70000"], "--port: give a whole number from 0 to 65535"],
    [["--port", "4x"], "--port: give a whole number"],
    [["--port"], "--port: a value is missing"],
    [["--nope"], "--nope: there is no such flag"],
    [["--host", "example.org"], "--host: give an IP address or localhost"],
    [["--public-url", "chat.example"], "--public-url: give an address like"],
    [["--public-url", "http://chat.example"], "must begin with https://"],
    [["--public-url", "https://chat.example/path"], "without path"],
    [["--public-url", "https://user:pass@chat.example"], "without path, user"],
    [["--origin", "https://a.example,nonsense"], "--origin: give an address"],
    [["--tls-cert", "/nowhere.pem"], "--tls-cert: this file can’t be read"],
    [["--tls-cert", pem], "TLS needs both"],
    [["--behind-proxy=perhaps"], "--behind-proxy: give yes or no"],
    [["--behind-proxy"], "--public-url: behind a proxy"],
    [["--host", "0.0.0.0"], "only with --tls-cert and --tls-key, or with --behind-proxy"],
    [["--host", "::", "--tls-cert", pem, "--tls-key", pem], "--public-url: say by which address"],
    [["--file-mb", "0"], "--file-mb: give a whole number from 1"],
  ])("%j is refused with its mend", (args, mend) => {
    expect(refusal(args)).toContain("start/bad-setting");
    expect(refusal(args)).toContain(mend);
  });

  test("a variable that will not do is named", () => {
    expect(refusal([], { TACIT_PORT: "x" })).toContain("TACIT_PORT: give a whole number");
  });

  test("a client that is not built", () => {
    expect(refusal(["--client", "/nowhere"])).toContain("start/not-built");
  });

  test("--help names every flag and variable", () => {
    for (const { flag, variable } of Object.values(ROWS)) {
      expect(describeSettings()).toContain(flag);
      expect(describeSettings()).toContain(variable);
    }
  });

  test("names of this machine", () => {
    for (const name of ["localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]", "x.localhost"])
      expect(isLoopback(name)).toBe(true);
    for (const name of ["0.0.0.0", "::", "128.0.0.1", "localhost.evil.example", "127.0.0.1.evil.example"])
      expect(isLoopback(name)).toBe(false);
  });
});
