// The audit finds nothing in the real build, and finds what a leaky one leaks (invariant 1, acceptance of the proof).
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { Aviary, formsOf } from "@/cli/audit/canaries.ts";
import { unclassified } from "@/cli/audit/columns.ts";
import { search } from "@/cli/audit/search.ts";
import { storedSizes } from "@/cli/audit/sizes.ts";
import { audit } from "@/cli/audit.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("the server’s disk, backup, log and wire hold no word that a person typed", async () => {
  const report = await audit();
  expect(report.hits).toEqual([]);
  expect(report.unclassified).toEqual([]);
  expect(report.sizes.unpadded).toEqual([]);
  expect(report.sizes.files).toBeGreaterThanOrEqual(3);
  expect(report.fields.length).toBeGreaterThanOrEqual(25);
  const sinks = report.sinks.filter((sink) => sink.bytes > 0).map((sink) => sink.name);
  for (const name of [
    "running/tacit.db",
    "running/tacit.db-wal",
    "stopped/tacit.db",
    "backup",
    "log",
    "HTTP requests",
    "HTTP answers",
    "socket frames in",
  ])
    expect(sinks).toContain(name);
});

/** Copies the sources with some passages replaced, and runs the audit command of that copy. */
function auditOf(
  file: string,
  swaps: readonly (readonly [string, string])[],
): { status: number | null; output: string } {
  const copy = mkdtempSync(join(tmpdir(), "tacit-leaky-"));
  try {
    for (const part of ["lib", "server", "cli", "drizzle", "tsconfig.json", "package.json"])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    let source = readFileSync(join(copy, file), "utf8");
    for (const [passage, replacement] of swaps) {
      expect(source).toContain(passage);
      source = source.replace(passage, replacement);
    }
    writeFileSync(join(copy, file), source);
    const run = spawnSync(process.execPath, ["cli/tacit.mjs", "audit"], {
      cwd: copy,
      encoding: "utf8",
      timeout: 120_000,
    });
    return { status: run.status, output: run.stdout };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

test("a leaky build, whose seals only look like it, is caught", () => {
  const { status, output } = auditOf("lib/crypto/sodium.ts", [
    [
      "return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, ad, null, nonce, key);",
      "return Uint8Array.from([...plaintext, ...new Uint8Array(16)]);",
    ],
    [
      "return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, ad, nonce, key);",
      "return ciphertext.slice(0, -16);",
    ],
  ]);
  expect(status).toBe(1);
  for (const found of [
    "FOUND direct message in running/tacit.db-wal as utf8",
    "FOUND file name in HTTP requests as base64",
    "FOUND channel name in backup as utf8",
  ])
    expect(output).toContain(found);
});

test("a stored file whose size says more than its padding class is named", () => {
  const stored = (blob: string, ...sizes: number[]) =>
    sizes.map((size, i) => ({ name: `stopped/blobs/0a/0b/${blob}/000${i}`, bytes: Buffer.alloc(size) }));
  const padded = stored("aa", 24 + 1_015_808 + 17 * 16);
  const two = stored("bb", 24 + 8_388_608 + 17 * 8, 24 + 262_144 + 17);
  const bare = stored("cc", 24 + 1_000_001 + 17 * 16);
  const long = stored("dd", 24 + 8_388_608 + 17 * 8, 24 + 262_145 + 17);
  expect(storedSizes([...padded, ...two, ...bare, ...long])).toEqual({
    files: 4,
    unpadded: ["stopped/blobs/0a/0b/cc", "stopped/blobs/0a/0b/dd"],
  });
});

test("a column that nobody classified is named", () => {
  expect(unclassified([{ table: "events", column: "channel" }])).toEqual([]);
  expect(unclassified([{ table: "events", column: "kind" }])).toEqual([{ table: "events", column: "kind" }]);
  expect(unclassified([{ table: "names", column: "id" }])).toEqual([{ table: "names", column: "id" }]);
});

test("each form of a word is found, at any alignment and inside compressed bytes", () => {
  const aviary = new Aviary();
  const word = aviary.plant("field");
  const around = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 255, 7]), bytes, Buffer.from([9, 0])]);
  for (const { encoding, bytes } of formsOf(word))
    expect(search([{ name: "sink", bytes: around(bytes) }], aviary.canaries).map((hit) => hit.encoding)).toContain(
      encoding,
    );
  for (const lead of ["", "x", "xy", "xyz"]) {
    const bytes = Buffer.from(Buffer.from(`${lead}${word}tail`).toString("base64"));
    expect(search([{ name: "sink", bytes }], aviary.canaries)).not.toEqual([]);
  }
  expect(search([{ name: "sink", bytes: around(gzipSync(`text ${word} text`)) }], aviary.canaries)).toEqual([
    { sink: "sink", field: "field", encoding: "compressed" },
  ]);
  expect(search([{ name: "sink", bytes: Buffer.from("nothing here") }], aviary.canaries)).toEqual([]);
});
