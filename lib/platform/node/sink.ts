// A download that ends in a file: written beside, given its name only when whole.
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Fault } from "@/lib/base/errors.ts";
import type { ByteSink } from "@/lib/client/ports.ts";
import { fileFault } from "./file.ts";

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/**
 * A name that stays inside its folder on every system (MS-27): no path parts, no control or bidi characters, no
 * reserved names, no leading dot, at most 200 UTF-8 bytes.
 */
export function safeName(name: string): string {
  const last = basename(name.replace(/\\/g, "/"));
  const plain = last.replace(/[\p{Cc}\p{Cf}<>:"/|?*]/gu, "").replace(/^[.\s]+|[.\s]+$/g, "");
  let short = [...plain].slice(0, 200).join("");
  while (Buffer.byteLength(short) > 200) short = [...short].slice(0, -1).join("");
  if (short === "" || RESERVED.test(short)) return `file-${short}`.replace(/-$/, "");
  return short;
}

/** Writes a new file in `folder` under a safe form of `name`; `done` yields its path. Never overwrites: a number is added. */
export function fileSink(folder: string, name: string): ByteSink {
  const safe = safeName(name);
  const draft = join(folder, `.${safe}.${process.pid}.${Math.trunc(performance.now() * 1000)}.part`);
  let file: Promise<FileHandle> | undefined;
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (cause) {
      throw cause instanceof Fault ? cause : fileFault(cause);
    }
  };
  const opened = () => {
    file ??= mkdir(folder, { recursive: true }).then(() => open(draft, "wx", 0o600));
    return guard(file);
  };
  return {
    async write(bytes) {
      const handle = await opened();
      await guard(handle.writeFile(bytes));
    },
    async done() {
      const handle = await opened();
      await guard(handle.sync());
      await handle.close();
      return guard(giveName(draft, folder, safe));
    },
    async abort() {
      if (file !== undefined) await file.then((handle) => handle.close()).catch(() => undefined);
      await rm(draft, { force: true });
    },
  };
}

/** Moves the draft to the first free name: an empty file claims it, so that nothing of another is overwritten. */
async function giveName(draft: string, folder: string, name: string): Promise<string> {
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const ending = dot > 0 ? name.slice(dot) : "";
  for (let i = 1; ; i += 1) {
    const path = join(folder, i === 1 ? name : `${stem} (${i})${ending}`);
    try {
      await (await open(path, "wx", 0o600)).close();
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") continue;
      throw cause;
    }
    await rename(draft, path);
    return path;
  }
}
