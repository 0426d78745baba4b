// A picture, large: fetched, opened on this device, decoded to pixels and only then drawn; then zoomed and moved.
"use client";

import { Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { decodeRaster } from "@/app/_files/raster.ts";
import type { Shown } from "@/app/_files/shown.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { cx } from "@/app/_ui/cx.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import styles from "./gallery.module.css";
import { Says } from "./says.tsx";

type Seen =
  | { readonly t: "opening" }
  | { readonly t: "undrawn" }
  | { readonly t: "drawn"; readonly bitmap: ImageBitmap }
  | { readonly t: "failed"; readonly code: FaultCode };

function usePixels({ ws, channel, file }: Shown): Seen {
  const engine = useEngine();
  const [seen, setSeen] = useState<Seen>({ t: "opening" });
  useEffect(() => {
    let gone = false;
    let held: ImageBitmap | null = null;
    const open = async (): Promise<Seen> => {
      const { data } = await engine.downloadFile({ ws, channel, id: file.id });
      if (!(data instanceof Blob)) return { t: "failed", code: "bug/unexpected" };
      held = await decodeRaster(data, file.type);
      return held === null ? { t: "undrawn" } : { t: "drawn", bitmap: held };
    };
    open()
      .catch((thrown: unknown): Seen => ({ t: "failed", code: asFault(thrown).code }))
      .then((next) => {
        if (gone) held?.close();
        else setSeen(next);
      });
    return () => {
      gone = true;
      held?.close();
    };
  }, [engine, ws, channel, file.id, file.type]);
  return seen;
}

/** How large a pixel is drawn; null: as large as the window has room for. */
const STEPS = [0.25, 0.5, 1, 2, 4, 8];

/** The next step up or down; beyond the ends it stays. */
function stepped(zoom: number, by: -1 | 1): number {
  const next = by > 0 ? STEPS.find((one) => one > zoom) : STEPS.findLast((one) => one < zoom);
  return next ?? zoom;
}

function Pixels({ bitmap, name, zoom }: { bitmap: ImageBitmap; name: string; zoom: number | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext("2d")?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return (
    <canvas
      ref={canvas}
      className={zoom === null ? styles.pixels : styles.zoomed}
      style={zoom === null ? undefined : { width: bitmap.width * zoom }}
      width={bitmap.width}
      height={bitmap.height}
      role="img"
      aria-label={name}
    />
  );
}

function Drawn({ bitmap, name }: { bitmap: ImageBitmap; name: string }) {
  const words = useWords().files.open;
  const stage = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  const fitted = () => {
    const room = stage.current;
    return room === null ? 1 : Math.min(1, room.clientWidth / bitmap.width, room.clientHeight / bitmap.height);
  };
  const step = (by: -1 | 1) => setZoom(stepped(zoom ?? fitted(), by));
  const newest = useRef(step);
  newest.current = step;
  useEffect(() => {
    // wherever the focus is: there is only one picture to zoom
    const zoomBy = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "+" || event.key === "=") newest.current(1);
      else if (event.key === "-") newest.current(-1);
      else if (event.key === "0") setZoom(null);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", zoomBy);
    return () => window.removeEventListener("keydown", zoomBy);
  }, []);
  return (
    <section className={styles.whole} aria-label={name}>
      <div ref={stage} className={cx(styles.stage, zoom !== null && styles.scrolled)}>
        <Pixels bitmap={bitmap} name={name} zoom={zoom} />
      </div>
      <div className={styles.tools}>
        <IconButton label={words.zoomOut} shortcut="−" icon={<ZoomOut />} onClick={() => step(-1)} />
        <IconButton
          label={words.fit}
          shortcut="0"
          icon={<Maximize />}
          on={zoom === null}
          onClick={() => setZoom(null)}
        />
        <IconButton label={words.zoomIn} shortcut="+" icon={<ZoomIn />} onClick={() => step(1)} />
      </div>
    </section>
  );
}

export function PictureStage({ shown }: { shown: Shown }) {
  const words = useWords();
  const seen = usePixels(shown);
  if (seen.t === "drawn") return <Drawn bitmap={seen.bitmap} name={shown.file.name} />;
  const { opening, notDrawn, openedFailed } = words.channel.file;
  return (
    <Says>
      {seen.t === "opening" ? opening : seen.t === "undrawn" ? notDrawn : openedFailed(words.faults[seen.code])}
    </Says>
  );
}
