// SRV-16, SRV-17: who says he is whom on the network, and who takes his time.
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { StartOptions } from "@/server/main.ts";
import { addressOf } from "@/server/web/origin.ts";
import { ciphertext, declared, ServerWorld } from "@/tests/server-kit.ts";

async function started(options: Partial<StartOptions> = {}): Promise<ServerWorld> {
  const world = await ServerWorld.start(options);
  onTestFinished(() => world.stop());
  return world;
}

/** Writes pieces as they are and answers all that comes back until the other side closes. */
function talk(world: ServerWorld, pieces: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(world.server.port, "127.0.0.1", () => {
      for (const piece of pieces) socket.write(piece);
    });
    let heard = "";
    socket.on("data", (piece) => {
      heard += String(piece);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(heard));
  });
}

const get = (path: string, host: string) => `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;

describe("SRV-16 names", () => {
  test("SRV-16 a host that is not this server's is refused on every place but /healthz", async () => {
    const world = await started();
    for (const host of [
      "evil.example",
      "localhost",
      `evil.example:${world.server.port}`,
      `localhost.evil:${world.server.port}`,
    ])
      for (const path of ["/", "/trpc/setup.info", "/blob/x/y/0"])
        expect(await talk(world, [get(path, host)]), `${host} ${path}`).toMatch(/^HTTP\/1\.1 403 /);
    expect(await talk(world, [get("/trpc/setup.info", `localhost:${world.server.port}`)])).toMatch(/^HTTP\/1\.1 200 /);
    expect(await talk(world, [get("/healthz", "anything")])).toMatch(/^HTTP\/1\.1 200 [\s\S]*ok\n$/);
  });

  test("SRV-16 no answer repeats a Host or X-Forwarded-Host", async () => {
    const world = await started();
    const text = `GET /trpc/setup.info HTTP/1.1\r\nhost: localhost:${world.server.port}\r\nx-forwarded-host: evil.example\r\nconnection: close\r\n\r\n`;
    const heard = (await talk(world, [text])) + (await talk(world, [get("/x", "evil.example")]));
    expect(heard).toContain(`http://localhost:${world.server.port}`);
    expect(heard).not.toContain("evil.example");
  });

  test("SRV-16 X-Forwarded-For moves nobody out of his limits, unless a proxy was configured", async () => {
    const limits = { strangers: { burst: 3, perMinute: 1 } };
    const ask = async (world: ServerWorld, i: number) =>
      (await fetch(`${world.url}/trpc/setup.info`, { headers: { "x-forwarded-for": `10.0.0.${i}`, host: "x" } }))
        .status;
    const direct = await started({ limits });
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push(await ask(direct, i));
    expect(statuses.at(-1)).toBe(429);
  });

  test("SRV-16 behind a proxy only what the proxy itself added counts", () => {
    const request = (forwarded: string) =>
      ({ headers: { "x-forwarded-for": forwarded }, socket: { remoteAddress: "127.0.0.1" } }) as never;
    expect(addressOf({ behindProxy: false }, request("1.1.1.1"))).toBe("127.0.0.1");
    expect(addressOf({ behindProxy: true }, request("6.6.6.6, 7.7.7.7, 203.0.113.9"))).toBe("203.0.113.9");
    expect(addressOf({ behindProxy: true }, request(""))).toBe("127.0.0.1");
  });

  test("SRV-16 it listens for other machines only with TLS or a proxy, and a public address", async () => {
    const tries: Partial<StartOptions>[] = [
      { host: "0.0.0.0" },
      { host: "0.0.0.0", publicUrl: "https://chat.example" },
      { host: "0.0.0.0", behindProxy: true },
      { behindProxy: true },
    ];
    for (const options of tries)
      await expect(ServerWorld.start(options)).rejects.toMatchObject({ code: "start/bad-setting" });
  });
});

describe("SRV-16 transport", () => {
  test("SRV-16 under https every answer ties browsers to it, whoever asks for whatever; without, none does", async () => {
    const secure = await started({ publicUrl: "https://chat.example", behindProxy: true });
    const plain = await started();
    const asks = [
      ["/", "chat.example"],
      ["/healthz", "anything"],
      ["/trpc/setup.info", "chat.example"],
      ["/trpc/nothing.here", "chat.example"],
      ["/blob/x/y/0", "chat.example"],
      ["/no-such-page", "chat.example"],
      ["/trpc/setup.info", "evil.example"],
    ] as const;
    for (const [path, host] of asks) {
      const tied = /\r\nstrict-transport-security: max-age=63072000\r\n/i;
      expect(await talk(secure, [get(path, host)]), `${host} ${path}`).toMatch(tied);
      const open = host === "chat.example" ? `localhost:${plain.server.port}` : host;
      expect(await talk(plain, [get(path, open)]), `plain ${path}`).not.toMatch(/strict-transport-security/i);
    }
  });
});

describe("SRV-17 slowness", () => {
  const limits = { headMs: 200, bodyMs: 200, idleMs: 200 };

  test("SRV-17 a head that never ends", async () => {
    const world = await started({ limits });
    const heard = await talk(world, [`GET /healthz HTTP/1.1\r\nhost: localhost:${world.server.port}\r\nx-slow: `]);
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("SRV-17 a body that never comes", async () => {
    const world = await started({ limits });
    const head = `POST /trpc/auth.challenge HTTP/1.1\r\nhost: localhost:${world.server.port}\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n`;
    expect(await talk(world, [head, '{"ws"'])).toContain("may/slow");
  });

  test("SRV-17 a file that stops half-way", async () => {
    const world = await (await started({ limits })).found();
    const channel = await world.channel();
    const token = await world.login(world.book.founder);
    const whole = ciphertext(49)[0] as Uint8Array;
    const { blob } = (await world.call("files.create", { channel, ...declared(49) }, token)).data;
    const head = `PUT /blob/${world.ws}/${blob}/0 HTTP/1.1\r\nhost: localhost:${world.server.port}\r\nauthorization: Bearer ${token}\r\ncontent-length: ${whole.length}\r\n\r\n`;
    expect(await talk(world, [head, "0123456789"])).toContain("may/slow");
    expect((await world.putSegment({ blob, segment: 0 }, whole, token)).status).toBe(204);
  });
});
