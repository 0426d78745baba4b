// The files in the composer as chips that say what was done to them.
"use client";

import { isRaster } from "@/app/_channel/files/raster.ts";
import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { AttachmentChip } from "@/app/_ui/files/attachment-chip.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Attachment, Attachments } from "./use-attachments.ts";

/** What was done to it; for a picture that kept what its camera wrote, that too. */
function useMeta() {
  const words = useWords().composer;
  return ({ ready, file }: Attachment, size: string): string => {
    if (ready === null) return words.preparing;
    if (ready.cleaned) return words.cleaned(size);
    return isRaster(file.type) ? words.uncleaned(size) : size;
  };
}

function Chip({ attachment, onRemove }: { attachment: Attachment; onRemove: () => void }) {
  const metaOf = useMeta();
  const formats = useFormats();
  const { ready, file } = attachment;
  const picture = usePictureUrl(ready?.thumbnail ?? null);
  const size = formats.size(ready?.source.size ?? file.size);
  return (
    <AttachmentChip
      name={ready?.name ?? file.name}
      meta={metaOf(attachment, size)}
      picture={picture}
      onRemove={onRemove}
    />
  );
}

export function Chips({ attachments }: { attachments: Attachments }) {
  return attachments.list.map((one) => (
    <Chip key={one.key} attachment={one} onRemove={() => attachments.remove(one.key)} />
  ));
}
