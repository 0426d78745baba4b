// sync.state, sync.pull: what lies where, and all of it that is new to the asker.
import { toJson } from "@/lib/protocol/fields.ts";
import type { PullAnswer, StateAnswer } from "@/lib/protocol/sync.ts";
import { pullInput, stateInput } from "@/lib/protocol/sync.ts";
import { loginOf } from "@/server/auth/tokens.ts";
import { toRowJson } from "@/server/live/announce.ts";
import { judgeRead } from "@/server/may.ts";
import { deviceTo, router } from "@/server/trpc.ts";

const PULL_BYTES = 8 * 1024 * 1024;
/** What a row costs beside its ciphertext. */
const ROW_BYTES = 400;

export const syncRouter = router({
  state: deviceTo("sync.state")
    .input(stateInput.partial().optional())
    .query(async ({ ctx: { app, workspace, session }, input }): Promise<StateAnswer> => {
      const held = input?.held ?? [];
      app.rates.take("calls", loginOf(session), Math.ceil(held.length / 50));
      const ends = await app.store.events.channelEnds(workspace.ws);
      const { state, ws } = workspace;
      const lacking: StateAnswer["lacking"] = [];
      for (const { channel, ids } of held) {
        if (judgeRead(state, session.user, channel) !== null) continue;
        if ((await app.store.restores.missing(ws, channel, ids)).length > 0) lacking.push(channel);
      }
      return {
        head: { n: state.n, hash: toJson(state.head) },
        channels: ends.filter(({ channel }) => judgeRead(state, session.user, channel) === null),
        lacking,
        now: app.now(),
        restored: app.restores.describe(workspace),
      };
    }),

  /** Channels come in the order of the cursors until the answer is full; the rest waits for the next pull. */
  pull: deviceTo("sync.pull")
    .input(pullInput)
    .query(async ({ ctx: { app, workspace, session }, input }): Promise<PullAnswer> => {
      // Every cursor is a read: asking for many at once must not be cheaper than asking for them in turn.
      app.rates.take("calls", loginOf(session), Math.ceil(input.cursors.length / 50));
      const channels: PullAnswer["channels"] = [];
      let left = PULL_BYTES;
      for (const { channel, after } of input.cursors) {
        if (left <= 0) break;
        // A channel that one may not read (any more) is left out, as if it were not there.
        if (judgeRead(workspace.state, session.user, channel) !== null) continue;
        const bounds = { after, before: null, limit: Math.max(1, input.limit), maxBytes: left };
        const page = await app.store.events.eventsPage(workspace.ws, channel, bounds);
        left -= page.rows.reduce((sum, row) => sum + row.ciphertext.length + ROW_BYTES, 0);
        channels.push({ channel, rows: page.rows.map(toRowJson), last: page.last });
      }
      return { channels };
    }),
});
