// One wake-up on its way to a push service: a bounded request, no redirect followed, nothing of the answer kept.
import { request } from "node:https";
import { guardedLookup, parseEndpoint, type Reach } from "./endpoint.ts";
import { type PushKeys, sealPush, wakePlain } from "./seal.ts";
import { type VapidKey, vapidHeader } from "./vapid.ts";

const PATIENCE_MS = 10_000;
/** Seconds for which a service keeps it for a device that is off; then the device asks when it comes back. */
const KEPT_SECONDS = 24 * 3600;

export type Subscription = PushKeys & { readonly endpoint: string };
/** gone: the subscription has ended, there or in the browser. */
export type Sent = "sent" | "gone" | "failed";

export type PushRoute = Reach & {
  readonly key: VapidKey;
  readonly contact: string;
  /** trusted beside the system's authorities; for tests alone */
  readonly ca: string | null;
};

/** Never rejects: a wake-up that does not arrive is made up for by the next one, and by the app when it opens. */
export function sendWake(subscription: Subscription, route: PushRoute, now: number): Promise<Sent> {
  try {
    const url = parseEndpoint(subscription.endpoint, route);
    const body = sealPush(wakePlain(), subscription);
    const headers = {
      authorization: vapidHeader(route.key, url.origin, route.contact, now),
      "content-encoding": "aes128gcm",
      "content-type": "application/octet-stream",
      "content-length": String(body.length),
      ttl: String(KEPT_SECONDS),
      urgency: "high",
      // One for all: a newer wake-up takes the place of one that is not delivered yet.
      topic: "tacit",
    };
    return post(url, headers, body, route);
  } catch {
    return Promise.resolve("gone");
  }
}

function post(url: URL, headers: Record<string, string>, body: Buffer, route: PushRoute): Promise<Sent> {
  return new Promise((resolve) => {
    const trust = route.ca === null ? {} : { ca: route.ca };
    const options = { method: "POST", headers, agent: false, lookup: guardedLookup(route), ...trust };
    const out = request(url, options, (came) => {
      const status = came.statusCode ?? 0;
      came.destroy();
      end(status === 404 || status === 410 ? "gone" : status >= 200 && status < 300 ? "sent" : "failed");
    });
    const timer = setTimeout(() => out.destroy(), PATIENCE_MS);
    const end = (outcome: Sent) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    out.on("error", () => end("failed"));
    out.on("close", () => end("failed"));
    out.end(body);
  });
}
