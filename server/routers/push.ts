// push.key, .subscribe, .unsubscribe: wake-ups for one's own device (PROTOCOL S2).
import { z } from "zod";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import { type PushKeyAnswer, pushSubscribeInput } from "@/lib/protocol/setting/push.ts";
import { parseEndpoint } from "@/server/push/endpoint.ts";
import { sealPush, wakePlain } from "@/server/push/seal.ts";
import { deviceTo, router } from "@/server/trpc.ts";

const none = z.strictObject({});

export const pushRouter = router({
  key: deviceTo("push.key")
    .input(none)
    .query(({ ctx: { app } }): PushKeyAnswer => ({ key: toJson(app.push.key.public) })),

  subscribe: deviceTo("push.subscribe")
    .input(pushSubscribeInput)
    .mutation(async ({ ctx: { app, session }, input }): Promise<{ stored: number }> => {
      const endpoint = parseEndpoint(input.endpoint, app.settings.push).href;
      const keys = { p256dh: fromJson(input.p256dh), auth: fromJson(input.auth) };
      // A key to which nothing can be sealed is told now, to whom it belongs.
      sealPush(wakePlain(), keys);
      const { ws, user, device } = session;
      await app.waker.subscribe({ ws, user, device, endpoint, ...keys, createdAt: app.now() });
      return { stored: 1 };
    }),

  unsubscribe: deviceTo("push.unsubscribe")
    .input(none)
    .mutation(async ({ ctx: { app, session } }): Promise<{ stored: number }> => {
      return { stored: (await app.waker.forget(session.ws, session.device)) ? 1 : 0 };
    }),
});
