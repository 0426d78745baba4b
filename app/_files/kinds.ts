// What can be looked at here, by what it claims to be: a claim opens a view, never the file itself (MS-22, MS-26).

import { kindOf } from "@/lib/base/file-kind.ts";

/** Beyond this a picture is not held in memory to be drawn. */
const DRAWN_BYTES = 64 * 1024 * 1024;

/** Whether it can be looked at here, rather than saved and opened elsewhere. */
export function isViewable(file: { readonly name: string; readonly type: string; readonly size: number }): boolean {
  const kind = kindOf(file);
  if (kind === "picture") return file.size <= DRAWN_BYTES;
  return kind === "video" || kind === "audio" || kind === "text";
}
