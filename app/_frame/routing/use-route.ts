// Follows the address from React, and goes elsewhere.
"use client";

import { useMemo, useSyncExternalStore } from "react";
import { hrefOf, parseRoute, type Route } from "./route.ts";

function follow(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  window.addEventListener("popstate", changed);
  return () => {
    window.removeEventListener("hashchange", changed);
    window.removeEventListener("popstate", changed);
  };
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(
    follow,
    () => window.location.hash,
    () => "",
  );
  return useMemo(() => parseRoute(hash), [hash]);
}

/** Goes to a route of the app, always at the root path; `replace` leaves no step in the history. */
export function go(route: Route, options: { replace?: boolean } = {}): void {
  const url = `/${hrefOf(route)}`;
  if (options.replace === true) window.history.replaceState(null, "", url);
  else window.history.pushState(null, "", url);
  window.dispatchEvent(new PopStateEvent("popstate"));
}
