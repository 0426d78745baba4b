// The files of a message: pictures from their sealed thumbnails, everything else as a card that downloads.
"use client";

import type { ReactNode } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { FileCard, UploadCard } from "@/app/_ui/files/file-card.tsx";
import { Picture, PictureGrid } from "@/app/_ui/files/picture-grid.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { FileItem } from "@/lib/client/api.ts";
import { isRaster } from "./raster.ts";

function isPicture(file: FileItem): boolean {
  return file.state === "ready" && file.thumbnail !== null && isRaster(file.type) && isRaster(file.thumbnail.type);
}

function Thumbnail({ file, alone }: { file: FileItem; alone: boolean }) {
  const { acts } = useChannel();
  const url = usePictureUrl(file.thumbnail);
  return (
    <Picture
      src={url}
      alt={file.name}
      width={alone ? (file.thumbnail?.width ?? undefined) : undefined}
      height={alone ? (file.thumbnail?.height ?? undefined) : undefined}
      alone={alone}
      onOpen={() => acts.openPicture(file)}
    />
  );
}

function Upload({ file }: { file: FileItem }) {
  const { acts } = useChannel();
  const words = useWords().channel.file;
  const formats = useFormats();
  return (
    <UploadCard
      name={file.name}
      meta={words.sealing(formats.size(Math.round(file.size * file.progress)), formats.size(file.size))}
      share={file.progress}
      doing={words.uploading(file.name)}
      onCancel={() => acts.cancelUpload(file.id)}
    />
  );
}

function Card({ file }: { file: FileItem }) {
  const { acts } = useChannel();
  const words = useWords();
  const formats = useFormats();
  if (file.state === "waiting") return <FileCard name={file.name} meta={words.channel.file.waiting} />;
  if (file.state === "failed") {
    const why = file.fault === null ? words.channel.file.failed : words.faults[file.fault];
    return <FileCard name={file.name} meta={why} />;
  }
  return <FileCard name={file.name} meta={formats.size(file.size)} onDownload={() => acts.download(file)} />;
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
        file.state === "uploading" ? <Upload key={file.id} file={file} /> : <Card key={file.id} file={file} />,
      )}
      {tail !== undefined && <p>{tail}</p>}
    </>
  );
}
