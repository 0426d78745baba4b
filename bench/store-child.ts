// The bare floor of uploads: a PUT streamed to a file and synced before the answer.
import { open, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { serveParent } from "./child.ts";

const [path = ""] = process.argv.slice(2);

async function keep(request: IncomingMessage): Promise<void> {
  const file = await open(path, "w");
  for await (const piece of request) await file.writeFile(piece as Buffer);
  await file.sync();
  await file.close();
}

const server = createServer((request, response) => {
  keep(request).then(
    () => response.writeHead(204).end(),
    () => response.destroy(),
  );
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  serveParent({ url: `http://127.0.0.1:${port}` }, async () => {
    server.closeAllConnections();
    server.close();
    await rm(path, { force: true });
  });
});
