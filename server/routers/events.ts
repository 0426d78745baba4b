// events.append, .read, .row, .rows, .purge (PROTOCOL section 5).
import { z } from "zod";
import type { FaultCode } from "@/lib/base/errors.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { BlobId, ChannelId, EventId, WorkspaceId } from "@/lib/base/ids.ts";
import { mayDelete } from "@/lib/proof/queries.ts";
import type { LedgerState } from "@/lib/proof/state.ts";
import { count, jsonId } from "@/lib/protocol/fields.ts";
import type { EventsAppendAnswer, EventsPage, StoredRow } from "@/lib/protocol/sync.ts";
import { eventsAppendInput, eventsReadInput, fromEventJson, purgeInput, rowInput } from "@/lib/protocol/sync.ts";
import type { App } from "@/server/app.ts";
import { loginOf } from "@/server/auth/tokens.ts";
import { judgeEvent, parseEvent } from "@/server/ledger/event.ts";
import { announceEvents, announcePurge, toRowJson } from "@/server/live/announce.ts";
import { judgeRead, judgeWrite } from "@/server/may.ts";
import type { NewEvent } from "@/server/store/port.ts";
import { deviceTo, router } from "@/server/trpc.ts";

const PAGE_BYTES = 4 * 1024 * 1024;
const rowsInput = z.strictObject({
  channel: jsonId<"channel">(),
  before: count.nullable(),
  limit: count.max(200),
});

function assertRead(state: LedgerState, user: Parameters<typeof judgeRead>[1], channel: ChannelId): void {
  const code = judgeRead(state, user, channel);
  if (code !== null) throw new Fault(code);
}

/** Takes blobs out of a channel: those that the asker brought, or any by one who may delete there (F2). */
async function dropBlobs(
  app: App,
  ws: WorkspaceId,
  channel: ChannelId,
  blobs: readonly BlobId[],
  isMine: (user: string) => boolean,
): Promise<void> {
  const allowed: BlobId[] = [];
  for (const id of blobs) {
    const blob = await app.store.blobs.blob(ws, id);
    if (blob?.channels.includes(channel) && isMine(blob.user)) allowed.push(id);
  }
  const gone = await app.store.blobs.unshareBlobs(ws, channel, allowed);
  for (const id of gone) await app.disk.remove(ws, id);
}

export const eventsRouter = router({
  append: deviceTo("events.append")
    .input(eventsAppendInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<EventsAppendAnswer> => {
      const { channel } = input;
      const refusedWriter = judgeWrite(workspace.state, session.user, channel);
      if (refusedWriter !== null) throw new Fault(refusedWriter);
      app.restores.assertWhole(workspace.ws);
      app.rates.take("events", loginOf(session), input.events.length);
      const fine: NewEvent[] = [];
      let refused: { id: EventId; code: FaultCode } | null = null;
      for (const json of input.events) {
        const { header, event } = parseEvent(fromEventJson(json));
        const code = judgeEvent(workspace.state, session, header, { channel, class: "stored" });
        if (code !== null) {
          refused = { id: event.id, code };
          break;
        }
        fine.push(event);
      }
      const stale = refused;
      const result = await app.store.events.appendEvents(workspace.ws, channel, fine, app.now());
      announceEvents(
        app,
        workspace,
        result.landed.filter((one) => one.fresh).map((one) => one.row),
      );
      if (result.landed.some(({ fresh }) => fresh)) app.waker.woke(workspace, channel, session.user);
      return {
        accepted: result.landed.map(({ row: { id, pos, receivedAt } }) => ({ id, pos, receivedAt })),
        refused: result.refused ?? stale,
      };
    }),

  read: deviceTo("events.read")
    .input(eventsReadInput)
    .query(async ({ ctx: { app, workspace, session }, input: { channel, ...bounds } }): Promise<EventsPage> => {
      assertRead(workspace.state, session.user, channel);
      const page = await app.store.events.eventsPage(workspace.ws, channel, { ...bounds, maxBytes: PAGE_BYTES });
      return { rows: page.rows.map(toRowJson), last: page.last };
    }),

  row: deviceTo("events.row")
    .input(rowInput)
    .query(async ({ ctx: { app, workspace, session }, input }): Promise<StoredRow> => {
      assertRead(workspace.state, session.user, input.channel);
      const row = await app.store.events.storedRow(workspace.ws, input.channel, input.id);
      if (row === undefined) throw new Fault("may/not-found");
      return row;
    }),

  rows: deviceTo("events.rows")
    .input(rowsInput)
    .query(async ({ ctx: { app, workspace, session }, input }): Promise<{ rows: StoredRow[] }> => {
      assertRead(workspace.state, session.user, input.channel);
      return { rows: await app.store.events.storedRows(workspace.ws, input.channel, input.before, input.limit) };
    }),

  purge: deviceTo("events.purge")
    .input(purgeInput)
    .mutation(async ({ ctx: { app, workspace, session }, input: { channel, ids, blobs } }) => {
      const { state, ws } = workspace;
      const { user } = session;
      assertRead(state, user, channel);
      const written = await app.store.events.eventDevices(ws, channel, ids);
      for (const { device } of written) {
        const author = state.deviceOwner.get(device);
        const code = author === undefined ? "event/wrong-author" : mayDelete(state, { user, author, channel });
        if (code !== null) throw new Fault(code);
      }
      const purged = await app.store.events.purgeEvents(ws, channel, ids);
      const mayDrop = (owner: string): boolean =>
        owner === user || mayDelete(state, { user, author: owner as typeof user, channel }) === null;
      await dropBlobs(app, ws, channel, blobs, mayDrop);
      if (purged.length > 0) announcePurge(app, workspace, channel, purged);
      return { purged: purged.length };
    }),
});
