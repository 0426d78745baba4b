// Files, large, one after another: pictures as pixels, text as text, sound and film as they come.
"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { saveFile } from "@/app/_files/save.ts";
import type { Shown } from "@/app/_files/shown.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { useOverlayHost } from "@/app/_ui/overlay/host.ts";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault } from "@/lib/base/errors.ts";
import { kindOf } from "@/lib/base/file-kind.ts";
import styles from "./gallery.module.css";
import { MediaStage } from "./media-stage.tsx";
import { PictureStage } from "./picture-stage.tsx";
import { TextStage } from "./text-stage.tsx";

function Stage({ shown }: { shown: Shown }) {
  const kind = kindOf(shown.file);
  if (kind === "picture") return <PictureStage shown={shown} />;
  if (kind === "text") return <TextStage shown={shown} />;
  return <MediaStage shown={shown} film={kind === "video"} />;
}

function useSave(shown: Shown): () => void {
  const engine = useEngine();
  const words = useWords();
  const { ws, channel, file } = shown;
  return () => {
    void saveFile(engine, { ws, channel, id: file.id }, file.size).catch((thrown: unknown) =>
      toast(words.files.save.failed(words.faults[asFault(thrown).code])),
    );
  };
}

interface HeadProps {
  shown: Shown;
  at: number;
  of: number;
  go: (by: -1 | 1) => void;
}

function Head({ shown, at, of, go }: HeadProps) {
  const words = useWords();
  const formats = useFormats();
  const save = useSave(shown);
  const { previous, next, place } = words.files.open;
  const size = formats.size(shown.file.size);
  return (
    <div className={styles.head}>
      <div className={styles.words}>
        <Base.Title className={styles.name}>{shown.file.name}</Base.Title>
        <p className={styles.meta} aria-live="polite">
          {of > 1 ? `${size} · ${place(formats.number(at + 1), formats.number(of))}` : size}
        </p>
      </div>
      {of > 1 && (
        <>
          <IconButton bare label={previous} icon={<ChevronLeft />} aria-disabled={at === 0} onClick={() => go(-1)} />
          <IconButton bare label={next} icon={<ChevronRight />} aria-disabled={at === of - 1} onClick={() => go(1)} />
        </>
      )}
      <IconButton bare label={words.channel.file.save} icon={<Download />} onClick={save} />
      <Base.Close render={<IconButton bare label={words.ui.close} icon={<X />} />} />
    </div>
  );
}

export interface GalleryProps {
  /** What one can go through, in order; the first to show stands at `start`. */
  files: readonly Shown[];
  start: number;
  onClose: () => void;
}

export function Gallery({ files, start, onClose }: GalleryProps) {
  const host = useOverlayHost();
  const [wanted, setAt] = useState(start);
  const at = Math.max(0, Math.min(wanted, files.length - 1));
  const shown = files[at];
  const go = (by: -1 | 1) => setAt(Math.max(0, Math.min(at + by, files.length - 1)));
  const onKeyDown = (event: KeyboardEvent) => {
    // players and scrolled text have their own use for these
    if (event.defaultPrevented || event.altKey || event.target instanceof HTMLMediaElement) return;
    if (event.key === "ArrowLeft") go(-1);
    else if (event.key === "ArrowRight") go(1);
    else return;
    event.preventDefault();
  };
  if (shown === undefined) return null;
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal container={host}>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup className={styles.place} onKeyDown={onKeyDown}>
          <Head shown={shown} at={at} of={files.length} go={go} />
          <Stage key={shown.file.id} shown={shown} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
