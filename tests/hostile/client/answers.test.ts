// MS-24, 36 and 39: JSON that bites, errors that carry markup and paths, and redirects: named, and nothing of them is used.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { FAULTS } from "@/lib/base/faults.ts";
import { jsonBody, RawLiar } from "@/tests/hostile/raw.ts";
import { beliefs, openStage, type Stage, settled, warned } from "@/tests/hostile/stage.ts";
import type { Actor } from "@/tests/world.ts";

const SECRET = "what the fox said";

/** A further member whose server lies in raw bytes. */
async function victimOf(stage: Stage): Promise<{ victim: Actor; raw: RawLiar }> {
  const raw = new RawLiar();
  const victim = await stage.world.invited(stage.player(0).actor, "Victor", { wrap: raw.wrap });
  await victim.channel("general");
  return { victim, raw };
}

const DEEP = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const head = (n: string) => `{"n":${n},"hash":"${"A".repeat(43)}"}`;
const data = (inner: string) => `{"result":{"data":${inner}}}`;
const BODIES: readonly string[] = [
  data(DEEP),
  data(`{"entries":[],"head":${head("1")},"__proto__":{"polluted":true}}`),
  data(`{"entries":[],"head":${head("1")},"\\u005f_proto__":{"polluted":true}}`),
  data(`{"entries":[],"head":${head("1")},"constructor":{"prototype":{"polluted":true}}}`),
  data(`{"entries":[],"head":${head("NaN")}}`),
  data(`{"entries":[],"head":${head("1e400")}}`),
  data(`{"entries":[],"head":${head("-1")}}`),
  data(`{"entries":[],"head":${head("1.5")}}`),
  data(`{"entries":[],"entries":{},"head":${head("1")}}`),
  data(`{"entries":"\\ud800","head":${head("1")}}`),
  data(`{"entries":[{"stub":{"k":"W","c":"\\ud800","q":1,"h":""},"link":null}],"head":${head("1")}}`),
  data("[]"),
  data("null"),
  "[]",
  "null",
  "",
  "<html>",
  `{"result":{}}`,
  data(`{"entries":[],"head":${head("1")}}`).slice(0, -3),
  data(`{"entries":[${"null,".repeat(50_000)}null],"head":${head("1")}}`),
];

test("MS-24 deep, huge, doubled and poisoned JSON is one named fault, and changes nothing", async () => {
  await using stage = await openStage(["Ana"]);
  const { victim, raw } = await victimOf(stage);
  const before = beliefs(victim, stage.general);
  for (const body of BODIES) {
    raw.answer = async (procedure, real) => (procedure === "ledger.read" ? jsonBody(body) : await real());
    const asked = victim.account.session.call("ledger.read", { after: 0, limit: 10 });
    await expect(asked, body.slice(0, 80)).rejects.toMatchObject({ code: "net/bad-answer" });
  }
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  // The same when the engine asks for itself: it goes offline, says why, and comes back.
  await victim.reload();
  await victim.until(`workspace:${victim.ws}`, (view) => view.connection === "offline", "being offline");
  await warned(victim, "net/bad-answer");
  expect(beliefs(victim, stage.general)).toMatchObject({ people: (before as { people: unknown }).people });
  raw.answer = async (_, real) => await real();
  await victim.online();
  // Frames of the socket are looked at in the same way.
  const { actor: ana, liar } = stage.player(0);
  const row = { id: "x", channel: stage.general, pos: 1, constructor: {} };
  const frames = [null, [], "event", { t: "event" }, { t: "event", row }, { t: "__proto__" }, { t: "ready", head: {} }];
  for (const frame of frames) liar.push(frame);
  await ana.say(stage.general, SECRET);
  await victim.reads(stage.general, SECRET);
  stage.expectNoLeak(SECRET);
});

const MARKUP = "<img src=x onerror=alert(1)> at /srv/tacit/secret.ts:12";
const errorBody = (fault: unknown) =>
  JSON.stringify({ error: { message: MARKUP, code: -32603, data: { fault, stack: MARKUP, path: MARKUP } } });

test("MS-36 nothing of a server's error message reaches a person: only codes of our own table do", async () => {
  await using stage = await openStage(["Ana"]);
  const { victim, raw } = await victimOf(stage);
  const before = beliefs(victim, stage.general);
  const cases: readonly [unknown, string][] = [
    ["may/forbidden", "may/forbidden"],
    [MARKUP, "net/bad-answer"],
    ["store/vault-gone", "net/bad-answer"],
    ["crypto/bad-words", "net/bad-answer"],
    ["toString", "net/bad-answer"],
    [{ toString: MARKUP }, "net/bad-answer"],
  ];
  for (const [fault, code] of cases) {
    raw.answer = async (procedure, real) =>
      procedure === "ledger.append" ? jsonBody(errorBody(fault), 500) : await real();
    const asked = victim.engine.createChannel({
      ws: victim.ws,
      kind: "public",
      name: "more",
      topic: "",
      history: "full",
      members: [],
    });
    const thrown: unknown = await asked.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(thrown).toMatchObject({ code });
    const { message, detail, entry } = thrown as { message: string; detail?: string; entry: { says: string } };
    expect(`${message} ${detail ?? ""} ${entry.says}`).not.toMatch(/onerror|srv/);
    expect(entry).toEqual(FAULTS[code as keyof typeof FAULTS]);
  }
  const page = async () => new Response(`<html>${MARKUP}</html>`, { status: 502 });
  raw.answer = async (procedure, real) => (procedure === "events.row" ? await page() : await real());
  const asked = victim.engine.inspectEvent({ ws: victim.ws, channel: stage.general, id: "A".repeat(22) as never });
  await expect(asked).rejects.toMatchObject({ code: "net/closed", message: "net/closed" });
  expect(JSON.stringify(victim.account.notices)).not.toMatch(/onerror|srv/);
  expect(beliefs(victim, stage.general)).toEqual(before);
  stage.expectNoLeak(SECRET);
});

test("MS-39 a redirect to another origin is not followed, and nothing is sent there", async () => {
  const heard: string[] = [];
  const other = createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
    response.end("{}");
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const there = `http://127.0.0.1:${(other.address() as AddressInfo).port}/trpc/auth.challenge`;
  const bouncer = createServer((_, response) => response.writeHead(307, { location: there }).end());
  await new Promise<void>((resolve) => bouncer.listen(0, "127.0.0.1", resolve));
  const bounce = `http://127.0.0.1:${(bouncer.address() as AddressInfo).port}/`;
  try {
    await using stage = await openStage(["Ana"]);
    const { victim, raw } = await victimOf(stage);
    const before = beliefs(victim, stage.general);
    const position = victim.account.state.n;
    // The engine's own request, with all that it forbids, meets a server that points elsewhere.
    raw.bounce = bounce;
    await victim.reload();
    expect(await warned(victim, "net/redirected")).toMatchObject({ severity: "alarm" });
    await victim.until(`workspace:${victim.ws}`, (view) => view.connection === "offline", "being offline");
    await victim.engine.sendMessage({ ws: victim.ws, channel: stage.general, text: SECRET, files: [] });
    expect(heard).toEqual([]);
    raw.bounce = undefined;
    await victim.online();
    await settled(victim, position);
    await stage.player(0).actor.reads(stage.general, SECRET);
    expect(heard).toEqual([]);
    expect(beliefs(victim)).toMatchObject({ people: (before as { people: unknown }).people });
    expect(raw.asked.every((url) => new URL(url).port === new URL(victim.transport.origin).port)).toBe(true);
  } finally {
    other.close();
    bouncer.close();
  }
});
