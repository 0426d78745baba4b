// The server's rows on the screen: true bytes, true sizes, and no column left out.
import { describe, expect, it } from "vitest";
import { bytesOf, hexGroups, idText, utc } from "@/app/_channel/server/row-facts.ts";
import { barsOf } from "@/app/_channel/server/server-lines.ts";
import { pairsOf } from "@/app/_channel/xray/fields.ts";
import { toBase64url } from "@/lib/base/encoding.ts";
import { mintId } from "@/lib/base/ids.ts";
import type { StoredRow } from "@/lib/protocol/sync.ts";
import { ANA, idOf, LUC } from "@/tests/fixtures/riverbend.ts";

const LAPTOP = idOf<"device">("laptop");
const PHONE = idOf<"device">("phone");
const OTHER = idOf<"device">("other");
const owners = new Map([
  [LAPTOP, ANA],
  [PHONE, ANA],
]);

function row(pos: number, device: string, change: Partial<StoredRow["columns"]> = {}): StoredRow {
  return {
    table: "events",
    columns: {
      w: 1,
      channel: idOf("channel"),
      pos,
      id: idOf(`event ${pos}`),
      epoch: 3,
      device,
      received_at: Date.UTC(2026, 10, 19, 9, 31, 7, 482) + pos * 1000,
      header: toBase64url(new Uint8Array(180)),
      nonce: toBase64url(new Uint8Array(24)),
      ciphertext: toBase64url(new Uint8Array(512).fill(pos)),
      ...change,
    },
  };
}

describe("row facts", () => {
  it("reads bytes, ids and UTC times", () => {
    expect(hexGroups(new Uint8Array([0xd3, 0xd5, 0xba, 0x1b, 0xf2]))).toBe("d3d5 ba1b f2");
    expect(idText("chn", mintId(new Uint8Array([0x7f, 0x3a, 0x5e, 1])), 3)).toBe("chn_7f3a5e");
    expect(utc(Date.UTC(2026, 10, 19, 9, 31, 7, 482))).toEqual({ day: "2026-11-19", time: "09:31:07.482Z" });
    expect(bytesOf(7)).toHaveLength(0);
    expect(bytesOf("not base64url!")).toHaveLength(0);
  });
});

describe("barsOf", () => {
  it("shows an account once until it changes, whatever device it wrote from", () => {
    const lines = barsOf([row(1, LAPTOP), row(2, PHONE), row(3, OTHER)], (device) => owners.get(device));
    expect(lines[0]).toMatchObject({ t: "day", day: "2026-11-19" });
    const tiles = lines.flatMap((line) => (line.t === "row" ? [line.tile] : []));
    expect(tiles).toEqual([idText("usr", ANA, 2).slice(4), undefined, idText("usr", OTHER, 2).slice(4)]);
  });

  it("takes size and first bytes from the ciphertext itself", () => {
    const [, line] = barsOf([row(5, LAPTOP)], () => LUC);
    expect(line).toMatchObject({ bytes: 512, time: "09:31:12.482Z" });
    expect(line?.t === "row" && line.head.startsWith("0505 0505")).toBe(true);
  });

  it("says of a purged row that nothing is left", () => {
    const [, line] = barsOf([row(5, LAPTOP, { ciphertext: "" })], () => LUC);
    expect(line).toMatchObject({ bytes: 0, head: "" });
  });
});

describe("pairsOf", () => {
  const opened = {
    author: ANA,
    device: LAPTOP,
    kind: "message",
    sentAt: 1,
    position: 212,
    fields: [
      { name: "text", value: "née" },
      { name: "thread", value: "null" },
      { name: "mentions", value: "[]" },
    ],
  };

  it("counts letters, and gives every field a line", () => {
    const pairs = pairsOf({ stored: row(1, LAPTOP), state: "opened", code: null, opened });
    expect(pairs).toContainEqual({ t: "length", letters: 3 });
    expect(pairs.filter((pair) => pair.t === "field").map((pair) => pair.name)).toEqual(["thread", "mentions"]);
  });

  it("leaves no column out, not even one that is new", () => {
    const pairs = pairsOf({ stored: row(1, LAPTOP, { shade: "green" }), state: "opened", code: null, opened });
    expect(pairs).toContainEqual({ t: "column", name: "shade" });
    expect(pairs).toContainEqual({ t: "workspace", column: "w" });
  });

  it("says so when the message was not opened here", () => {
    const pairs = pairsOf({ stored: row(1, LAPTOP), state: "unknown" as const, code: null, opened: null });
    expect(pairs).toContainEqual({ t: "text", text: null });
    expect(pairs.some((pair) => pair.t === "known")).toBe(false);
  });
});
