// The global scope of a service worker, as far as ours uses it: the compiler knows windows and plain workers only.
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Peeked } from "@/lib/client/notify/peek.ts";

/** An event that the browser keeps the worker alive for. */
export type LastingEvent = Event & { waitUntil(work: Promise<unknown>): void };
export type FetchEvent = LastingEvent & { readonly request: Request; respondWith(answer: Promise<Response>): void };
export type WindowClient = {
  readonly url: string;
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<WindowClient>;
  postMessage(message: unknown): void;
};

/** Set by the script that opens messages, once it is loaded. */
export type Peek = (origin: string, shown: (ws: WorkspaceId, channel: ChannelId) => number) => Promise<Peeked>;

export type ServiceScope = {
  tacitPeek?: Peek;
  importScripts(...urls: string[]): void;
  readonly navigator: { setAppBadge?: (count: number) => Promise<void> };
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly WindowClient[]>;
    openWindow(url: string): Promise<WindowClient | null>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: LastingEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(type: "push", listener: (event: LastingEvent) => void): void;
  addEventListener(
    type: "notificationclick",
    listener: (event: LastingEvent & { readonly notification: Notification }) => void,
  ): void;
  addEventListener(type: "message", listener: (event: LastingEvent & { readonly data: unknown }) => void): void;
};

/** What a part of the worker answers itself; undefined: not its matter. */
export type Route = (request: Request, url: URL) => Promise<Response> | undefined;
