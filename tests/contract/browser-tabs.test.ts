// Tabs of a real Chromium: pictures prepared on the device, and the one engine that moves from tab to tab.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type BrowserPages, openBrowserPages } from "@/tests/fixtures/browser-pages.ts";
import type { Hands } from "@/tests/fixtures/page.ts";

declare const hands: Hands;
let pages: BrowserPages;
beforeAll(async () => {
  pages = await openBrowserPages();
});
afterAll(() => pages.close());

describe("segments on their way out", () => {
  /** A server of another port, which lets the page ask it. */
  async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer((request, response) => {
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("access-control-allow-headers", "authorization, content-type");
      response.setHeader("access-control-allow-methods", "PUT");
      if (request.method === "OPTIONS") response.writeHead(204).end();
      else answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** What a page hears of a segment that it sends: bytes told as sent, and how it ended. */
  async function put(page: Page, origin: string, size: number): Promise<{ told: number[]; end: string }> {
    return await page.evaluate(
      async ([address, bytes]) => {
        const told: number[] = [];
        Object.assign(globalThis, { told });
        const at = { ws: "w", blob: "b", segment: 0 } as never;
        const end = await hands
          .transport(address)
          .putSegment(at, new Uint8Array(bytes).fill(7), "t", { progress: (sent) => void told.push(sent) })
          .then(() => "sent", hands.codeOf);
        return { told, end };
      },
      [origin, size] as const,
    );
  }

  test("F1 bytes are told as they go, and all of them arrive", async () => {
    const page = await pages.page(await pages.profile());
    const size = 24 * 1024 * 1024;
    let received = 0;
    const origin = await serve(async (request, response) => {
      // Taken no faster than the page tells of it: more than the line between them holds.
      await page.waitForFunction(() => (globalThis as unknown as { told: number[] }).told.some((sent) => sent > 0));
      for await (const piece of request) received += (piece as Buffer).length;
      expect(request.headers.authorization).toBe("Bearer t");
      response.writeHead(204).end();
    });
    const { told, end } = await put(page, origin, size);
    expect([end, received, told.at(-1)]).toEqual(["sent", size, size]);
    expect(told.some((sent) => sent > 0 && sent < size)).toBe(true);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  test("MS-39 a refusal bears its code, a redirect is followed to no effect, and silence is named", async () => {
    const page = await pages.page(await pages.profile());
    const refused = await serve((request, response) => {
      request.resume().on("end", () => response.writeHead(400).end('{"fault":"wire/bad-padding"}'));
    });
    expect((await put(page, refused, 5)).end).toBe("wire/bad-padding");
    const redirecting = await serve((request, response) => {
      const there = request.url?.endsWith("/elsewhere") === true;
      request.resume().on("end", () => response.writeHead(there ? 204 : 307, { location: "/elsewhere" }).end());
    });
    expect((await put(page, redirecting, 5)).end).toBe("net/redirected");
    const gone = await serve((request) => void request.socket.destroy());
    expect((await put(page, gone, 5)).end).toBe("net/offline");
  });
});

describe("pictures", () => {
  test("F1 a photograph loses its metadata, keeps its turn, and gets a small picture", async () => {
    const page = await pages.page(await pages.profile());
    const seen = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(1200, 600);
      const context = canvas.getContext("2d")!;
      for (let i = 0; i < 600; i += 1) {
        context.fillStyle = `hsl(${i} 80% 50%)`;
        context.fillRect(i * 2, (i * 7) % 300, 40, 300);
      }
      const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer());
      const secret = new TextEncoder().encode("GPS 52.52");
      // APP1 with orientation 6: lying on its side
      const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, ...secret];
      const exif = [0xff, 0xe1, 0, 8 + tiff.length, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
      const photo = new File([jpeg.slice(0, 2), new Uint8Array(exif), jpeg.slice(2)], "p.jpg", { type: "image/jpeg" });
      const ready = await hands.pictures.prepareFile(photo);
      const sent = ready.source as Blob;
      const shown = await createImageBitmap(sent);
      const small = await createImageBitmap(new Blob([ready.thumbnail!.bytes as Uint8Array<ArrayBuffer>]));
      return {
        before: (await photo.text()).includes("GPS 52.52"),
        after: (await sent.text()).includes("GPS 52.52"),
        size: [ready.width, ready.height],
        shown: [shown.width, shown.height],
        name: ready.name,
        small: [small.width, small.height, ready.thumbnail!.width, ready.thumbnail!.height],
        smallType: ready.thumbnail!.type,
        smallBytes: ready.thumbnail!.bytes.length,
      };
    });
    expect(seen).toMatchObject({ before: true, after: false, size: [600, 1200], shown: [600, 1200], name: "p.jpg" });
    expect(seen.small).toEqual([420, 840, 420, 840]);
    expect(seen.smallType).toBe("image/webp");
    expect(seen.smallBytes).toBeLessThanOrEqual(96 * 1024);
  });

  test("MS-26 what is no raster picture is neither drawn nor changed; a bomb is not unpacked", async () => {
    const page = await pages.page(await pages.profile());
    const seen = await page.evaluate(async () => {
      const svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>";
      const claimed = new File([svg], "x.png", { type: "image/png" });
      const ready = await hands.pictures.prepareFile(claimed);
      const canvas = new OffscreenCanvas(4, 4);
      canvas.getContext("2d")!.fillRect(0, 0, 4, 4);
      const png = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
      new DataView(png.buffer).setUint32(16, 60_000);
      new DataView(png.buffer).setUint32(20, 60_000);
      const bomb = new File([png], "b.png", { type: "image/png" });
      const refuse = (file: File) => hands.pictures.makeAvatar(file).then(() => "fine", hands.codeOf);
      return {
        same: ready.source === claimed,
        thumbnail: ready.thumbnail,
        svgDrawn: await hands.pictures.decodePicture(new Blob([svg], { type: "image/svg+xml" })),
        bombDrawn: await hands.pictures.decodePicture(bomb),
        bombThumbnail: (await hands.pictures.prepareFile(bomb)).thumbnail,
        avatars: [await refuse(claimed), await refuse(bomb)],
      };
    });
    expect(seen).toEqual({
      same: true,
      thumbnail: null,
      svgDrawn: null,
      bombDrawn: null,
      bombThumbnail: null,
      avatars: ["app/bad-picture", "app/bad-picture"],
    });
  });

  test("an avatar is the square middle; a downloaded picture becomes pixels", async () => {
    const page = await pages.page(await pages.profile());
    const seen = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(900, 300);
      const context = canvas.getContext("2d")!;
      context.fillStyle = "red";
      context.fillRect(0, 0, 900, 300);
      context.fillStyle = "blue";
      context.fillRect(300, 0, 300, 300);
      const file = await canvas.convertToBlob({ type: "image/png" });
      const avatar = await hands.pictures.makeAvatar(file);
      const bitmap = await createImageBitmap(new Blob([avatar.bytes as Uint8Array<ArrayBuffer>]));
      const out = new OffscreenCanvas(256, 256).getContext("2d")!;
      out.drawImage(bitmap, 0, 0);
      const drawn = await hands.pictures.decodePicture(file);
      return {
        avatar: [avatar.width, avatar.height],
        corner: [...out.getImageData(5, 5, 1, 1).data],
        drawn: [drawn?.width, drawn?.height],
      };
    });
    expect(seen.avatar).toEqual([256, 256]);
    expect(seen.corner[2]).toBeGreaterThan(200);
    expect(seen.corner[0]).toBeLessThan(60);
    expect(seen.drawn).toEqual([900, 300]);
  });
});

describe("M10 one engine for all tabs", () => {
  /** Follows the session; resolves with the phase of the first snapshot beyond `starting`. */
  const phase = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const engine = hands.joinEngine();
          engine.onFault((fault) => fault !== undefined && resolve(`fault ${fault.code} ${fault.detail}`));
          engine.subscribe("session", (session) => session.phase !== "starting" && resolve(session.phase));
        }),
    );
  const inspect = (page: Page) =>
    page.evaluate(() =>
      hands
        .joinEngine()
        .inspectInvite({ fragment: "#nonsense" })
        .then(() => "fine", hands.codeOf),
    );
  const workers = (page: Page) => page.workers().length;

  test("the first tab runs it, the second shares it, and takes over when the first closes", async () => {
    const context = await pages.profile();
    const first = await pages.page(context);
    expect(await phase(first)).toBe("signed-out");
    const second = await pages.page(context);
    expect(await phase(second)).toBe("signed-out");
    expect([workers(first), workers(second)]).toEqual([1, 0]);
    expect(await inspect(second)).toBe("wire/bad-invite-link");

    const worker = second.waitForEvent("worker");
    await first.close();
    await worker;
    expect(await inspect(second)).toBe("wire/bad-invite-link");
    expect(workers(second)).toBe(1);
    const third = await pages.page(context);
    expect(await inspect(third)).toBe("wire/bad-invite-link");
    expect(pages.errors).toEqual([]);
  });
});
