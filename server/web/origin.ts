// Who asks, from where, and for which host: only what is configured is believed.
import type { IncomingMessage } from "node:http";
import type { App } from "@/server/app.ts";
import type { Settings } from "@/server/env.ts";

type Known = Pick<App, "origins">;

/** The Host header must be that of a configured origin: else a foreign name that resolves here could drive a browser. */
export function isKnownHost(app: Known, request: IncomingMessage): boolean {
  const host = request.headers.host?.toLowerCase() ?? "";
  return app.origins().some((origin) => new URL(origin).host === host);
}

/** True for a page of another origin. Programs send no Origin header. */
export function isForeignOrigin(app: Known, request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return origin !== undefined && !app.origins().includes(origin);
}

/** The address to count by. A forwarded one is believed of the proxy alone: its own, last entry. */
export function addressOf(settings: Pick<Settings, "behindProxy">, request: IncomingMessage): string {
  const direct = request.socket.remoteAddress ?? "";
  if (!settings.behindProxy) return direct;
  const forwarded = String(request.headers["x-forwarded-for"] ?? "");
  return forwarded.split(",").at(-1)?.trim() || direct;
}

/** What a page of a further configured origin needs to read the answer; never with credentials. */
export function corsHeaders(app: Known, request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined || !app.origins().includes(origin)) return {};
  return { "access-control-allow-origin": origin, vary: "origin" };
}

export const PREFLIGHT: Readonly<Record<string, string>> = {
  "access-control-allow-methods": "GET, POST, PUT",
  "access-control-allow-headers": "authorization, content-type, range",
  "access-control-max-age": "600",
};
