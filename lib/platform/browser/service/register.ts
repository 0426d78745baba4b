// A tab's part of the service worker: registers it, and learns when a newer build stands ready.

/** Where the build puts the worker: at the top, so that it may answer for the whole origin. */
const SCRIPT = "/sw.js";

/** True where this browser keeps an app's files, and this is a build: in development there is no worker. */
export const hasService = (): boolean => process.env.NODE_ENV === "production" && "serviceWorker" in navigator;

/**
 * Registers the worker once the page has what it needs. A browser that refuses it, as private windows may, still runs
 * the app, from the network.
 */
export async function registerService(): Promise<ServiceWorkerRegistration | undefined> {
  if (!hasService()) return undefined;
  try {
    return await navigator.serviceWorker.register(SCRIPT, { scope: "/", updateViaCache: "none" });
  } catch {
    return undefined;
  }
}

/** Calls `ready` when a newer build waits for this one to be closed; returns the end of watching. */
export function watchUpdate(registration: ServiceWorkerRegistration, ready: () => void): () => void {
  const look = () => {
    if (registration.waiting !== null && navigator.serviceWorker.controller !== null) ready();
  };
  const found = () => registration.installing?.addEventListener("statechange", look);
  registration.addEventListener("updatefound", found);
  look();
  return () => registration.removeEventListener("updatefound", found);
}

/** Gives way to the newer build, in every tab at once, and opens it here. */
export function takeUpdate(registration: ServiceWorkerRegistration): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting?.postMessage("take-over");
}
