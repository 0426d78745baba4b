// A browser whose camera shows a code: Chromium's fake device, fed with a film that is made from what another page draws.
import { writeFileSync } from "node:fs";
import { type Browser, chromium, type Locator } from "@playwright/test";
import { launchOptions } from "@/tests/browser.ts";

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 5;

/** A browser that films `path` as soon as a page asks for a camera. */
export async function browserWithCamera(path: string): Promise<Browser> {
  const { args, ...options } = await launchOptions();
  const camera = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${path}`,
  ];
  return await chromium.launch({ ...options, headless: true, args: [...args, ...camera] });
}

/** The dark modules that a page's code draws, as runs of its path. */
async function runsOf(code: Locator): Promise<{ side: number; runs: { x: number; y: number; length: number }[] }> {
  const box = await code.getAttribute("viewBox");
  const path = (await code.locator("path").last().getAttribute("d")) ?? "";
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, length]) => ({
    x: Number(x),
    y: Number(y),
    length: Number(length),
  }));
  return { side: Number(box?.split(" ")[2]), runs };
}

/** Writes a film (Y4M, grey) of a code as it stands on a page. */
export async function film(code: Locator, path: string): Promise<void> {
  const { side, runs } = await runsOf(code);
  const scale = Math.floor((HEIGHT - 40) / side);
  const [left, top] = [Math.floor((WIDTH - side * scale) / 2), Math.floor((HEIGHT - side * scale) / 2)];
  const picture = Buffer.alloc(WIDTH * HEIGHT, 235);
  for (const { x, y, length } of runs)
    for (let row = top + y * scale; row < top + (y + 1) * scale; row += 1)
      picture.fill(16, row * WIDTH + left + x * scale, row * WIDTH + left + (x + length) * scale);
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = Buffer.concat([Buffer.from("FRAME\n"), picture, colour]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]));
}
