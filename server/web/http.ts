// Every HTTP request: host, origin, then one of four places; anything else does not exist.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultCode } from "@/lib/base/errors.ts";
import type { App } from "@/server/app.ts";
import { serveBlob } from "@/server/blobs/routes.ts";
import { placeOf } from "@/server/log.ts";
import { bearerOf, procedures, serveCall } from "./call.ts";
import { ASK_AGAIN, BASE, DATA, HSTS } from "./headers.ts";
import { addressOf, corsHeaders, isForeignOrigin, isKnownHost, PREFLIGHT } from "./origin.ts";
import type { Assets } from "./static.ts";
import { serveAsset } from "./static.ts";

export type Web = { readonly app: App; readonly assets: Assets | null };
type Place = "healthz" | "trpc" | "blob" | "client";
type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly place: Place;
};

function placeOfPath(path: string): Place {
  if (path === "/healthz") return "healthz";
  if (path.startsWith("/trpc/")) return "trpc";
  return path.startsWith("/blob/") ? "blob" : "client";
}

/** Serves one request, and logs its place and outcome, nothing that was said. */
export async function serveRequest(web: Web, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { app } = web;
  const started = performance.now();
  const path = request.url ?? "/";
  const place = placeOfPath(path.split("?")[0] ?? "/");
  response.on("error", () => response.destroy());
  request.on("error", () => response.destroy());
  let fault: FaultCode | null = null;
  try {
    fault = await route(web, { request, response, path, place });
  } catch (thrown) {
    fault = "bug/unexpected";
    app.log({ what: "fault", fault, at: placeOf(thrown) });
    response.destroy();
  }
  const name = path.slice("/trpc/".length).split("?")[0] ?? "";
  const label = place === "trpc" ? (procedures().has(name) ? name : "unknown") : `${place}`;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  app.log({ what: "request", route: label, status: response.statusCode, ms, ...(fault === null ? {} : { fault }) });
}

async function route(web: Web, exchange: Exchange): Promise<FaultCode | null> {
  const { app } = web;
  const { request, response, path, place } = exchange;
  const secure = app.settings.tls !== null || app.settings.publicUrl?.startsWith("https:") === true ? HSTS : {};
  if (place === "healthz") return answer(exchange, 200, { ...DATA, ...secure }, "ok\n");
  if (!isKnownHost(app, request)) return answer(exchange, 403, { ...DATA, ...secure }, "", "may/wrong-origin");
  if (place === "client") return serveClient(web, exchange, secure);
  const headers = { ...DATA, ...secure, ...corsHeaders(app, request) };
  if (isForeignOrigin(app, request)) return answer(exchange, 403, headers, "", "may/wrong-origin");
  if (request.method === "OPTIONS") return answer(exchange, 204, { ...headers, ...PREFLIGHT }, "");
  const address = addressOf(app.settings, request);
  if (place === "blob") return serveBlob({ app, request, response, path, headers, address, token: bearerOf(request) });
  if (request.method !== "GET" && request.method !== "POST") return answer(exchange, 405, headers, "", "may/bad-body");
  const name = path.slice("/trpc/".length).split("?")[0] ?? "";
  return serveCall({ app, request, response, path, address, headers }, name);
}

async function serveClient(web: Web, exchange: Exchange, more: Record<string, string>): Promise<FaultCode | null> {
  const { request, response, path } = exchange;
  if (request.method !== "GET" && request.method !== "HEAD")
    return answer(exchange, 405, { ...DATA, ...more }, "", "may/bad-body");
  const file = path.split("?")[0] ?? "/";
  if (web.assets !== null && (await serveAsset(web.assets, file, request, response, more))) return null;
  return answer(exchange, 404, { ...BASE, ...DATA, ...ASK_AGAIN, ...more }, "Not found\n", "may/not-found");
}

function answer(
  { request, response }: Exchange,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
  fault: FaultCode | null = null,
): FaultCode | null {
  const body = fault === null || text !== "" ? text : JSON.stringify({ fault });
  const type = body.startsWith("{") ? "application/json; charset=utf-8" : "text/plain; charset=utf-8";
  const end = request.complete || request.method === "GET" || request.method === "HEAD" ? {} : { connection: "close" };
  const length = { "content-length": String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...headers, ...end, "content-type": type, ...(status === 204 ? {} : length) });
  response.end(request.method === "HEAD" ? undefined : body);
  return fault;
}
