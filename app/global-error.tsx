// The last page: shown when the app itself failed. It says so plainly and keeps nothing of the failure.
"use client";

import { MessagePage } from "@/app/_ui/pages/message-page.tsx";
import { useWordsAlone } from "@/app/_words/alone.ts";
import { voices } from "./fonts.ts";
import "./tokens.css";
import "./globals.css";

export default function GlobalError() {
  const { language, ui } = useWordsAlone();
  const words = ui.failed;
  return (
    <html lang={language} className={voices}>
      <head>
        <title>Tacit</title>
      </head>
      <body>
        <MessagePage title={words.title} sentence={words.sentence}>
          <a href="/">{words.again}</a>
        </MessagePage>
      </body>
    </html>
  );
}
