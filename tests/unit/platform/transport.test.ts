// The transport against a server that lies, stalls, floods and points elsewhere.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { mintId } from "@/lib/base/ids.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { parseOrigin } from "@/lib/platform/transport.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(answer: Answer): Promise<{ origin: string; server: Server; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    seen.push(request);
    let body = "";
    for await (const chunk of request) body += chunk;
    answer(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, seen };
}

const json = (response: ServerResponse, status: number, value: unknown) => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
};
/** The bound alone, where nothing is waited for: a machine that is busy answers as it should. */
const bounded = { answerBytes: 100_000 };
const fast = {
  patience: { call: { idle: 150, total: 600 }, segment: { idle: 150, total: 600 }, firstFrameMs: 150 },
  ...bounded,
};
const at = {
  ws: mintId<"workspace">(new Uint8Array(32)),
  blob: mintId<"blob">(new Uint8Array(16)),
  segment: 3,
};
const head = { n: 1, hash: "x" };

describe("calls", () => {
  test("carry each its own token, by POST, with the input in the body", async () => {
    const bodies: string[] = [];
    const { origin, seen } = await serve((_, response, body) => {
      bodies.push(body);
      json(response, 200, { result: { data: head } });
    });
    const transport = nodeTransport(origin);
    const [first] = await Promise.all([
      transport.call("ledger.head", {}, "one"),
      transport.call("ledger.read", { after: 7, limit: 5 }, "two"),
      transport.call("auth.challenge", { ws: null }, null),
    ]);
    expect(first).toEqual(head);
    const byUrl = new Map(seen.map((request) => [request.url, request]));
    expect([...byUrl.keys()].sort()).toEqual(["/trpc/auth.challenge", "/trpc/ledger.head", "/trpc/ledger.read"]);
    expect(byUrl.get("/trpc/ledger.head")?.headers.authorization).toBe("Bearer one");
    expect(byUrl.get("/trpc/ledger.read")?.headers.authorization).toBe("Bearer two");
    expect(byUrl.get("/trpc/auth.challenge")?.headers.authorization).toBeUndefined();
    for (const request of seen) {
      expect(request.method).toBe("POST");
      expect(request.headers.cookie).toBeUndefined();
      expect(request.headers.referer).toBeUndefined();
    }
    expect(bodies).toContain('{"after":7,"limit":5}');
  });

  test("the server's fault code comes through, if it is one that a server may send", async () => {
    let fault: unknown;
    const { origin } = await serve((_, response) =>
      json(response, 409, { error: { message: "<b>x</b>", code: -32009, data: { fault, httpStatus: 409 } } }),
    );
    const transport = nodeTransport(origin);
    for (const code of ["may/stale-head", "event/exists", "proof/gap", "wire/too-large", "store/full"]) {
      fault = code;
      await expect(transport.call("sync.state", {}, "t")).rejects.toMatchObject({ code });
    }
    for (const code of [
      "store/vault-gone",
      "app/cancelled",
      "crypto/file-size",
      "start/port-in-use",
      "no/such",
      "__proto__",
      7,
      null,
    ]) {
      fault = code;
      await expect(transport.call("sync.state", {}, "t")).rejects.toMatchObject({ code: "net/bad-answer" });
    }
  });

  test.each<[string, number, string, string]>([
    ["no JSON", 200, "<html>hello</html>", "net/bad-answer"],
    ["empty", 200, "", "net/bad-answer"],
    ["JSON of another shape", 200, '{"data":1}', "net/bad-answer"],
    ["null", 200, "null", "net/bad-answer"],
    ["an array", 200, "[]", "net/bad-answer"],
    ["result of no shape", 200, '{"result":7}', "net/bad-answer"],
    ["error of no shape", 500, '{"error":{}}', "net/bad-answer"],
    ["MS-24 deep nesting", 200, `{"result":{"data":${"[".repeat(20_000)}${"]".repeat(20_000)}}}`, "net/bad-answer"],
    ["MS-24 __proto__", 200, '{"result":{"data":{"__proto__":{"x":1}}}}', "net/bad-answer"],
    ["MS-24 __proto__ escaped", 200, '{"result":{"data":{"\\u005f_proto__":{"x":1}}}}', "net/bad-answer"],
    ["MS-24 NaN", 200, '{"result":{"data":NaN}}', "net/bad-answer"],
    ["a gateway's error page", 502, "<html>Bad gateway</html>", "net/closed"],
    ["a plain 429", 429, "slow down", "may/too-many"],
    ["a plain 413 with a code", 413, '{"fault":"may/quota"}', "may/quota"],
    ["a plain 401", 401, "", "may/not-signed-in"],
  ])("%s", async (_, status, body, code) => {
    const { origin } = await serve((_request, response) => response.writeHead(status).end(body));
    await expect(nodeTransport(origin).call("sync.state", {}, "t")).rejects.toMatchObject({ code });
  });

  test("brackets inside of strings are no nesting, and quotes behind backslashes no ends", async () => {
    const data = { a: "[[[[".repeat(100), b: '"[[[[\\"[[['.repeat(50), c: "\\", d: "x" };
    const { origin } = await serve((_, response) => json(response, 200, { result: { data } }));
    expect(await nodeTransport(origin).call("sync.state", {}, "t")).toEqual(data);
  });

  test("MS-39 a redirect is never followed", async () => {
    const thief = await serve((_, response) => json(response, 200, { result: { data: head } }));
    for (const status of [301, 302, 303, 307, 308]) {
      const { origin } = await serve((_, response) =>
        response.writeHead(status, { location: `${thief.origin}/x` }).end(),
      );
      const transport = nodeTransport(origin);
      await expect(transport.call("ledger.head", {}, "secret token")).rejects.toMatchObject({ code: "net/redirected" });
      await expect(transport.putSegment(at, new Uint8Array(9), "t", {})).rejects.toMatchObject({
        code: "net/redirected",
      });
      await expect(transport.getSegment(at, "t", { maxBytes: 9 })).rejects.toMatchObject({ code: "net/redirected" });
    }
    expect(thief.seen).toEqual([]);
  });

  test("MS-23 an endless answer is cut at the bound", async () => {
    let sent = 0;
    const { origin } = await serve((_, response) => {
      const chunk = Buffer.alloc(50_000, 0x61);
      const more = () => {
        if (response.destroyed) return;
        sent += chunk.length;
        response.write(chunk, () => setImmediate(more));
      };
      more();
    });
    await expect(nodeTransport(origin, bounded).call("sync.state", {}, "t")).rejects.toMatchObject({
      code: "net/bad-answer",
    });
    expect(sent).toBeLessThan(20_000_000);
  });

  test("MS-23 a compressed bomb is cut at the bound of what it unpacks to", async () => {
    const { gzipSync } = await import("node:zlib");
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const { origin } = await serve((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    await expect(nodeTransport(origin, bounded).call("sync.state", {}, "t")).rejects.toMatchObject({
      code: "net/bad-answer",
    });
  });

  test("MS-23 silence, a drip, a claim without end: each has an end", async () => {
    const silent = await serve(() => undefined);
    await expect(nodeTransport(silent.origin, fast).call("sync.state", {}, "t")).rejects.toMatchObject({
      code: "net/timeout",
    });
    const drip = await serve((_, response) => {
      const timer = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(timer));
    });
    await expect(nodeTransport(drip.origin, fast).call("sync.state", {}, "t")).rejects.toMatchObject({
      code: "net/timeout",
    });
    const claim = await serve((_, response) => response.writeHead(200, { "content-length": "999999999" }).write("{"));
    await expect(nodeTransport(claim.origin, bounded).call("sync.state", {}, "t")).rejects.toMatchObject({
      code: "net/bad-answer",
    });
  });

  test("nobody there is net/offline; an answer that breaks off is net/closed", async () => {
    const gone = await serve(() => undefined);
    await closers.pop()?.();
    await expect(nodeTransport(gone.origin).call("sync.state", {}, "t")).rejects.toMatchObject({ code: "net/offline" });
    const broken = await serve((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"result"', () => response.destroy());
    });
    await expect(nodeTransport(broken.origin).call("sync.state", {}, "t")).rejects.toMatchObject({
      code: "net/closed",
    });
  });

  test("a call that is cancelled says so", async () => {
    const { origin } = await serve(() => controller.abort());
    const controller = new AbortController();
    const call = nodeTransport(origin).call("sync.state", {}, "t", controller.signal);
    await expect(call).rejects.toMatchObject({ code: "app/cancelled" });
    await expect(nodeTransport(origin).call("sync.state", {}, "t", controller.signal)).rejects.toMatchObject({
      code: "app/cancelled",
    });
  });
});

test("A1 only https, or http on this machine", () => {
  for (const fine of [
    "https://chat.example.org/join",
    "http://localhost:4410",
    "http://127.0.0.1",
    "http://[::1]:1",
    "http://a.localhost",
  ]) {
    expect(parseOrigin(fine)).toBe(new URL(fine).origin);
  }
  for (const bad of [
    "http://chat.example.org",
    "http://127.0.0.1.evil.org",
    "http://localhost.evil.org",
    "ftp://localhost",
    "javascript:1",
    "x",
    "",
  ]) {
    expect(() => parseOrigin(bad), bad).toThrow(expect.objectContaining({ code: "net/insecure" }));
  }
});

describe("segments", () => {
  test("go up and down whole, with the token", async () => {
    let stored = Buffer.alloc(0);
    const server = createServer(async (request, response) => {
      expect(request.url).toBe(`/blob/${at.ws}/${at.blob}/3`);
      expect(request.headers.authorization).toBe("Bearer t");
      if (request.method === "GET") return response.end(stored);
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      stored = Buffer.concat(parts);
      return response.writeHead(201).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(async () => void server.close().closeAllConnections());
    const transport = nodeTransport(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const bytes = new Uint8Array(3_000_000).map((_, i) => (i * 7) & 255);
    const progress: number[] = [];
    await transport.putSegment(at, bytes, "t", { progress: (sent) => progress.push(sent) });
    // Told as it goes, not at the end alone.
    expect(progress.at(-1)).toBe(bytes.length);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.some((sent) => sent > 0 && sent < bytes.length)).toBe(true);
    const back = await transport.getSegment(at, "t", { maxBytes: bytes.length });
    expect(Buffer.from(back).equals(Buffer.from(bytes))).toBe(true);
    await expect(transport.getSegment(at, "t", { maxBytes: bytes.length - 1 })).rejects.toMatchObject({
      code: "net/bad-answer",
    });
  });

  test("a connection that was kept and ended unheard costs nothing: the same goes over a new one", async () => {
    const known = new Set<unknown>();
    let ended = 0;
    const server = createServer((request, response) => {
      // As a server does whose patience with idle lines is over, while this side has not heard of it yet.
      if (known.has(request.socket)) {
        ended += 1;
        request.socket.destroy();
        return;
      }
      known.add(request.socket);
      request.resume().on("end", () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(async () => void server.close().closeAllConnections());
    const transport = nodeTransport(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    for (let i = 0; i < 50 && ended === 0; i += 1) await transport.putSegment(at, new Uint8Array(3_000_000), "t", {});
    expect(ended).toBe(1);
  });

  test("a refusal carries its code", async () => {
    const { origin } = await serve((_, response) => json(response, 403, { fault: "may/quota" }));
    await expect(nodeTransport(origin).putSegment(at, new Uint8Array(5), "t", {})).rejects.toMatchObject({
      code: "may/quota",
    });
    const bare = await serve((_, response) => response.writeHead(404).end("<h1>no</h1>"));
    await expect(nodeTransport(bare.origin).getSegment(at, "t", { maxBytes: 5 })).rejects.toMatchObject({
      code: "may/not-found",
    });
  });
});

describe("the live socket", () => {
  async function sockets(connected: (socket: import("ws").WebSocket) => void) {
    const { origin, server } = await serve((_, response) => response.writeHead(404).end());
    const hub = new WebSocketServer({ server, path: "/live" });
    hub.on("connection", connected);
    return origin;
  }
  const listen = (origin: string) => {
    const frames: unknown[] = [];
    let told: (reason: string) => void = () => undefined;
    const closed = new Promise<string>((resolve) => {
      told = resolve;
    });
    const socket = nodeTransport(origin, fast).live({
      frame: (frame) => frames.push(frame),
      closed: (why) => told(why),
    });
    return { frames, closed, socket };
  };

  test("sends what waited, hears frames in order, tells once that it is over", async () => {
    const heard: string[] = [];
    const origin = await sockets((socket) => {
      socket.on("message", (data) => {
        heard.push(String(data));
        socket.send('{"t":"pong"}');
        socket.send('{"t":"bye","code":"x"}');
        socket.close();
      });
    });
    const { frames, closed, socket } = listen(origin);
    socket.send({ t: "hello", token: "t" });
    expect(await closed).toBe("net/closed");
    expect(heard).toEqual(['{"t":"hello","token":"t"}']);
    expect(frames).toEqual([{ t: "pong" }, { t: "bye", code: "x" }]);
    socket.send({ t: "ping" });
  });

  test.each<[string, (socket: import("ws").WebSocket) => void, string]>([
    ["MS-23 a socket that never says anything", () => undefined, "net/timeout"],
    ["MS-23 an oversized frame", (socket) => socket.send(`"${"x".repeat(1_100_000)}"`), "net/bad-answer"],
    ["MS-24 a deep frame", (socket) => socket.send("[".repeat(1000) + "]".repeat(1000)), "net/bad-answer"],
    ["MS-24 __proto__", (socket) => socket.send('{"__proto__":1}'), "net/bad-answer"],
    ["no JSON", (socket) => socket.send("hello"), "net/bad-answer"],
    ["bytes instead of text", (socket) => socket.send(new Uint8Array([1])), "net/bad-answer"],
  ])("%s", async (_, behave, code) => {
    const { frames, closed } = listen(await sockets(behave));
    expect(await closed).toBe(code);
    expect(frames).toEqual([]);
  });

  test("nobody there is net/offline, told later than the call", async () => {
    const gone = await serve(() => undefined);
    await closers.pop()?.();
    expect(await listen(gone.origin).closed).toBe("net/offline");
  });

  test("MS-39 a redirect of the socket is never followed", async () => {
    let reached = false;
    const thief = await sockets(() => {
      reached = true;
    });
    const { origin, server } = await serve(() => undefined);
    server.on("upgrade", (_request, socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ${thief}/live\r\nContent-Length: 0\r\n\r\n`);
    });
    expect(await listen(origin).closed).toBe("net/offline");
    expect(reached).toBe(false);
  });

  test("closed by us, nothing more is told", async () => {
    const origin = await sockets((socket) => socket.send('{"t":"pong"}'));
    const { closed, socket } = listen(origin);
    socket.close();
    const first = await Promise.race([closed, new Promise((resolve) => setImmediate(() => resolve("nothing")))]);
    expect(first).toBe("nothing");
  });
});
