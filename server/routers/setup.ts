// setup.info, setup.create: the first batch of a workspace, for a token that serves once.
import { z } from "zod";
import { Fault } from "@/lib/base/errors.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import { LIMITS } from "@/lib/protocol/limits.ts";
import type { ServerInfo } from "@/lib/protocol/sync.ts";
import { fromLinkJson, setupCreateInput } from "@/lib/protocol/sync.ts";
import { SERVER_VERSION } from "@/server/app.ts";
import { hashSetupToken } from "@/server/auth/setup.ts";
import { MAX_SEGMENT_BYTES } from "@/server/blobs/limits.ts";
import { assertKeys, toKeyEntries } from "@/server/ledger/keys.ts";
import { parseLinks } from "@/server/ledger/workspace.ts";
import { openTo, router } from "@/server/trpc.ts";

export const setupRouter = router({
  info: openTo("setup.info")
    .input(z.strictObject({}).optional())
    .query(
      ({ ctx }): ServerInfo => ({
        version: SERVER_VERSION,
        origins: [...ctx.app.origins()],
        fileBytes: Math.min(ctx.app.settings.limits.fileBytes, LIMITS.fileBytes),
        blobSegmentBytes: MAX_SEGMENT_BYTES,
      }),
    ),

  create: openTo("setup.create")
    .input(setupCreateInput)
    .mutation(async ({ ctx: { app, address }, input }): Promise<{ ws: WorkspaceId }> => {
      app.rates.take("guesses", address);
      const tokenHash = hashSetupToken(fromJson(input.token));
      const now = app.now();
      // Asked first, since folding a batch is work; createWorkspace asks again in its own commit.
      if (!(await app.store.setup.setupTokenServes(tokenHash, now))) throw new Fault("may/setup-used");
      const links = parseLinks(input.batch.links.map(fromLinkJson));
      const founder = links[0]?.link.user;
      if (founder === undefined) throw new Fault("may/bad-body");
      const workspace = await app.workspaces.create({ links, tokenHash, now }, (state) => {
        assertKeys(state, input.batch, founder);
        return toKeyEntries(input.batch, founder);
      });
      app.log({ what: "workspace-created" });
      return { ws: workspace.ws };
    }),
});
