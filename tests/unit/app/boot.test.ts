// The inline head script: the look it sets before the first paint, and what its Trusted Types policy lets through.
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { BOOT, LOOK_KEYS } from "@/app/boot.ts";

interface Policy {
  createHTML: (text: string) => string;
  createScript: (text: string) => string;
  createScriptURL: (url: string) => string;
}

/** Runs the script as the browser would, with the given storage and system theme. */
function boot(kept: Record<string, string>, dark = false, storage = true) {
  const dataset: Record<string, string> = {};
  const policies: Record<string, Policy> = {};
  const window = {
    trustedTypes: {
      createPolicy: (name: string, rules: Policy) => {
        policies[name] = rules;
      },
    },
  };
  const localStorage = {
    getItem: (key: string) => {
      if (!storage) throw new TypeError("no storage here");
      return kept[key] ?? null;
    },
  };
  const document = { documentElement: { dataset }, baseURI: "https://chat.example/" };
  const location = { origin: "https://chat.example" };
  runInNewContext(BOOT, {
    window,
    document,
    localStorage,
    location,
    URL,
    TypeError,
    matchMedia: () => ({ matches: dark }),
  });
  return { dataset, policies };
}

describe("the look", () => {
  it("follows the system without a choice, and a choice before the system", () => {
    expect(boot({}, true).dataset).toEqual({ theme: "dark" });
    expect(boot({}, false).dataset).toEqual({ theme: "light" });
    expect(boot({ [LOOK_KEYS.theme]: "light" }, true).dataset.theme).toBe("light");
  });

  it("takes known values only", () => {
    const kept = {
      [LOOK_KEYS.theme]: "red",
      [LOOK_KEYS.density]: "compact",
      [LOOK_KEYS.motion]: "fast",
      [LOOK_KEYS.text]: "17px;x",
    };
    expect(boot(kept).dataset).toEqual({ theme: "light", density: "compact" });
    expect(boot({ [LOOK_KEYS.text]: "17" }).dataset.text).toBe("17");
  });

  it("stands where storage is forbidden", () => {
    expect(boot({}, true, false).dataset).toEqual({ theme: "dark" });
  });
});

describe("the default policy", () => {
  const policy = boot({}).policies.default;

  it("lets scripts come from this origin alone", () => {
    expect(policy?.createScriptURL("/_next/a.js")).toBe("/_next/a.js");
    expect(policy?.createScriptURL("https://chat.example/b.js")).toBe("https://chat.example/b.js");
    for (const url of [
      "https://example.org/x.js",
      "//example.org/x.js",
      "data:text/javascript,1",
      "blob:https://chat.example/1",
    ])
      expect(() => policy?.createScriptURL(url), url).toThrow();
  });

  it("makes no markup and no code from strings", () => {
    expect(() => policy?.createHTML("<b>x</b>")).toThrow();
    expect(() => policy?.createScript("1")).toThrow();
  });
});

it("is fit for an inline script and its hash", () => {
  expect(BOOT).not.toMatch(/<\/?script|<!--/i);
});
