// Calls by name over tRPC, and the proof by types that the server's router is the one that the engine's port describes.
import { createTRPCUntypedClient, httpLink, TRPCClientError } from "@trpc/client";
import type { Api, Procedure } from "@/lib/client/ports.ts";
import type { AppRouter } from "@/server/router.ts";

type Find<R, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof R
    ? Find<R[Head], Rest>
    : undefined
  : Path extends keyof R
    ? R[Path]
    : undefined;
type Served<P extends Procedure> = Find<AppRouter["_def"]["record"], P>;
type Fits<P extends Procedure> =
  Served<P> extends { _def: { type: infer Kind; $types: { input: infer Input; output: infer Output } } }
    ? [Kind, Api[P]["input"], Output] extends [Api[P]["kind"], Input | undefined, Api[P]["output"]]
      ? true
      : false
    : false;
/** What tRPC asks of a fetch; the body is parsed by us, with bounds. */
export type TrpcFetch = (url: string, init: RequestInit) => Promise<{ json(): Promise<unknown> }>;
export type CallFailure = { readonly cause: unknown; readonly code: unknown };

/** The kind of every procedure. A row fails to compile when the server's router serves it otherwise, or not at all. */
const KINDS: Readonly<Record<Procedure, "query" | "mutation">> = {
  "auth.challenge": "mutation",
  "auth.login": "mutation",
  "auth.ending": "mutation",
  "setup.info": "query",
  "setup.create": "mutation",
  "auth.workspaces": "query",
  "invites.open": "query",
  "invites.request": "mutation",
  "invites.waiting": "query",
  "invites.requests": "query",
  "invites.decline": "mutation",
  "ledger.head": "query",
  "ledger.read": "query",
  "ledger.chain": "query",
  "ledger.stored": "query",
  "ledger.append": "mutation",
  "keys.read": "query",
  "keys.puk": "query",
  "keys.recovery": "query",
  "keys.write": "mutation",
  "keys.request": "mutation",
  "keys.requests": "query",
  "mailbox.put": "mutation",
  "mailbox.read": "query",
  "circle.put": "mutation",
  "circle.read": "query",
  "circle.keys": "query",
  "events.append": "mutation",
  "events.read": "query",
  "events.row": "query",
  "events.rows": "query",
  "events.purge": "mutation",
  "sync.state": "query",
  "sync.pull": "query",
  "restore.begin": "mutation",
  "restore.links": "mutation",
  "restore.missing": "mutation",
  "restore.rows": "mutation",
  "restore.done": "mutation",
  "restore.confirm": "mutation",
  "push.key": "query",
  "push.subscribe": "mutation",
  "push.unsubscribe": "mutation",
  "files.create": "mutation",
  "files.finish": "mutation",
  "files.drop": "mutation",
  "files.share": "mutation",
} satisfies { [P in Procedure]: Fits<P> extends true ? Api[P]["kind"] : "router and port differ here" };

/**
 * One HTTP request for each call, each with its own token: no batch could mix two sessions. Queries are POSTed like
 * mutations, so that no input stands in an address or a log. `call` rejects with what tRPC threw.
 */
export function trpcCaller(url: string, fetch: TrpcFetch) {
  const client = createTRPCUntypedClient<AppRouter>({
    links: [
      httpLink({
        url,
        methodOverride: "POST",
        headers: ({ op }) =>
          typeof op.context.token === "string" ? { authorization: `Bearer ${op.context.token}` } : {},
        fetch: (input, init) => fetch(String(input), init as RequestInit) as Promise<Response>,
      }),
    ],
  });
  return (procedure: Procedure, input: unknown, token: string | null, signal?: AbortSignal): Promise<unknown> => {
    const options = { context: { token }, ...(signal === undefined ? {} : { signal }) };
    const run = KINDS[procedure] === "query" ? client.query : client.mutation;
    return run.call(client, procedure, input, options);
  };
}

/** What lies behind a failed call: the fault of our own fetch, or the code in the server's answer. */
export function readFailure(thrown: unknown): CallFailure {
  if (!(thrown instanceof TRPCClientError)) return { cause: thrown, code: undefined };
  const data: unknown = thrown.data;
  const code = data !== null && typeof data === "object" && "fault" in data ? data.fault : undefined;
  return { cause: thrown.cause ?? thrown, code };
}
