// One procedure call over HTTP, in tRPC's own form: one call a request, bounded before it is parsed.
import type { IncomingMessage, ServerResponse } from "node:http";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { ZodError } from "zod";
import type { FaultCode } from "@/lib/base/errors.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { App } from "@/server/app.ts";
import { placeOf } from "@/server/log.ts";
import { AUDIENCE, audienceOf } from "@/server/may.ts";
import { appRouter, createCaller } from "@/server/router.ts";
import type { CallContext } from "@/server/trpc.ts";
import { parseJson, readBody } from "./body.ts";

export type Procedure = Extract<keyof typeof AUDIENCE, `${string}.${string}`>;
export type CallRequest = {
  readonly app: App;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
};
type Kind = "query" | "mutation" | "subscription";

/** tRPC keeps its procedures by dotted name; its types say a tree. */
const FLAT: Record<string, unknown> = appRouter._def.procedures;
const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries(FLAT).map(([name, procedure]) => [name, (procedure as { _def: { type: Kind } })._def.type]),
);

/** Every procedure that the router serves, with its kind. */
export const procedures = (): ReadonlyMap<string, Kind> => KINDS;

const isProcedure = (name: string): name is Procedure => KINDS.has(name) && Object.hasOwn(AUDIENCE, name);

/** The token in the Authorization header, or null. */
export function bearerOf(request: IncomingMessage): string | null {
  const header = request.headers.authorization ?? "";
  return /^Bearer [\w-]{20,100}$/.test(header) ? header.slice(7) : null;
}

/** What a call is answered with: its body, in tRPC's own form, and the fault in it. */
export type CallAnswer = { readonly status: number; readonly body: unknown; readonly fault: FaultCode | null };

/** Answers one call; resolves with the fault it answered with, or null. */
export async function serveCall(call: CallRequest, name: string): Promise<FaultCode | null> {
  const { app, address } = call;
  const from = { app, address, token: bearerOf(call.request) };
  const { status, body, fault } = await answerCall(from, name, () => readInput(call, name));
  send(call, status, body);
  return fault;
}

/** Runs the procedure of this name on what `read` gives. Never rejects: what is thrown is a code in the answer. */
export async function answerCall(
  from: CallContext,
  name: string,
  read: () => unknown | Promise<unknown>,
): Promise<CallAnswer> {
  try {
    const answer = await invoke(createCaller(from), name, await read());
    return { status: 200, body: { result: { data: answer ?? null } }, fault: null };
  } catch (thrown) {
    const { code, status } = explain(thrown);
    if (code === "bug/unexpected") from.app.log({ what: "fault", fault: code, at: placeOf(causeOf(thrown)) });
    const key = new Fault(code).entry.wire;
    const data = { code: key, httpStatus: status, path: name, fault: code };
    return { status, body: { error: { message: code, code: TRPC_ERROR_CODES_BY_KEY[key], data } }, fault: code };
  }
}

async function readInput({ app, request, path }: CallRequest, name: string): Promise<unknown> {
  if (!isProcedure(name)) throw new Fault("may/not-found");
  const url = new URL(path, "http://server");
  if (url.searchParams.has("batch")) throw new Fault("may/bad-body");
  const max = audienceOf(name).bodyBytes;
  if (request.method === "GET") {
    if (KINDS.get(name) !== "query") throw new Fault("may/bad-body");
    const text = url.searchParams.get("input");
    if (text !== null && text.length > max) throw new Fault("wire/too-large");
    return text === null ? undefined : parseJson(Buffer.from(text));
  }
  const bytes = await readBody(request, max, app.settings.limits.bodyMs);
  if (bytes.length === 0) return undefined;
  // Another type could come from a plain form of another site.
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) throw new Fault("may/bad-body");
  return parseJson(bytes);
}

type Caller = ReturnType<typeof createCaller>;

/** The procedure behind a name that isProcedure has checked. */
async function invoke(caller: Caller, name: string, input: unknown): Promise<unknown> {
  const [area = "", what = ""] = name.split(".");
  const procedure: unknown = Reflect.get(Reflect.get(caller, area), what);
  if (typeof procedure !== "function") throw new Fault("may/not-found");
  return await procedure(input);
}

const causeOf = (thrown: unknown): unknown =>
  thrown instanceof TRPCError && thrown.cause !== undefined ? thrown.cause : thrown;

/** The code and status that an error travels with; nothing else of it leaves this process. */
function explain(thrown: unknown): { code: FaultCode; status: number } {
  const cause = causeOf(thrown);
  const fault =
    cause instanceof Fault
      ? cause
      : cause instanceof ZodError || (thrown instanceof TRPCError && thrown.code === "BAD_REQUEST")
        ? new Fault("may/bad-body")
        : new Fault("bug/unexpected");
  return { code: fault.code, status: getHTTPStatusCodeFromError(new TRPCError({ code: fault.entry.wire })) };
}

function send({ request, response, headers }: CallRequest, status: number, answer: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(JSON.stringify(answer));
  const more = { "content-type": "application/json; charset=utf-8", "content-length": String(body.length) };
  // What was not read of a refused body must not be taken for the next request.
  const end = request.complete ? {} : { connection: "close" };
  response.writeHead(status, { ...headers, ...more, ...end });
  response.end(body);
}
