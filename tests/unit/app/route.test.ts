// Addresses of the app: every route survives the way to the address bar and back; anything else leads somewhere known.
import { describe, expect, test } from "vitest";
import { hrefOf, parseRoute, type Route, SETTINGS } from "@/app/_frame/routing/route.ts";
import { ANA, message, RIVER, WS } from "@/tests/fixtures/riverbend.ts";

const SOME = message(ANA, 0, "some").id;
const routes: readonly Route[] = [
  { t: "root" },
  { t: "home", ws: WS, list: "all" },
  { t: "home", ws: WS, list: "dms" },
  { t: "channel", ws: WS, channel: RIVER, panel: null },
  { t: "channel", ws: WS, channel: RIVER, panel: { t: "readers" } },
  { t: "channel", ws: WS, channel: RIVER, panel: { t: "details" } },
  { t: "channel", ws: WS, channel: RIVER, panel: { t: "person", user: ANA } },
  { t: "channel", ws: WS, channel: RIVER, panel: { t: "pins" } },
  { t: "channel", ws: WS, channel: RIVER, panel: null, at: SOME },
  { t: "channel", ws: WS, channel: RIVER, panel: { t: "pins" }, at: SOME },
  { t: "channel", ws: WS, channel: RIVER, panel: { t: "person", user: ANA }, at: SOME },
  { t: "settings", ws: WS, page: null },
  ...SETTINGS.map((page): Route => ({ t: "settings", ws: WS, page })),
  { t: "recovery", ws: WS },
];

describe("routes", () => {
  test.each(routes.map((route) => [hrefOf(route), route] as const))("%s comes back as it was", (href, route) => {
    expect(parseRoute(href)).toEqual(route);
  });

  test.each(["", "#", "#/", "#/w", "#/w/short", `#/x/${WS}`, `#/w/${WS}x`, "#v1.abc"])(
    "%j leads to the root",
    (hash) => {
      expect(parseRoute(hash)).toEqual({ t: "root" });
    },
  );

  test("a channel or panel that is none leads to what is known of the address", () => {
    expect(parseRoute(`#/w/${WS}/c/nothing`)).toEqual({ t: "home", ws: WS, list: "all" });
    expect(parseRoute(`#/w/${WS}/c/${RIVER}/person/nobody`)).toMatchObject({ t: "channel", panel: null });
    expect(parseRoute(`#/w/${WS}/c/${RIVER}/at/nothing`)).toEqual({
      t: "channel",
      ws: WS,
      channel: RIVER,
      panel: null,
    });
    expect(parseRoute(`#/w/${WS}/c/${RIVER}/readers/at/${SOME}x`)).toMatchObject({ panel: { t: "readers" } });
    expect(parseRoute(`#/w/${WS}/settings/secret`)).toEqual({ t: "settings", ws: WS, page: null });
  });
});
