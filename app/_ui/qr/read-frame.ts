// Reads a code out of a camera's picture: by the browser where it can, else by a decoder that is loaded for it.
"use client";

/** Reads one picture of the video; undefined while there is no code in it. */
export type FrameReader = (video: HTMLVideoElement) => Promise<string | undefined>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}

interface DetectorKind {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

async function ofBrowser(): Promise<FrameReader | undefined> {
  const kind = (globalThis as { BarcodeDetector?: DetectorKind }).BarcodeDetector;
  if (!kind) return undefined;
  const formats = await kind.getSupportedFormats().catch((): string[] => []);
  if (!formats.includes("qr_code")) return undefined;
  const detector = new kind({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

/** Longest side of the picture that is searched; more costs time and finds no more. */
const SIDE = 960;

async function ofOurs(): Promise<FrameReader> {
  const { decodeQR } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const share = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
    const width = Math.round(video.videoWidth * share);
    const height = Math.round(video.videoHeight * share);
    if (!pen || width < 16 || height < 16) return undefined;
    canvas.width = width;
    canvas.height = height;
    pen.drawImage(video, 0, 0, width, height);
    const { data } = pen.getImageData(0, 0, width, height);
    try {
      return decodeQR({ width, height, data });
    } catch {
      return undefined; // no code in this picture
    }
  };
}

export async function frameReader(): Promise<FrameReader> {
  return (await ofBrowser()) ?? (await ofOurs());
}
