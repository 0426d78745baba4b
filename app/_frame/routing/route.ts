// Where one is, as the address says it: hash routes, since one static page cannot know ids.

import type { ChannelId, EventId, UserId, WorkspaceId } from "@/lib/base/ids.ts";
import { parseId } from "@/lib/base/ids.ts";

export const SETTINGS = [
  "profile",
  "notifications",
  "appearance",
  "keyboard",
  "devices",
  "recovery",
  "lock",
  "people",
  "workspace",
  "emoji",
  "record",
] as const;
export type SettingsPageName = (typeof SETTINGS)[number];

/** The lists outside channels. */
export const VIEWS = ["activity", "later", "unreads", "threads", "drafts", "files"] as const;
export type ViewName = (typeof VIEWS)[number];

/** What stands at the right of a channel. */
export type PanelRoute =
  | { readonly t: "readers" }
  /** who can read one message */
  | { readonly t: "message"; readonly event: EventId }
  | { readonly t: "details" }
  | { readonly t: "pins" }
  | { readonly t: "thread"; readonly root: EventId }
  | { readonly t: "person"; readonly user: UserId };

export type Route =
  | { readonly t: "root" }
  /** back in by the recovery code */
  | { readonly t: "recover" }
  /** the lists; on wide screens the last channel stands beside them */
  | { readonly t: "home"; readonly ws: WorkspaceId; readonly list: "all" | "dms" }
  | {
      readonly t: "channel";
      readonly ws: WorkspaceId;
      readonly channel: ChannelId;
      readonly panel: PanelRoute | null;
      /** the message to go to */
      readonly at?: EventId;
    }
  | {
      readonly t: "view";
      readonly ws: WorkspaceId;
      readonly view: ViewName;
      /** whose files */
      readonly of?: ChannelId;
    }
  /** what is searched for is not in the address */
  | { readonly t: "search"; readonly ws: WorkspaceId }
  /** page null: the list of pages, on phones */
  | { readonly t: "settings"; readonly ws: WorkspaceId; readonly page: SettingsPageName | null }
  /** the 24 words and three of them back */
  | { readonly t: "recovery"; readonly ws: WorkspaceId };

function parsePanel(kind: string | undefined, id: string | undefined): PanelRoute | null {
  if (kind === "readers" || kind === "details" || kind === "pins") return { t: kind };
  const event = kind === "message" ? parseId<"event">(id) : undefined;
  if (event !== undefined) return { t: "message", event };
  const root = kind === "thread" ? parseId<"event">(id) : undefined;
  if (root !== undefined) return { t: "thread", root };
  const user = kind === "person" ? parseId<"user">(id) : undefined;
  return user === undefined ? null : { t: "person", user };
}

/** What follows a channel: a panel, a message of it, or both. */
function parseRest(rest: readonly string[]): { panel: PanelRoute | null; at?: EventId } {
  const last = rest.length === 1 || rest.at(-2) === "at" ? parseId<"event">(rest.at(-1)) : undefined;
  return { panel: parsePanel(rest[0], rest[1]), ...(last === undefined ? {} : { at: last }) };
}

function restPath({ panel, at }: { panel: PanelRoute | null; at?: EventId }): string {
  if (at === undefined) return panel === null ? "" : panelPath(panel);
  return panel === null ? `/${at}` : `${panelPath(panel)}/at/${at}`;
}

/** Reads a hash such as `#/w/<ws>/c/<channel>/readers`; anything unknown leads to the nearest known place. */
export function parseRoute(hash: string): Route {
  const [root, w, wsText, kind, a, ...rest] = hash.replace(/^#/, "").split("/");
  if (root === "" && w === "recover") return { t: "recover" };
  const ws = root === "" && w === "w" ? parseId<"workspace">(wsText, 32) : undefined;
  if (ws === undefined) return { t: "root" };
  const channel = kind === "c" ? parseId<"channel">(a) : undefined;
  if (channel !== undefined) return { t: "channel", ws, channel, ...parseRest(rest) };
  if (kind === "search") return { t: "search", ws };
  if (kind === "settings") return { t: "settings", ws, page: SETTINGS.find((one) => one === a) ?? null };
  const view = VIEWS.find((one) => one === kind);
  const of = view === "files" ? parseId<"channel">(a) : undefined;
  if (view !== undefined) return { t: "view", ws, view, ...(of === undefined ? {} : { of }) };
  if (kind === "recovery") return { t: "recovery", ws };
  return { t: "home", ws, list: kind === "dms" ? "dms" : "all" };
}

function panelPath(panel: PanelRoute): string {
  if (panel.t === "thread") return `/thread/${panel.root}`;
  if (panel.t === "message") return `/message/${panel.event}`;
  return panel.t === "person" ? `/person/${panel.user}` : `/${panel.t}`;
}

/** The hash of a route, for links: `#/w/<ws>/dms`. */
export function hrefOf(route: Route): string {
  switch (route.t) {
    case "root":
      return "#/";
    case "recover":
      return "#/recover";
    case "home":
      return `#/w/${route.ws}${route.list === "dms" ? "/dms" : ""}`;
    case "channel":
      return `#/w/${route.ws}/c/${route.channel}${restPath(route)}`;
    case "view":
      return `#/w/${route.ws}/${route.view}${route.of === undefined ? "" : `/${route.of}`}`;
    case "search":
      return `#/w/${route.ws}/search`;
    case "settings":
      return `#/w/${route.ws}/settings${route.page === null ? "" : `/${route.page}`}`;
    case "recovery":
      return `#/w/${route.ws}/recovery`;
  }
}
