// Codes to scan: what is drawn reads back as what was given, by a decoder, from pixels.
import { decodeQR } from "qr/decode.js";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { QrCode } from "@/app/_ui/qr/qr-code.tsx";
import { QrScanner } from "@/app/_ui/qr/qr-scanner.tsx";
import { en } from "@/app/_words/en.ts";
import { speakWith } from "@/app/_words/words.ts";

beforeAll(() => speakWith("en", en));

/** Draws the svg's runs of modules, `scale` pixels a module. */
function pixelsOf(markup: string, scale: number) {
  const side = Number(/viewBox="0 0 (\d+) /.exec(markup)?.[1]);
  const width = side * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const run of markup.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
    const [x, y, length] = [Number(run[1]), Number(run[2]), Number(run[3])];
    for (let row = y * scale; row < (y + 1) * scale; row++) {
      for (let column = x * scale; column < (x + length) * scale; column++) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

test("a drawn code reads back as what it was made of, quiet zone and white ground included", () => {
  const long = `tacit-verify:1:${"aZ09-_".repeat(40)}`;
  for (const value of ["tacit", "https://chat.example/link#v1.AbC-_9", long]) {
    const markup = renderToStaticMarkup(<QrCode value={value} label="Your code" />);
    expect(decodeQR(pixelsOf(markup, 4))).toBe(value);
    expect(markup).toContain('role="img"');
    expect(markup).toContain('aria-label="Your code"');
    const runs = [...markup.matchAll(/M(\d+) (\d+)h\d+v1H/g)].flatMap((run) => [Number(run[1]), Number(run[2])]);
    expect(Math.min(...runs), "four modules of quiet zone").toBe(4);
  }
});

test("a scanner that has no picture yet says so, and its picture has a name", () => {
  const markup = renderToStaticMarkup(<QrScanner onRead={() => undefined} />);
  expect(markup).toContain("Starting the camera");
  expect(markup).toContain('aria-label="Camera picture"');
});
