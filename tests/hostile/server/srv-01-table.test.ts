// SRV-01: the table of may.ts alone decides who may call, whatever else a procedure is built of.
import { expect, onTestFinished, test } from "vitest";
import { AUDIENCE, type Audience, type Place } from "@/server/may.ts";
import { ServerWorld } from "@/tests/server-kit.ts";

/** For the rest of this test the table, which the running server reads, says this of a place. */
function rule(place: Place, who: Audience["who"]): void {
  const table: Record<string, Audience> = AUDIENCE;
  const before = table[place] as Audience;
  table[place] = { ...before, who };
  onTestFinished(() => {
    table[place] = before;
  });
}

test("SRV-01 whom the table leaves out is refused, though the procedure could serve him", async () => {
  const world = await ServerWorld.founded();
  onTestFinished(() => world.stop());
  const { founder } = world.book;
  const pair = await world.recovery(founder);
  const tokens = {
    device: await world.login(founder),
    invite: await world.loginInvite(await world.invite()),
    recovery: await world.loginRecovery(pair),
  };
  const head = async (who: keyof typeof tokens) => (await world.call("ledger.head", {}, tokens[who])).fault;
  for (const who of ["device", "invite", "recovery"] as const) expect(await head(who)).toBeNull();
  rule("ledger.head", ["recovery"]);
  expect([await head("device"), await head("invite"), await head("recovery")]).toEqual([
    "may/forbidden",
    "may/forbidden",
    null,
  ]);
});

test("SRV-01 what the table does not open to anyone is open to nobody, by mistake either", async () => {
  const world = await ServerWorld.founded();
  onTestFinished(() => world.stop());
  const ask = async () => (await world.call("setup.info", {})).fault;
  expect(await ask()).toBeNull();
  rule("setup.info", ["device"]);
  expect(await ask()).toBe("bug/unexpected");
});
