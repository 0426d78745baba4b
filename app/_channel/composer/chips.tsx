// The files in the composer as chips that say what was done to them.
"use client";

import { Shrink } from "lucide-react";
import { isFilm } from "@/app/_channel/files/prepare-picture.ts";
import { isRaster } from "@/app/_files/raster.ts";
import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { AttachmentChip } from "@/app/_ui/files/attachment-chip.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Attachment, Attachments } from "./use-attachments.ts";

/** What was done to it; for a picture or a film that kept what its camera wrote, that too. */
function useMeta() {
  const words = useWords();
  return ({ ready, file }: Attachment, size: string): string => {
    if (ready === null) return words.composer.preparing;
    if (ready.smaller && ready.cleaned) return words.files.clean.smallerMeta(size);
    if (ready.cleaned) return words.composer.cleaned(size);
    return isRaster(file.type) || isFilm(file.type) ? words.composer.uncleaned(size) : size;
  };
}

/** Large pictures may go as a smaller copy. */
const WORTH_BYTES = 200 * 1024;

function Chip({ attachment, attachments }: { attachment: Attachment; attachments: Attachments }) {
  const metaOf = useMeta();
  const words = useWords().files.clean;
  const formats = useFormats();
  const { ready, file, key } = attachment;
  const picture = usePictureUrl(ready?.thumbnail ?? null);
  const size = formats.size(ready?.source.size ?? file.size);
  const smaller = ready?.smaller === true;
  const shrinks = isRaster(file.type) && file.size > WORTH_BYTES && ready !== null;
  return (
    <AttachmentChip
      name={ready?.name ?? file.name}
      meta={metaOf(attachment, size)}
      picture={picture}
      action={
        shrinks && (
          <IconButton
            label={smaller ? words.original : words.smaller}
            icon={<Shrink />}
            size="sm"
            on={smaller}
            onClick={() => attachments.shrink(key, !smaller)}
          />
        )
      }
      onRemove={() => attachments.remove(key)}
    />
  );
}

export function Chips({ attachments }: { attachments: Attachments }) {
  return attachments.list.map((one) => <Chip key={one.key} attachment={one} attachments={attachments} />);
}
