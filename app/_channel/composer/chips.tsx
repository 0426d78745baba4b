// The files in the composer as chips that say what was done to them.
"use client";

import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { AttachmentChip } from "@/app/_ui/files/attachment-chip.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Attachment, Attachments } from "./use-attachments.ts";

function Chip({ attachment, onRemove }: { attachment: Attachment; onRemove: () => void }) {
  const words = useWords().composer;
  const formats = useFormats();
  const { ready, file } = attachment;
  const picture = usePictureUrl(ready?.thumbnail ?? null);
  const size = formats.size(ready?.source.size ?? file.size);
  return (
    <AttachmentChip
      name={ready?.name ?? file.name}
      meta={ready === null ? words.preparing : ready.cleaned ? words.cleaned(size) : size}
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
