// Vectors of H, KDF and everything named by a hash.
import { ID_BYTES } from "@/lib/base/ids.ts";
import { mintDevice, mintPuk } from "@/lib/crypto/identity.ts";
import { hex } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";
import { some } from "./maker.ts";

function makeIds(maker: Maker): void {
  const device = mintDevice().public;
  maker.add("device", "a device's id", device);
  const keys = { ws: some(32), rik: some(32), sign: some(32), box: some(32) };
  maker.add("invite", "instant", { ...keys, kem: mintPuk(1).public.pk });
  maker.add("invite", "approval", { ...keys, kem: null });
  maker.add("inviteBoxCommit", "of a box key", { key: some(32) });
  const scope = some(ID_BYTES);
  const ws = some(32);
  const user = some(ID_BYTES);
  maker.add("mainChannel", "of a private scope", { scope });
  maker.add("stateChannel", "of a scope: its own id", { scope }, hex(scope));
  maker.add("workspaceScope", "the first half of ws", { ws }, hex(ws.subarray(0, 16)));
  maker.add("selfScope", "of a person", { ws, user });
  const [one, other] = [0, 1].map(() => ({ user: hex(some(ID_BYTES)), rik: hex(some(32)) }));
  const number = maker.add("safetyNumber", "of two people", { ws, one: one ?? null, other: other ?? null });
  maker.add("safetyNumber", "the same from the other side", { ws, one: other ?? null, other: one ?? null }, number);
  maker.add("workspaceNumber", "of a workspace", { ws, rik: some(32) });
}

export function makeHash(maker: Maker): void {
  const fields = [{ hex: hex(some(5)) }, { text: "words" }, { int: "7" }];
  maker.add("H", "no fields", { label: "card", fields: [] });
  maker.add("H", "fields of each kind", { label: "link", fields });
  maker.add("H", "another label", { label: "ledger", fields });
  const key = some(32);
  maker.add("KDF", "no fields", { key, label: "self", fields: [] });
  maker.add("KDF", "fields of each kind", { key, label: "msg", fields });
  maker.add("KDF", "another key", { key: some(32), label: "msg", fields });
  const link = { bytes: some(40), sig: some(64) };
  maker.add("link", "one signature", { ...link, extra: null });
  maker.add("link", "two signatures", { ...link, extra: some(64) });
  maker.add("event", "header and signature", { header: some(100), sig: some(64) });
  makeIds(maker);
  const epoch = { ws: some(32), scope: some(16), epoch: 3, key: some(32) };
  maker.add("epochCommit", "an epoch", epoch);
  maker.add("epochCommit", "the next with the same key", { ...epoch, epoch: 4 });
  const entries = ["user", "user", "invite"].map((kind, at) => ({
    kind,
    id: hex(some(16)),
    gen: kind === "user" ? at + 1 : 0,
    pub: hex(mintPuk(1).public.pk),
  }));
  const scope = some(16);
  const rcpt = maker.add("rcpt", "three recipients", { scope, epoch: 2, entries });
  maker.add("rcpt", "their order does not matter", { scope, epoch: 2, entries: entries.toReversed() }, rcpt);
  maker.add("rcpt", "nobody", { scope, epoch: 2, entries: [] });
}
