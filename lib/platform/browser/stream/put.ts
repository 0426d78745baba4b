// Segments on their way out of a browser: XMLHttpRequest tells of bytes as they go, which fetch does not.
import { Fault } from "@/lib/base/errors.ts";
import type { Put } from "@/lib/platform/transport.ts";

/** Statuses whose answers have no body, and may not be given one. */
const BARE = new Set([204, 205, 304]);

/**
 * Sends a body as `fetch` would. A redirect within this origin shows by the address that answered; one to another is
 * stopped by the policy of the page, `connect-src 'self'`, before anything goes there (MS-39).
 */
export const putByRequest: Put = (url, { headers, body, signal }, progress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.responseType = "arraybuffer";
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    const broken = () => reject(new DOMException("no answer", "NetworkError"));
    request.onerror = broken;
    request.onabort = broken;
    request.onload = () => {
      const { status } = request;
      if (request.responseURL !== url) reject(new Fault("net/redirected"));
      else resolve(new Response(BARE.has(status) ? null : (request.response as ArrayBuffer), { status }));
    };
    if (signal.aborted) return broken();
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body as Uint8Array<ArrayBuffer>);
  });
