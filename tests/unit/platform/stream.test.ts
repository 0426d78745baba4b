// Streams of files: ranges, faces and refusals of what the service worker answers, over a wire in this process.
import { describe, expect, test } from "vitest";
import { concat } from "@/lib/base/bytes.ts";
import { Fault } from "@/lib/base/errors.ts";
import { type ChannelId, type EventId, mintId, type WorkspaceId } from "@/lib/base/ids.ts";
import type { OpenWire } from "@/lib/platform/browser/messages.ts";
import { serveStreams } from "@/lib/platform/browser/stream/host.ts";
import {
  PIECE,
  parseStreamPath,
  STREAM_LINE,
  type StreamMessage,
  streamPath,
} from "@/lib/platform/browser/stream/line.ts";
import { parsePart, streamRoute } from "@/lib/platform/browser/stream/route.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";

const at = {
  ws: mintId<"workspace">(new Uint8Array(32).fill(1)) as WorkspaceId,
  channel: mintId<"channel">(new Uint8Array(16).fill(2)) as ChannelId,
  id: mintId<"event">(new Uint8Array(16).fill(3)) as EventId,
};

/** A line on which everybody hears everybody else, as a BroadcastChannel is. */
function bus(): OpenWire {
  const ears = new Set<(message: unknown) => void>();
  return (_name, hear) => {
    ears.add(hear);
    return {
      post: (message) => {
        for (const ear of ears) if (ear !== hear) queueMicrotask(() => ear(structuredClone(message)));
      },
      close: () => void ears.delete(hear),
    };
  };
}

function stage(bytes: Uint8Array, type = "video/webm", name = "mill.webm") {
  const open = bus();
  const asked: [number, number][] = [];
  const signals: (AbortSignal | undefined)[] = [];
  /** what the engine waits for before it answers */
  const held = { until: Promise.resolve(), asked: () => {} };
  const end = serveStreams(open, () => ({
    readFile: async ({ id, from, to, signal }) => {
      if (id !== at.id) throw new Fault("event/unknown-target");
      asked.push([from, to]);
      signals.push(signal);
      held.asked();
      await held.until;
      return { name, type, size: bytes.length, bytes: bytes.slice(from, to) };
    },
  }));
  const route = streamRoute(open);
  const ask = async (
    how: { path?: string; range?: string; destination?: string; method?: string; left?: AbortController } = {},
  ) => {
    const { path = streamPath(at, false), range, destination = "", method = "GET" } = how;
    const headers = new Headers(range === undefined ? {} : { range });
    const { signal } = how.left ?? new AbortController();
    const request = { method, headers, destination, signal, url: `https://a.test${path}` } as unknown as Request;
    return await route(request, new URL(request.url));
  };
  return { ask, asked, signals, held, open, end };
}

const pattern = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i * 7) & 255);
const bodyOf = async (answer: Response | undefined) =>
  new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer(0));

describe("streams of files", () => {
  test("a whole file comes piece by piece, and no piece before it is taken", async () => {
    const bytes = pattern(3 * PIECE + 5);
    const { ask, asked, end } = stage(bytes);
    const answer = await ask({ path: streamPath(at, true) });
    expect([answer?.status, answer?.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(Buffer.compare(await bodyOf(answer), bytes)).toBe(0);
    expect(asked.map(([from]) => from)).toEqual([0, PIECE, 2 * PIECE, 3 * PIECE]);
    end();
  });

  test("a range begins where it says and tells how much there is; one beyond the end is refused", async () => {
    const bytes = pattern(2 * PIECE);
    const { ask, end } = stage(bytes);
    const answer = await ask({ range: `bytes=${PIECE + 3}-`, destination: "video" });
    expect([answer?.status, answer?.headers.get("content-range")]).toEqual([
      206,
      `bytes ${PIECE + 3}-${2 * PIECE - 1}/${2 * PIECE}`,
    ]);
    expect(Buffer.compare(await bodyOf(answer), bytes.subarray(PIECE + 3))).toBe(0);
    const few = await ask({ range: "bytes=10-19", destination: "video" });
    expect(Buffer.compare(await bodyOf(few), bytes.subarray(10, 20))).toBe(0);
    const beyond = await ask({ range: `bytes=${2 * PIECE}-`, destination: "video" });
    expect([beyond?.status, beyond?.headers.get("content-range")]).toEqual([416, `bytes */${2 * PIECE}`]);
    expect(parsePart("bytes=0-", 100, 40)).toEqual({ from: 0, to: 40 });
    expect(parsePart("bytes=9-3", 100, 40)).toBeUndefined();
    expect(parsePart("lines=1-2", 100, 40)).toBeNull();
    end();
  });

  const left = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted === true) resolve();
      else signal?.addEventListener("abort", () => resolve());
    });

  test("who lets go of an answer, or of a question, is waited for no longer", async () => {
    const { ask, signals, held, end } = stage(pattern(4 * PIECE));
    const answer = await ask({ range: "bytes=0-", destination: "video" });
    /** the engine is asked for something, and does not answer */
    const stuck = () =>
      new Promise<void>((resolve) => {
        held.until = new Promise(() => undefined);
        held.asked = resolve;
      });
    const second = stuck();
    const reader = answer?.body?.getReader();
    await reader?.read();
    await second;
    await reader?.cancel();
    await left(signals.at(-1));
    // Wound before there was any answer.
    const third = stuck();
    const wound = new AbortController();
    const refused = ask({ range: `bytes=${2 * PIECE}-`, destination: "video", left: wound });
    await third;
    wound.abort();
    expect((await refused)?.headers.get("x-fault")).toBe("app/cancelled");
    await left(signals.at(-1));
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, true, true]);
    end();
  });

  test("no answer waits for the segment behind the one that it begins in", async () => {
    const border = LIMITS.segmentBytes;
    const { ask, asked, end } = stage(pattern(border + 500));
    const answer = await ask({ range: `bytes=${border - 100}-`, destination: "video" });
    expect(await bodyOf(answer)).toHaveLength(600);
    expect(asked).toEqual([
      [border - 100, border],
      [border, border + 500],
    ]);
    end();
  });

  test("a question that is repeated is answered once, and told that it was heard", async () => {
    const { asked, held, open, end } = stage(pattern(10));
    let come = () => {};
    held.until = new Promise((resolve) => {
      come = resolve;
    });
    const heard: string[] = [];
    let done = () => {};
    const answered = new Promise<void>((resolve) => {
      done = resolve;
    });
    const line = open(STREAM_LINE, (message) => {
      const { t } = message as StreamMessage;
      heard.push(t);
      if (t === "coming") come();
      if (t === "piece") done();
    });
    const message = { t: "ask", ask: "one", at, from: 0, to: 10 } satisfies StreamMessage;
    line.post(message);
    line.post(message);
    await answered;
    expect([heard, asked]).toEqual([["coming", "piece"], [[0, 10]]]);
    end();
  });

  test("MS-26 sound and film alone bear a type, to players alone; all else is an attachment of bytes", async () => {
    const faces = async (type: string, destination: string, save = false) => {
      const { ask, end } = stage(pattern(10), type, "a “b” (1).html");
      const answer = await ask({ destination, path: streamPath(at, save) });
      end();
      return [answer?.headers.get("content-type"), answer?.headers.get("content-disposition")?.split(";")[0] ?? null];
    };
    const bytes = ["application/octet-stream", "attachment"];
    expect(await faces("video/webm", "video")).toEqual(["video/webm", null]);
    expect(await faces("audio/ogg", "audio")).toEqual(["audio/ogg", null]);
    expect(await faces("video/webm", "document")).toEqual(bytes);
    expect(await faces("video/webm", "")).toEqual(bytes);
    expect(await faces("video/webm", "video", true)).toEqual(bytes);
    for (const type of ["text/html", "image/svg+xml", "application/pdf", "image/png"])
      for (const destination of ["document", "video", "iframe", "script", "image"])
        expect(await faces(type, destination), `${type} ${destination}`).toEqual(bytes);
    const { ask, end } = stage(pattern(10), "text/html", "a “b” (1).html");
    const answer = await ask({ destination: "document" });
    expect(answer?.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect(answer?.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer?.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''a%20%E2%80%9Cb%E2%80%9D%20%281%29.html",
    );
    end();
  });

  test("what may not be read is refused by name, and only addresses of files are answered", async () => {
    const { ask, end } = stage(pattern(10));
    const other = { ...at, id: mintId<"event">(new Uint8Array(16).fill(9)) as EventId };
    const refused = await ask({ path: streamPath(other, false) });
    expect([refused?.status, refused?.headers.get("x-fault")]).toEqual([404, "event/unknown-target"]);
    for (const path of ["/", "/stream/", "/stream/a/b/c", `${streamPath(at, false)}/x`, "/blob/a/b/0", "//stream/a"])
      expect(parseStreamPath(path), path).toBeUndefined();
    expect(await ask({ path: "/index.html" })).toBeUndefined();
    expect(await ask({ method: "POST" })).toBeUndefined();
    expect(concat(await bodyOf(await ask({ method: "HEAD" })))).toHaveLength(0);
    end();
  });
});
