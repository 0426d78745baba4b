// files.create, .finish, .share: the register of blobs; their bytes go over /blob (PROTOCOL section 6).
import { Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import { ID_BYTES, mintId } from "@/lib/base/ids.ts";
import type { FileCreateAnswer } from "@/lib/protocol/sync.ts";
import { fileCreateInput, fileDropInput, fileFinishInput, fileShareInput } from "@/lib/protocol/sync.ts";
import type { App } from "@/server/app.ts";
import { ciphertextBytes, declaredSizes } from "@/server/blobs/limits.ts";
import { judgeRead, judgeWrite } from "@/server/may.ts";
import type { BlobEntry } from "@/server/store/port.ts";
import { deviceTo, router } from "@/server/trpc.ts";

/** Bytes of all segments together, each of which must lie there, in its own size. */
async function measure(app: App, ws: WorkspaceId, blob: BlobEntry): Promise<number> {
  for (const [segment, expected] of declaredSizes(blob).entries()) {
    const size = await app.disk.size({ ws, blob: blob.blob, segment });
    if (size !== expected) throw new Fault("crypto/file-truncated");
  }
  return blob.bytes;
}

export const filesRouter = router({
  create: deviceTo("files.create")
    .input(fileCreateInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<FileCreateAnswer> => {
      const code = judgeWrite(workspace.state, session.user, input.channel);
      if (code !== null) throw new Fault(code);
      const { limits } = app.settings;
      if (input.bytes > ciphertextBytes(limits.fileBytes)) throw new Fault("wire/too-large");
      declaredSizes(input);
      const used = await app.store.blobs.blobUsage(workspace.ws, session.user);
      if (used.bytes + input.bytes > limits.workspaceBytes || used.blobs >= limits.filesPerWorkspace)
        throw new Fault("may/quota");
      if (used.own + input.bytes > limits.personBytes) throw new Fault("may/quota");
      if (used.open >= limits.openUploads) throw new Fault("may/too-many");
      const blob = mintId<"blob">(app.random(ID_BYTES));
      const { user, device } = session;
      const { segments, bytes, channel } = input;
      await app.store.blobs.createBlob(
        workspace.ws,
        { blob, user, device, segments, bytes, createdAt: app.now() },
        channel,
      );
      return { blob };
    }),

  finish: deviceTo("files.finish")
    .input(fileFinishInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<{ bytes: number }> => {
      const blob = await app.store.blobs.blob(workspace.ws, input.blob);
      if (blob === undefined || blob.device !== session.device) throw new Fault("may/not-found");
      if (blob.finishedAt !== null) return { bytes: blob.bytes };
      const bytes = await measure(app, workspace.ws, blob);
      await app.store.blobs.finishBlob(workspace.ws, input.blob, bytes, app.now());
      return { bytes };
    }),

  /**
   * What was begun and will not come: its bytes and its share of the quota are free at once. Also when it was finished,
   * as by whoever withdrew it a moment too late, unless it was forwarded.
   */
  drop: deviceTo("files.drop")
    .input(fileDropInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<{ dropped: number }> => {
      const blob = await app.store.blobs.blob(workspace.ws, input.blob);
      const own = blob !== undefined && blob.device === session.device;
      if (!own || blob.channels.length > 1) throw new Fault("may/not-found");
      const [channel] = blob.channels;
      if (channel !== undefined) await app.store.blobs.unshareBlobs(workspace.ws, channel, [input.blob]);
      await app.disk.remove(workspace.ws, input.blob);
      return { dropped: 1 };
    }),

  share: deviceTo("files.share")
    .input(fileShareInput)
    .mutation(async ({ ctx: { app, workspace, session }, input }): Promise<{ channels: number }> => {
      const { state, ws } = workspace;
      const blob = await app.store.blobs.blob(ws, input.blob);
      const readable = blob?.channels.some((channel) => judgeRead(state, session.user, channel) === null) ?? false;
      if (blob === undefined || !readable) throw new Fault("may/not-found");
      const code = judgeWrite(state, session.user, input.channel);
      if (code !== null) throw new Fault(code);
      return { channels: await app.store.blobs.shareBlob(ws, input.blob, input.channel, app.now()) };
    }),
});
