// The bare floor of delivery: `ws`, one table in SQLite with FULL, one transaction a turn of the loop, acknowledged after it.
import Database from "better-sqlite3";
import { type WebSocket, WebSocketServer } from "ws";
import { serveParent } from "./child.ts";

const [path = ""] = process.argv.slice(2);
const db = new Database(path);
db.pragma("page_size = 8192");
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec("CREATE TABLE events (room INTEGER, pos INTEGER, body BLOB, PRIMARY KEY (room, pos))");
const insert = db.prepare("INSERT INTO events VALUES (?, ?, ?)");
const begin = db.prepare("BEGIN IMMEDIATE");
const commit = db.prepare("COMMIT");

const rooms = new Map<number, Set<WebSocket>>();
const last = new Map<number, number>();
let queue: { from: WebSocket; room: number; body: Buffer }[] = [];

/** Stores everything that came in this turn, then answers and fans out. */
function flush(): void {
  const jobs = queue;
  queue = [];
  begin.run();
  for (const { room, body } of jobs) {
    const pos = (last.get(room) ?? 0) + 1;
    last.set(room, pos);
    insert.run(room, pos, body);
  }
  commit.run();
  for (const { from, room, body } of jobs) {
    from.send("ok");
    for (const socket of rooms.get(room) ?? []) socket.send(body, { binary: false });
  }
}

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("connection", (socket, request) => {
  const room = Number(request.url?.slice(1));
  rooms.set(room, (rooms.get(room) ?? new Set()).add(socket));
  socket.on("close", () => rooms.get(room)?.delete(socket));
  socket.on("message", (data: Buffer) => {
    if (queue.length === 0) setImmediate(flush);
    queue.push({ from: socket, room, body: data });
  });
});
server.on("listening", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  serveParent({ url: `ws://127.0.0.1:${port}` }, async () => {
    for (const socket of server.clients) socket.terminate();
    server.close();
    db.close();
  });
});
