// Starts the worker of `open`: a worker thread of Node 20 does not take `--import tsx`, so TypeScript is registered here.
import { register } from "tsx/esm/api";

register();
await import("./open-worker.ts");
