// The page for an address that is none of ours.
import { MessagePage } from "@/app/_ui/pages/message-page.tsx";
import { en } from "@/app/_words/en.ts";

export default function NotFound() {
  const words = en.ui.notFound;
  return (
    <MessagePage title={words.title} sentence={words.sentence}>
      <a href="/">{words.back}</a>
    </MessagePage>
  );
}
