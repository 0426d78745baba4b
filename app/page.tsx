// The one page: an empty shell that loads the app in the browser, since the server has nothing to render.
"use client";

import dynamic from "next/dynamic";

const Root = dynamic(() => import("./root.tsx"), { ssr: false });

export default function Page() {
  return (
    <>
      <noscript>Tacit opens messages on your own device, so it needs JavaScript.</noscript>
      <Root />
    </>
  );
}
