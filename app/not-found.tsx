// The page for an address that is none of ours.
"use client";

import dynamic from "next/dynamic";

/** Apart: the framework loads this file along with the app itself, where nobody sees it. */
const Lost = dynamic(async () => (await import("@/app/_enter/lost-page.tsx")).LostPage);

export default function NotFound() {
  return <Lost />;
}
