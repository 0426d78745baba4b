// What the page for an address that is none of ours says.
"use client";

import { MessagePage } from "@/app/_ui/pages/message-page.tsx";
import { useWordsAlone } from "@/app/_words/alone.ts";

export function LostPage() {
  const words = useWordsAlone().ui.notFound;
  return (
    <MessagePage title={words.title} sentence={words.sentence}>
      <a href="/">{words.back}</a>
    </MessagePage>
  );
}
