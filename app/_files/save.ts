// Saving a file to this device: a small one at once, a large one as it comes, so that it is never held.

import { type FileAt, saveStream } from "@/app/_engine/streams.ts";
import type { EngineHandle } from "@/lib/client/api.ts";
import { saveBlob } from "./save-blob.ts";

/** From here on the browser saves while the file is fetched. */
const LARGE = 32 * 1024 * 1024;

/** Rejects with the fault that kept it. */
export async function saveFile(engine: EngineHandle, at: FileAt, size: number): Promise<void> {
  if (size > LARGE && (await saveStream(at))) return;
  const { name, data } = await engine.downloadFile(at);
  if (data instanceof Blob) saveBlob(name, data);
}
