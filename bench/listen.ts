// A writer's live connection by the product's own transport: frames as the engine gets them, before it opens them.
import type { Transport } from "@/lib/client/ports.ts";
import { type RowJson, serverFrame } from "@/lib/protocol/sync.ts";
import type { Writer } from "@/tests/writers.ts";

/** Resolves once the server has greeted; the function it gives ends the connection. */
export async function listen(transport: Transport, writer: Writer, heard: (row: RowJson) => void): Promise<() => void> {
  const token = await writer.session.token();
  return await new Promise((resolve, reject) => {
    const socket = transport.live({
      frame: (value) => {
        const frame = serverFrame.parse(value);
        if (frame.t === "event") heard(frame.row);
        if (frame.t === "ready") resolve(() => socket.close());
      },
      closed: (reason) => reject(new TypeError(reason)),
    });
    socket.send({ t: "hello", token });
  });
}
