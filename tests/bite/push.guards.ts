// Guards of wake-ups: whom, where to, how often; each with the test that must miss it.
import type { Guard } from "./guard.ts";

const WAKER = "server/push/waker.ts";
const ENDPOINT = "server/push/endpoint.ts";
const SCENARIO = "tests/scenario/push.test.ts";
const UNIT = "tests/unit/server/push.test.ts";
const guard = (test: string, name: string, keeps: string, file: string, find: string, replace: string): Guard => ({
  rule: "S2",
  keeps,
  file,
  find,
  replace,
  test,
  name,
});

export const GUARDS: readonly Guard[] = [
  guard(SCENARIO, "nobody is woken", "one's own words", WAKER, "user !== author && ", ""),
  guard(
    SCENARIO,
    "nobody is woken",
    "places that are no channels",
    WAKER,
    "|| state.scopes.has(channel as string as ScopeId)",
    "",
  ),
  guard(
    SCENARIO,
    "nobody is woken",
    "channels one may not read",
    WAKER,
    "mayReadChannel(state, user, channel)",
    "true",
  ),
  guard(
    SCENARIO,
    "a burst is one",
    "a wake-up for every message",
    WAKER,
    "if (rest <= 0) {",
    "if (rest <= Number.MAX_VALUE) {",
  ),
  guard(
    SCENARIO,
    "a subscription ends",
    "devices that are retired",
    "server/assemble.ts",
    "      waker.review(workspace);\n",
    "",
  ),
  guard(
    SCENARIO,
    "a subscription ends",
    "subscriptions that are gone",
    WAKER,
    `outcome !== "gone" || `,
    `outcome !== "never" || `,
  ),
  guard(
    SCENARIO,
    "without the setting",
    "this machine",
    "server/routers/push.ts",
    "app.settings.push)",
    "{ loopback: true })",
  ),
  guard(UNIT, "private, shared", "private networks", ENDPOINT, `  ["10.0.0.0", 8],\n`, ""),
  guard(
    UNIT,
    "a public name",
    "names that lead inside",
    ENDPOINT,
    "found.filter(({ address }) => mayReach(address, reach))",
    "found",
  ),
  guard(UNIT, "an endpoint is", "addresses without TLS", ENDPOINT, `url.protocol !== "https:" || `, ""),
];
