// The server's answers as schemas, bounded in size: what a client takes from a server it does not trust.

import { z } from "zod";
import { isFaultCode } from "@/lib/base/errors.ts";
import { pushKeyAnswer } from "@/lib/protocol/setting/push.ts";
import { count, jsonBytes, jsonId } from "./fields.ts";
import { joinRow } from "./invite.ts";
import { LIMITS } from "./limits.ts";
import { boxSchema, sealSchema } from "./room.ts";
import { entryJson, headJson, keyRequestInput, linkJson, restoredJson } from "./sync.ts";

const MOST_KEYS = 8192;
const MOST_JOINS = 1000;
const MOST_CHANNELS = 20_000;
const channel = jsonId<"channel">();
const event = jsonId<"event">();
const ws = jsonId<"workspace">(32);
const code = z.string().refine(isFaultCode);
const keys = { seals: z.array(sealSchema).max(MOST_KEYS), boxes: z.array(boxSchema).max(MOST_KEYS) };
const mailbox = { letters: count.max(LIMITS.mailboxSlots), left: count.max(LIMITS.mailboxMinutes * 60_000) };
const number = z.strictObject({ stored: count });
const cell = z.union([z.string(), z.number(), z.null()]);
const storedRow = z.strictObject({ table: z.string().max(64), columns: z.record(z.string().max(64), cell) });
const entries = z.array(entryJson).max(LIMITS.linksPerRead);
/** Rows are checked one by one: a malformed one must not keep the others away. */
const rows = z.array(z.unknown()).max(LIMITS.eventsPerRead);

/** By procedure. */
export const ANSWERS = {
  "auth.challenge": z.strictObject({ challenge: jsonBytes(32, 32), expires: count }),
  "auth.login": z.strictObject({ token: z.string().min(1).max(200), expires: count, ws }),
  "auth.ending": z.strictObject({ entries, head: headJson }),
  "auth.workspaces": z.strictObject({ workspaces: z.array(ws).max(LIMITS.workspacesListed) }),
  "setup.info": z.strictObject({
    version: z.string().max(40),
    origins: z.array(z.string().max(300)).max(100),
    fileBytes: count,
    blobSegmentBytes: count,
  }),
  "setup.create": z.strictObject({ ws }),
  "invites.open": z.strictObject({ box: jsonBytes(8192, 40) }),
  "invites.request": number,
  "invites.waiting": z.strictObject({ waiting: z.boolean() }),
  "invites.requests": z.strictObject({ requests: z.array(joinRow).max(MOST_JOINS) }),
  "invites.decline": number,
  "ledger.head": headJson,
  "ledger.read": z.strictObject({ entries, head: headJson }),
  "ledger.chain": z.strictObject({ links: z.array(z.strictObject({ n: count, link: linkJson })).max(100_000) }),
  "ledger.append": z.discriminatedUnion("ok", [
    z.strictObject({ ok: z.literal(true), head: headJson }),
    z.strictObject({ ok: z.literal(false), entries, head: headJson }),
  ]),
  "keys.read": z.strictObject(keys),
  "keys.puk": z.strictObject(keys),
  "keys.recovery": z.strictObject({ ...keys, user: jsonId<"user">() }),
  "keys.write": number,
  "keys.request": number,
  "keys.requests": z.strictObject({
    requests: z.array(keyRequestInput.extend({ user: jsonId<"user">(), device: jsonId<"device">() })).max(MOST_KEYS),
  }),
  "mailbox.put": z.strictObject(mailbox),
  "mailbox.read": z.strictObject({
    ...mailbox,
    letter: jsonBytes(LIMITS.letterBytes, LIMITS.letterBytes).nullable(),
  }),
  "circle.put": number,
  "circle.read": z.strictObject({
    letter: jsonBytes(LIMITS.circleLetterBytes, LIMITS.circleLetterBytes).nullable(),
  }),
  "circle.keys": z.strictObject(keys),
  "ledger.stored": z.strictObject({ rows: z.array(storedRow).max(300) }),
  "events.append": z.strictObject({
    accepted: z.array(z.strictObject({ id: event, pos: count, receivedAt: count })).max(LIMITS.eventsPerAppend),
    refused: z.strictObject({ id: event, code }).nullable(),
  }),
  "events.read": z.strictObject({ rows, last: count }),
  "events.row": storedRow,
  "events.rows": z.strictObject({ rows: z.array(storedRow).max(200) }),
  "events.purge": z.strictObject({ purged: count }),
  "sync.state": z.strictObject({
    head: headJson,
    channels: z.array(z.strictObject({ channel, last: count })).max(MOST_CHANNELS),
    lacking: z.array(channel).max(MOST_CHANNELS),
    now: count,
    restored: restoredJson.nullable(),
  }),
  "sync.pull": z.strictObject({ channels: z.array(z.strictObject({ channel, rows, last: count })).max(MOST_CHANNELS) }),
  "restore.begin": restoredJson,
  "restore.links": z.strictObject({ head: headJson, restored: restoredJson.nullable() }),
  "restore.missing": z.strictObject({ missing: z.array(event).max(LIMITS.eventsPerRead), base: count }),
  "restore.rows": number,
  "restore.done": restoredJson,
  "restore.confirm": restoredJson,
  "push.key": pushKeyAnswer,
  "push.subscribe": number,
  "push.unsubscribe": number,
  "files.create": z.strictObject({ blob: jsonId<"blob">() }),
  "files.finish": z.strictObject({ bytes: count }),
  "files.drop": z.strictObject({ dropped: count }),
  "files.share": z.strictObject({ channels: count }),
} as const;
