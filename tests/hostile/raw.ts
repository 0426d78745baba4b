// A server that lies below the port: whole HTTP answers as bytes, over the real transport, socket and parsers.
import type { Transport } from "@/lib/client/ports.ts";
import { nodeTransport } from "@/lib/platform/node/transport.ts";

export type Answering = (procedure: string, real: () => Promise<Response>) => Promise<Response>;

/** JSON as a server would send it, not escaped or checked. */
export function jsonBody(text: string, status: number = 200): Response {
  return new Response(text, { status, headers: { "content-type": "application/json" } });
}

export class RawLiar {
  /** what an HTTP call is answered with */
  answer: Answering = async (_, real) => await real();
  /** where calls really go: a server that answers with a redirect */
  bounce: string | undefined;
  /** every address that was asked */
  readonly asked: string[] = [];

  readonly wrap = (inner: Transport): Transport =>
    nodeTransport(inner.origin, {
      fetch: async (url, init) => {
        this.asked.push(url);
        const procedure = new URL(url).pathname.replace(/^\/trpc\//, "");
        return await this.answer(procedure, () => fetch(this.bounce ?? url, init));
      },
    });
}
