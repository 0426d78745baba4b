// Bodies on their way out of Node: piece by piece from where they lie, so that none is held twice and each tells that it went.
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import type { Put } from "@/lib/platform/transport.ts";

const PIECE = 1024 * 1024;
/** Pieces handed over at a time: the line has work while the next ones are sealed. */
const AHEAD = 2;

const PLAIN = new http.Agent({ keepAlive: true });
const SECURE = new https.Agent({ keepAlive: true });

function responseOf(answer: http.IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  const status = answer.statusCode ?? 500;
  if (status !== 204) return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, { status, headers });
  answer.resume();
  return new Response(null, { status, headers });
}

/** Hands a body over, some pieces at a time. */
function give(request: http.ClientRequest, body: Uint8Array, progress: (sent: number) => void): void {
  let given = 0;
  let taken = 0;
  const more = () => {
    const piece = body.subarray(given, given + PIECE);
    if (piece.length === 0) return;
    given += piece.length;
    request.write(piece, (fault) => {
      if (fault !== null && fault !== undefined) return;
      taken += piece.length;
      progress(taken);
      more();
    });
    if (given === body.length) request.end();
  };
  for (let i = 0; i < AHEAD; i += 1) more();
}

/**
 * Sends a body as `fetch` would, following nothing; `progress` gets the bytes that the system has taken. A connection
 * that was kept from before may have ended unheard: then the same is sent once more over a new one.
 */
export const putPieces: Put = (url, init, progress) => {
  const { body, signal } = init;
  const secure = url.startsWith("https:");
  const headers = { ...init.headers, "content-length": String(body.length) };
  const kept = secure ? SECURE : PLAIN;
  const send = (agent: http.Agent | false): Promise<Response> =>
    new Promise((resolve, reject) => {
      const options = { method: "PUT", headers, signal, agent };
      const request = secure ? https.request(url, options) : http.request(url, options);
      request.once("response", (answer) => resolve(responseOf(answer)));
      request.on("error", (cause) => {
        if (request.reusedSocket && !signal.aborted) resolve(send(false));
        else reject(cause);
      });
      give(request, body, progress);
    });
  return send(kept);
};
