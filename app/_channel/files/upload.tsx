// A file on its way up: how far it is, how fast it goes, and what can be done about it.
"use client";

import { useChannel } from "@/app/_channel/context.tsx";
import { UploadCard } from "@/app/_ui/files/upload-card.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";

function useMeta() {
  const words = useWords();
  const formats = useFormats();
  const { online } = useChannel();
  const { upload } = words.files;
  const where = (file: FileItem): string => {
    const all = formats.size(file.size);
    const done = formats.size(Math.round(file.size * file.progress));
    if (file.state === "paused") return upload.paused(done, all);
    if (file.state === "queued") return online ? upload.queued(all) : upload.offline(all);
    const left = (file.size * (1 - file.progress)) / file.speed;
    const pace = file.speed > 0 ? upload.speed(formats.size(file.speed), formats.span(left)) : "";
    return upload.sealing(done, all) + pace;
  };
  return (file: FileItem): string => {
    if (file.state === "failed") return file.fault === null ? "" : upload.failed(words.faults[file.fault]);
    return where(file) + (file.kept ? "" : upload.keeping);
  };
}

export function Upload({ file }: { file: FileItem }) {
  const { acts } = useChannel();
  const words = useWords().channel.file;
  const meta = useMeta();
  const { id, name, state } = file;
  const held = state === "paused" || state === "failed";
  return (
    <UploadCard
      name={name}
      meta={meta(file)}
      share={state === "failed" ? undefined : file.progress}
      doing={words.uploading(name)}
      held={state === "failed" ? "failed" : held ? "paused" : undefined}
      onPause={() => (held ? acts.resumeUpload(id) : acts.pauseUpload(id))}
      onCancel={() => acts.cancelUpload(id)}
    />
  );
}
