// The one page: an empty shell that loads the app in the browser, since the server has nothing to render.
"use client";

import dynamic from "next/dynamic";
import { wordsReady } from "@/app/_words/words.ts";

/** Both at once; nothing is drawn in a language that gives way a moment later. */
async function load() {
  const [root] = await Promise.all([import("./root.tsx"), wordsReady()]);
  return root;
}

const Root = dynamic(load, { ssr: false });

export default function Page() {
  return (
    <>
      <noscript>Tacit opens messages on your own device, so it needs JavaScript.</noscript>
      <Root />
    </>
  );
}
