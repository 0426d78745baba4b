// Bodies on their way out of Node: piece by piece from where they lie, so that none is held twice and each tells that it went.
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";

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

/** Sends a body as `fetch` would, following nothing; `progress` gets the bytes that the system has taken. */
export function putPieces(
  url: string,
  init: { readonly headers: Record<string, string>; readonly body: Uint8Array; readonly signal: AbortSignal },
  progress: (sent: number) => void,
): Promise<Response> {
  const { body, signal } = init;
  const secure = url.startsWith("https:");
  const headers = { ...init.headers, "content-length": String(body.length) };
  const options = { method: "PUT", headers, signal, agent: secure ? SECURE : PLAIN };
  return new Promise((resolve, reject) => {
    const request = secure ? https.request(url, options) : http.request(url, options);
    request.once("response", (answer) => resolve(responseOf(answer)));
    request.on("error", reject);
    let given = 0;
    let taken = 0;
    const give = () => {
      const piece = body.subarray(given, given + PIECE);
      if (piece.length === 0) return;
      given += piece.length;
      request.write(piece, (fault) => {
        if (fault !== null && fault !== undefined) return;
        taken += piece.length;
        progress(taken);
        give();
      });
      if (given === body.length) request.end();
    };
    for (let i = 0; i < AHEAD; i += 1) give();
  });
}
