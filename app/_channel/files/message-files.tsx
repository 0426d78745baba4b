// The files of a message: pictures from their sealed thumbnails, everything else as a card that downloads.
"use client";

import { Play } from "lucide-react";
import type { ReactNode } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { VoiceMessage } from "@/app/_channel/voice/voice-message.tsx";
import { isViewable } from "@/app/_files/kinds.ts";
import { isRaster } from "@/app/_files/raster.ts";
import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { FileCard } from "@/app/_ui/files/file-card.tsx";
import { Picture, PictureGrid } from "@/app/_ui/files/picture-grid.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { kindOf } from "@/lib/base/file-kind.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";

import { Upload } from "./upload.tsx";

/** Pictures, and films with a picture of themselves. */
function isPicture(file: FileItem): boolean {
  if (file.state !== "ready" || file.thumbnail === null || !isRaster(file.thumbnail.type)) return false;
  const kind = kindOf(file);
  return kind === "picture" || kind === "video";
}

function Thumbnail({ file, alone }: { file: FileItem; alone: boolean }) {
  const { acts } = useChannel();
  const words = useWords().files.open;
  const url = usePictureUrl(file.thumbnail);
  const film = kindOf(file) === "video";
  return (
    <Picture
      src={url}
      alt={film ? words.play(file.name) : file.name}
      width={alone ? (file.thumbnail?.width ?? undefined) : undefined}
      height={alone ? (file.thumbnail?.height ?? undefined) : undefined}
      alone={alone}
      badge={film ? <Play /> : undefined}
      onOpen={() => acts.openFile(file)}
    />
  );
}

function Card({ file }: { file: FileItem }) {
  const { acts } = useChannel();
  const words = useWords();
  const formats = useFormats();
  if (file.state === "waiting") return <FileCard name={file.name} meta={words.files.upload.coming} />;
  return (
    <FileCard
      name={file.name}
      meta={formats.size(file.size)}
      onOpen={isViewable(file) ? () => acts.openFile(file) : undefined}
      onDownload={() => acts.download(file)}
    />
  );
}

const GOING: readonly FileItem["state"][] = ["uploading", "queued", "paused", "failed"];

function Other({ file }: { file: FileItem }) {
  const heard = file.voice !== null && file.state === "ready";
  return heard ? <VoiceMessage file={file} voice={file.voice} /> : <Card file={file} />;
}

export function MessageFiles({ files, tail }: { files: readonly FileItem[]; tail?: ReactNode }) {
  if (files.length === 0) return tail === undefined ? null : <p>{tail}</p>;
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <>
      {pictures.length > 0 && (
        <PictureGrid>
          {pictures.map((file) => (
            <Thumbnail key={file.id} file={file} alone={pictures.length === 1} />
          ))}
        </PictureGrid>
      )}
      {others.map((file) =>
        GOING.includes(file.state) ? <Upload key={file.id} file={file} /> : <Other key={file.id} file={file} />,
      )}
      {tail !== undefined && <p>{tail}</p>}
    </>
  );
}
