// Above the messages while one of them is looked for, or when it can’t be shown.
"use client";

import { Button } from "@/app/_ui/controls/button.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { Jump } from "./use-jump.ts";

export interface JumpNoticeProps {
  jump: Jump;
  /** When the oldest message that was read so far came in; null: none was. */
  back: number | null;
}

export function JumpNotice({ jump, back }: JumpNoticeProps) {
  const words = useWords().conversation.jump;
  const formats = useFormats();
  if (jump.seeking === null && jump.missing === null) return null;
  const says = jump.missing === null ? words.seeking(back === null ? null : formats.date(back)) : words[jump.missing];
  return (
    <Banner
      act={
        <Button size="sm" onClick={jump.stop}>
          {jump.missing === null ? words.stop : words.close}
        </Button>
      }
    >
      {says}
    </Banner>
  );
}
