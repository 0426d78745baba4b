// All procedures by name; their types are what the client's adapter is checked against.
import { authRouter } from "@/server/routers/auth.ts";
import { circleRouter } from "@/server/routers/circle.ts";
import { eventsRouter } from "@/server/routers/events.ts";
import { filesRouter } from "@/server/routers/files.ts";
import { invitesRouter } from "@/server/routers/invites.ts";
import { keysRouter } from "@/server/routers/keys.ts";
import { ledgerRouter } from "@/server/routers/ledger.ts";
import { mailboxRouter } from "@/server/routers/mailbox.ts";
import { pushRouter } from "@/server/routers/push.ts";
import { restoreRouter } from "@/server/routers/restore.ts";
import { setupRouter } from "@/server/routers/setup.ts";
import { syncRouter } from "@/server/routers/sync.ts";
import { createCallerFactory, router } from "./trpc.ts";

export const appRouter = router({
  auth: authRouter,
  setup: setupRouter,
  invites: invitesRouter,
  ledger: ledgerRouter,
  keys: keysRouter,
  events: eventsRouter,
  mailbox: mailboxRouter,
  circle: circleRouter,
  sync: syncRouter,
  files: filesRouter,
  restore: restoreRouter,
  push: pushRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
