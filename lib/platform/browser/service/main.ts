// The service worker: one entry, each concern in a file of its own. It keeps the app's files, and nothing that anyone wrote.
import { broadcastWire } from "@/lib/platform/browser/lines.ts";
import { streamRoute } from "@/lib/platform/browser/stream/route.ts";
import { loadPeek, openNotice, wake } from "./push.ts";
import type { FetchEvent, Route, ServiceScope } from "./scope.ts";
import { dropOthers, giveWay, keepShell, type Shell, shellRoute } from "./shell.ts";

/** Written in by the build: its own files and their hashes. */
declare const TACIT_SHELL: Shell;

const scope = globalThis as unknown as ServiceScope;
/** Files that play or are saved, by the engine in a tab; they pass no cache. */
const stream = streamRoute(broadcastWire);
/** Who may answer a request of this origin; the first that does. What no one answers goes to the network, untouched. */
const routes: readonly Route[] = [shellRoute(TACIT_SHELL)];

function respond(event: FetchEvent): void {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== scope.location.origin) return;
  const streamed = stream(request, url);
  if (streamed !== undefined) {
    event.respondWith(streamed);
    return;
  }
  for (const route of routes) {
    const answer = route(request, url);
    if (answer === undefined) continue;
    event.respondWith(request.mode === "navigate" ? openPage(request, answer) : answer);
    return;
  }
}

/** A page that opens while a newer build waits, and nobody holds on to the old one, is the newer build's. */
async function openPage(request: Request, kept: Promise<Response>): Promise<Response> {
  if (!(await giveWay(scope))) return kept;
  return fetch(request).catch(() => kept);
}

scope.addEventListener("install", (event) => {
  loadPeek(scope);
  event.waitUntil(keepShell(TACIT_SHELL));
});
scope.addEventListener("activate", (event) =>
  event.waitUntil(dropOthers(TACIT_SHELL).then(() => scope.clients.claim())),
);
scope.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(scope.skipWaiting());
});
// What a wake-up holds is the same each time, and says nothing: that it came is all.
scope.addEventListener("push", (event) => event.waitUntil(wake(scope)));
scope.addEventListener("notificationclick", (event) => event.waitUntil(openNotice(scope, event.notification)));
scope.addEventListener("fetch", respond);
