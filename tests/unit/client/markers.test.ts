// Of two markers the further one counts, in whatever order and with whatever numbers they come (M7).
import { expect, test } from "vitest";
import { type ChannelId, ID_BYTES, mintId, type ScopeId } from "@/lib/base/ids.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { Registers } from "@/lib/client/events/registers.ts";
import { Vault } from "@/lib/client/vault.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { memoryStorage } from "@/lib/platform/memory/storage.ts";
import { emptyLedger } from "@/lib/proof/draft.ts";

const id = <K extends string>(n: number) => mintId<K>(new Uint8Array(ID_BYTES).fill(n));
const self = id<"scope">(1) as ScopeId;
const channel = id<"channel">(2);

function marker(n: number, rev: number, pos: number): EventRecord {
  return {
    id: id(n),
    channel: self as string as ChannelId,
    pos: n,
    epoch: 1,
    user: id(3),
    device: id(4),
    receivedAt: 0,
    status: "opened",
    code: null,
    content: { k: "marker", channel, rev, pos, at: null },
    hash: new Uint8Array(32).fill(n),
    n: 1,
    sentAt: 0,
    late: false,
    sealed: null,
  };
}

test("what was read is read, also when a marker of an earlier place came later, under a higher number", async () => {
  await cryptoReady();
  const said = [marker(10, 1, 10), marker(11, 5, 7), marker(12, 1, 9)];
  for (const order of [said, [...said].reverse()]) {
    const vault = Vault.over(memoryStorage(), [new Uint8Array(32)]);
    const registers = new Registers(vault);
    for (const one of order) await vault.write(registers.take([one], emptyLedger, self));
    expect(registers.marker(channel)?.pos).toBe(10);
    const again = new Registers(vault);
    await again.load();
    expect(again.marker(channel)?.pos).toBe(10);
  }
});
