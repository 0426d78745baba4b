// Setup and invite links: the secret is read from the fragment once and leaves the address bar at once.
"use client";

import { useSyncExternalStore } from "react";

/** `fragment` is null where the page was opened, or reloaded, without its secret. */
export type Entry = { readonly kind: "setup" | "join"; readonly fragment: string | null };

const SECRET = /^#?(s|v|r)\d+\./;
const listeners = new Set<() => void>();
let entry: Entry | null | undefined;

function kindOf(path: string): Entry["kind"] | null {
  const name = path.replace(/(\/|\.html)$/, "");
  return name === "/setup" ? "setup" : name === "/join" ? "join" : null;
}

function readAddress(): Entry | null {
  const { pathname, hash } = window.location;
  const secret = SECRET.exec(hash);
  const kind = secret === null ? kindOf(pathname) : secret[1] === "s" ? "setup" : "join";
  if (kind === null) return null;
  // An app route under /join is where a person went on to; what follows # otherwise is the link, whole or mangled.
  const fragment = hash === "" || hash === "#" || hash.startsWith("#/") ? null : hash.slice(1);
  if (fragment !== null) window.history.replaceState(null, "", `/${kind}`);
  if (fragment === null && hash.startsWith("#/")) return null;
  return { kind, fragment };
}

function change(next: Entry | null): void {
  entry = next;
  for (const changed of listeners) changed();
}

function snapshot(): Entry | null {
  if (entry === undefined) entry = readAddress();
  return entry;
}

function follow(changed: () => void): () => void {
  const moved = () => {
    const next = readAddress();
    // The address loses its secret by our own hand; that alone is no reason to forget the link.
    if (next === null ? kindOf(window.location.pathname) === null : next.fragment !== null) change(next);
  };
  listeners.add(changed);
  window.addEventListener("hashchange", moved);
  window.addEventListener("popstate", moved);
  return () => {
    listeners.delete(changed);
    window.removeEventListener("hashchange", moved);
    window.removeEventListener("popstate", moved);
  };
}

/** The setup or invite link by which this page was opened, kept in memory alone; null when there is none. */
export function useEntry(): Entry | null {
  return useSyncExternalStore(follow, snapshot, () => null);
}

/** Forgets the link: it was used, or the person went elsewhere. */
export function leaveEntry(): void {
  change(null);
}

export type PastedLink =
  | { readonly t: "fragment"; readonly fragment: string }
  | { readonly t: "elsewhere"; readonly url: string; readonly host: string }
  | { readonly t: "none" };

/** What a person pasted: a link to here, a link to another server, the bare fragment, or nothing of the kind. */
export function readPasted(text: string, origin: string): PastedLink {
  const pasted = text.trim();
  if (/^#?[vr]\d+\.\S+$/.test(pasted)) return { t: "fragment", fragment: pasted.replace(/^#/, "") };
  const url = URL.canParse(pasted) ? new URL(pasted) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || !/^#[vr]\d+\./.test(url.hash)) return { t: "none" };
  if (url.origin !== origin) return { t: "elsewhere", url: url.href, host: url.host };
  return { t: "fragment", fragment: url.hash.slice(1) };
}

/** Opens the join page with a pasted fragment, without it ever being in the address. */
export function openInvite(fragment: string): void {
  window.history.pushState(null, "", "/join");
  change({ kind: "join", fragment });
}
