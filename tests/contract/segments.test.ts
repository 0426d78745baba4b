// The contract of places for segments, on the disk and in memory: whatever keeps it may stand below the server.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { BlobDisk } from "@/server/blobs/disk.ts";
import { MemorySegments } from "@/server/blobs/memory.ts";
import { segmentCases } from "./segment-cases.ts";

describe("segments on disk", () =>
  segmentCases(async () => {
    const root = mkdtempSync(join(tmpdir(), "tacit-segments-"));
    const store = new BlobDisk(root);
    await store.open();
    return { store, reopen: async () => new BlobDisk(root), done: async () => rmSync(root, { recursive: true }) };
  }));

describe("segments in memory", () =>
  segmentCases(async () => {
    const store = new MemorySegments(() => Date.now());
    return { store, reopen: async () => store, done: async () => undefined };
  }));
