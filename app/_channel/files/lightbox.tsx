// One picture, large: fetched, opened on this device, decoded to pixels and only then drawn.
"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { Download, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useEngine } from "@/app/_engine/provider.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { useOverlayHost } from "@/app/_ui/overlay/host.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault, type FaultCode } from "@/lib/base/errors.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";
import styles from "./lightbox.module.css";
import { decodeRaster } from "./raster.ts";
import { saveBlob } from "./save-blob.ts";

type Shown =
  | { readonly t: "opening" }
  | { readonly t: "drawn"; readonly bitmap: ImageBitmap; readonly data: Blob }
  | { readonly t: "undrawn"; readonly data: Blob }
  | { readonly t: "failed"; readonly code: FaultCode };

function usePixels(file: FileItem): Shown {
  const engine = useEngine();
  const { ws, channel } = useChannel();
  const [shown, setShown] = useState<Shown>({ t: "opening" });
  useEffect(() => {
    let gone = false;
    let held: ImageBitmap | null = null;
    const open = async (): Promise<Shown> => {
      const { data } = await engine.downloadFile({ ws, channel, id: file.id });
      if (!(data instanceof Blob)) return { t: "failed", code: "bug/unexpected" };
      held = await decodeRaster(data, file.type);
      return held === null ? { t: "undrawn", data } : { t: "drawn", bitmap: held, data };
    };
    open()
      .catch((thrown: unknown): Shown => ({ t: "failed", code: asFault(thrown).code }))
      .then((next) => {
        if (gone) held?.close();
        else setShown(next);
      });
    return () => {
      gone = true;
      held?.close();
    };
  }, [engine, ws, channel, file.id, file.type]);
  return shown;
}

function Pixels({ bitmap, name }: { bitmap: ImageBitmap; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext("2d")?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return (
    <canvas
      ref={canvas}
      className={styles.pixels}
      width={bitmap.width}
      height={bitmap.height}
      role="img"
      aria-label={name}
    />
  );
}

function Stage({ file, shown }: { file: FileItem; shown: Shown }) {
  const words = useWords();
  if (shown.t === "drawn") return <Pixels bitmap={shown.bitmap} name={file.name} />;
  const says =
    shown.t === "opening"
      ? words.channel.file.opening
      : shown.t === "undrawn"
        ? words.channel.file.notDrawn
        : words.channel.file.openedFailed(words.faults[shown.code]);
  return (
    <p className={styles.says} role="status">
      {says}
    </p>
  );
}

export function Lightbox({ file, onClose }: { file: FileItem; onClose: () => void }) {
  const host = useOverlayHost();
  const words = useWords();
  const formats = useFormats();
  const shown = usePixels(file);
  const data = "data" in shown ? shown.data : null;
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal container={host}>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup className={styles.place}>
          <div className={styles.head}>
            <div className={styles.words}>
              <Base.Title className={styles.name}>{file.name}</Base.Title>
              <p className={styles.meta}>{formats.size(file.size)}</p>
            </div>
            {data !== null && (
              <IconButton
                bare
                label={words.channel.file.save}
                icon={<Download />}
                onClick={() => saveBlob(file.name, data)}
              />
            )}
            <Base.Close render={<IconButton bare label={words.ui.close} icon={<X />} />} />
          </div>
          <div className={styles.stage}>
            <Stage file={file} shown={shown} />
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
