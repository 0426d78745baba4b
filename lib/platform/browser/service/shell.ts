// The app's own files, kept on this device so that it opens without a network: exactly those of one build, or none.
import { Fault } from "@/lib/base/errors.ts";
import type { Route, ServiceScope } from "./scope.ts";

/** One file of the build, by the path it is served under, with its SHA-256 in base64. */
export type ShellFile = { readonly path: string; readonly hash: string };
export type Shell = { readonly build: string; readonly files: readonly ShellFile[] };

const PREFIX = "tacit-shell-";
const PAGE = "/index.html";
/** Screens that a link may open directly; all of them are the one page. */
const PAGES: ReadonlySet<string> = new Set(["/", "/join", "/setup"]);
/** Files fetched at once while a build is taken over. */
const AT_ONCE = 8;

const nameOf = (shell: Shell): string => PREFIX + shell.build;

/**
 * Fetches every file of the build, each checked against its hash by the browser before a byte of it is kept. One that
 * is missing or altered ends it: the worker is not installed, and what served before goes on serving.
 */
export async function keepShell(shell: Shell): Promise<void> {
  const cache = await caches.open(nameOf(shell));
  const rest = [...shell.files];
  const take = async (): Promise<void> => {
    for (let file = rest.shift(); file !== undefined; file = rest.shift()) {
      // The page is asked for under the address that people open, whose headers are the ones to keep.
      const address = file.path === PAGE ? "/" : file.path;
      const answer = await fetch(address, { integrity: `sha256-${file.hash}`, cache: "no-cache", redirect: "error" });
      if (!answer.ok) throw new Fault("net/bad-answer", { detail: file.path });
      await cache.put(file.path, answer);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, take));
  } catch (thrown) {
    await caches.delete(nameOf(shell));
    throw thrown;
  }
}

/** Lets go of the files of other builds. */
export async function dropOthers(shell: Shell): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX) && name !== nameOf(shell)) await caches.delete(name);
}

/** Answers for the build's files and pages alone: whatever is asked of the server for data never passes through here. */
export function shellRoute(shell: Shell): Route {
  const known = new Set(shell.files.map(({ path }) => path));
  return (request, url) => {
    const path = PAGES.has(url.pathname) ? PAGE : url.pathname;
    if (request.method !== "GET" || !known.has(path)) return undefined;
    return answer(shell, path, request);
  };
}

/** Pages and workers, which read what stands in their own address. */
const PLACED: ReadonlySet<string> = new Set(["document", "worker", "sharedworker"]);

async function answer(shell: Shell, path: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(nameOf(shell))).match(path);
  if (kept === undefined) return fetch(request);
  // A kept answer carries the address that it was fetched under, and whatever runs in it would take that for its own.
  // Scripts and styles do not care, and as they are the browser holds their compiled form beside them.
  return PLACED.has(request.destination) ? new Response(kept.body, kept) : kept;
}

/**
 * A newer build waits until nobody has the old one open; then the next page that opens gets it. Without this a person
 * who only ever reloads one tab would stay on the old build for ever.
 */
export async function giveWay(scope: ServiceScope): Promise<boolean> {
  const { waiting } = scope.registration;
  if (waiting === null) return false;
  const open = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length > 1) return false;
  waiting.postMessage("take-over");
  return true;
}
