// SRV-09 to SRV-12: origins, tokens, challenges, invites: used by others, used again, used twice at once.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Person } from "@/tests/ledger-kit.ts";
import { b64, call, freshId, ServerWorld } from "@/tests/server-kit.ts";

let world: ServerWorld;
let founder: Person;

beforeAll(async () => {
  world = await ServerWorld.founded({ origins: ["https://app.example"] });
  founder = world.book.founder;
});
afterAll(() => world.stop());

describe("SRV-09 other pages", () => {
  const ask = (origin: string, method: string = "POST") =>
    fetch(`${world.url}/trpc/setup.info`, { method, headers: { origin, "content-type": "application/json" } });

  test("SRV-09 only exact origins may ask, and never with credentials", async () => {
    const near = [
      "https://evil.example",
      "https://app.example.evil.example",
      "http://app.example",
      "https://app.example:444",
    ];
    for (const origin of [...near, "null", "https://APP.example"]) {
      const answer = await ask(origin);
      expect([answer.status, answer.headers.get("access-control-allow-origin")], origin).toEqual([403, null]);
      expect((await ask(origin, "OPTIONS")).status).toBe(403);
    }
    const answer = await ask("https://app.example");
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    expect(answer.headers.get("vary")).toBe("origin");
  });

  test("SRV-09 no answer sets a cookie, and a cookie signs nobody in", async () => {
    const token = await world.login(founder);
    const answer = await fetch(`${world.url}/trpc/ledger.head`, {
      method: "POST",
      headers: { cookie: `token=${token}` },
    });
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([401, null]);
    const inUrl = await fetch(`${world.url}/trpc/ledger.head?token=${token}&access_token=${token}`);
    expect(inUrl.status).toBe(401);
  });
});

describe("SRV-10 tokens", () => {
  test("SRV-10 a token ends with its time, its device, its owner", async () => {
    const mine = await ServerWorld.founded();
    onTestFinished(() => mine.stop());
    const bob = await mine.join("bob");
    const his = await mine.login(bob);
    const token = await mine.login(mine.book.founder);
    expect((await mine.call("ledger.head", {}, his)).fault).toBeNull();
    await mine.remove(mine.book.founder, bob);
    expect((await mine.call("ledger.head", {}, his)).fault).toBe("may/not-signed-in");
    const again = await mine.call("auth.login", await mine.loginInput("device", bob.device.id, bob.device.sign));
    expect(again.fault).toBe("may/bad-challenge");
    mine.clock.at += 31 * 60_000;
    expect((await mine.call("ledger.head", {}, token)).fault).toBe("may/not-signed-in");
  });

  test("SRV-10 the server's memory and disk hold no token, so none can be chosen or found there", async () => {
    const token = await world.login(founder);
    expect(JSON.stringify(Object.values(world.server))).not.toContain(token);
    for (const made of [token.slice(0, -1), `${token}A`, token.toLowerCase(), "", "null", b64(32)])
      expect((await world.call("ledger.head", {}, made === "" ? null : made)).fault).toBe("may/not-signed-in");
  });

  test("SRV-10 tokens of one login are bounded: the oldest goes", async () => {
    const mine = await ServerWorld.founded({ limits: { tokensPerLogin: 2 } });
    onTestFinished(() => mine.stop());
    const tokens: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      mine.forget(mine.book.founder.device);
      tokens.push(await mine.login(mine.book.founder));
    }
    const faults = [];
    for (const token of tokens) faults.push((await mine.call("ledger.head", {}, token)).fault);
    expect(faults).toEqual(["may/not-signed-in", null, null]);
  });

  test("SRV-10 a newer recovery code ends sessions of the older", async () => {
    const bob = await world.join("bob");
    const pair = await world.recovery(bob);
    const token = await world.loginRecovery(pair);
    expect((await world.call("keys.recovery", {}, token)).data.user).toBe(bob.user);
    const recovery = world.book.mint.recovery(2);
    world.book.add(bob, { kind: "U", type: "recovery_set", body: { recovery } });
    await world.push(await world.login(bob));
    expect((await world.call("keys.recovery", {}, token)).fault).toBe("may/not-signed-in");
  });
});

describe("SRV-11 challenges", () => {
  test("SRV-11 one that comes twice, even at once, serves once", async () => {
    const input = await world.loginInput("device", founder.device.id, founder.device.sign);
    const twice = await Promise.all([world.call("auth.login", input), world.call("auth.login", input)]);
    expect(twice.map((one) => one.fault).sort()).toEqual([null, "may/bad-challenge"].sort());
    const challenge = await world.challenge();
    const [one, two] = [
      await world.loginInput("device", founder.device.id, founder.device.sign, { challenge }),
      await world.loginInput("device", founder.device.id, founder.device.sign, { challenge }),
    ];
    expect((await world.call("auth.login", one)).fault).toBeNull();
    expect((await world.call("auth.login", two)).fault).toBe("may/bad-challenge");
  });

  test("SRV-11 late, made up, stretched, for another workspace, origin, kind or id", async () => {
    const late = await world.challenge();
    world.clock.at += 61_000;
    const own = () => world.challenge();
    const { challenge, expires } = await own();
    const tries: [Parameters<ServerWorld["loginInput"]>[3], string][] = [
      [{ challenge: late }, "may/bad-challenge"],
      [{ challenge: { challenge: b64(32), expires } }, "may/bad-challenge"],
      [{ challenge: { challenge, expires: expires + 60_000 } }, "may/bad-challenge"],
      [{ challenge: await world.challenge(null) }, "may/bad-challenge"],
      [{ origin: "https://evil.example" }, "may/wrong-origin"],
    ];
    for (const [twist, fault] of tries) {
      const input = await world.loginInput("device", founder.device.id, founder.device.sign, twist);
      expect((await world.call("auth.login", input)).fault).toBe(fault);
    }
    const good = await world.loginInput("device", founder.device.id, founder.device.sign);
    const changes = [{ as: "invite" }, { as: "recovery" }, { id: freshId() }, { nonce: b64(16) }, { ws: b64(32) }];
    for (const change of changes) {
      const { challenge: c, expires: e } = await own();
      const signed = await world.loginInput("device", founder.device.id, founder.device.sign, {
        challenge: { challenge: c, expires: e },
      });
      expect((await world.call("auth.login", { ...signed, ...change })).fault).toBe("may/bad-challenge");
    }
    const page = await call(world.url, "auth.login", { ...good, origin: "https://app.example" });
    expect(page.fault).toBe("may/bad-challenge");
  });
});

describe("SRV-12 invites", () => {
  test("SRV-12 an invite of one use, used twice at once, lets one in", async () => {
    const { book } = world;
    const invite = await world.invite(founder, { maxUses: 1 });
    const [one, two] = [book.mint.person("one"), book.mint.person("two")];
    const token = await world.loginInvite(invite);
    const after = world.head();
    const join = (person: Person) => {
      const fork = book.fork();
      fork.add(person, fork.joinAct(person, invite), fork.joinTwist(invite));
      fork.rotate(person);
      return world.call(
        "ledger.append",
        { after, batch: world.batch(fork.entries.slice(-2).map((e) => e.link!)) },
        token,
      );
    };
    const [a, b] = await Promise.all([join(one), join(two)]);
    const landed = [a, b].filter((answer) => answer.fault === null && answer.data.ok);
    expect(landed).toHaveLength(1);
    expect((await world.call("ledger.head", {}, token)).fault).toBe("may/not-signed-in");
    expect((await world.call("invites.open", { invite: invite.id })).fault).toBe("proof/invite-used");
    // This world's book did not see the join: leave it behind.
    await world.stop();
    world = await ServerWorld.founded({ origins: ["https://app.example"] });
    founder = world.book.founder;
  });

  test("SRV-12 closed and expired ones say so, and their holders are signed out", async () => {
    const invite = await world.invite(founder, { maxUses: 5, hours: 1 });
    const token = await world.loginInvite(invite);
    expect((await world.call("invites.open", { invite: invite.id })).data.box).toHaveLength(134);
    world.clock.at += 2 * 3600_000;
    world.forget(founder.device);
    expect((await world.call("invites.open", { invite: invite.id })).fault).toBe("proof/invite-expired");
    expect((await world.call("ledger.head", {}, token)).fault).toBe("may/not-signed-in");
    const closed = await world.invite(founder, { hours: 9 });
    const open = await world.loginInvite(closed);
    world.book.add(founder, { kind: "W", type: "invite_close", body: { invite: closed.id } });
    world.book.rotate(founder);
    await world.push(await world.login(founder));
    expect((await world.call("invites.open", { invite: closed.id })).fault).toBe("proof/invite-closed");
    expect((await world.call("ledger.head", {}, open)).fault).toBe("may/not-signed-in");
    await expect(world.loginInvite(closed)).rejects.toThrow("proof/invite-closed");
  });

  test("SRV-12 an invite's holder appends his own join and nothing else", async () => {
    const { book } = world;
    const [invite, other] = [await world.invite(), await world.invite()];
    const token = await world.loginInvite(invite);
    const person = book.mint.person("mallory");
    const byOther = book.sign(person, book.joinAct(person, other), book.joinTwist(other));
    const attempts = [
      [byOther],
      [book.sign(founder, { kind: "W", type: "channel_create", body: { channel: freshId() } })],
      [book.sign(founder, { kind: "W", type: "member_remove", body: { user: founder.user } })],
    ];
    for (const links of attempts) {
      const answer = await world.call("ledger.append", { after: world.head(), batch: world.batch(links) }, token);
      expect(answer.fault).toBe("may/forbidden");
    }
    const forged = book.sign(person, book.joinAct(person, invite), { extra: () => new Uint8Array(64) });
    const answer = await world.call("ledger.append", { after: world.head(), batch: world.batch([forged]) }, token);
    expect(answer.fault).toMatch(/^proof\//);
    expect(answer.fault).not.toBe("proof/gap");
  });
});
