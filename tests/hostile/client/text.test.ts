// MS-25: hostile text from a member: links that run, raw HTML, nesting, reversals, invisible names, mentions that lie.
import { expect, test } from "vitest";
import { stateChannel } from "@/lib/base/ids.ts";
import type { MarkupNode } from "@/lib/client/markup.ts";
import type { Content } from "@/lib/protocol/event.ts";
import { craftEvent, message, postRaw } from "@/tests/hostile/crafter.ts";
import { beliefs, openStage } from "@/tests/hostile/stage.ts";

function* nodes(kids: readonly MarkupNode[]): Generator<MarkupNode> {
  for (const node of kids) {
    yield node;
    if ("kids" in node) yield* nodes(node.kids);
  }
}

function depth(kids: readonly MarkupNode[]): number {
  return 1 + Math.max(0, ...kids.map((node) => ("kids" in node ? depth(node.kids) : 0)));
}

const TEXTS = [
  "[click](javascript:alert(1))",
  "[click](JaVaScRiPt&#58;alert(1))",
  "<javascript:alert(1)>",
  "[click](data:text/html,<script>alert(1)</script>)",
  "[click](vbscript:x)",
  "[click](file:///etc/passwd)",
  "[click](blob:https://here/x)",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "![pixel](https://tracker.example/p.gif)",
  `${">".repeat(5_000)} deep`,
  `${"- ".repeat(2_000)}deep`,
  `${"*".repeat(20_000)}a`,
  `${"[".repeat(20_000)}x`,
  "safe \u202E txt.exe \u2066 isolated",
  "https://good.example [https://good.example](https://evil.example/x)",
  "\u0000\u0007\u001B[31m",
] as const;

test("MS-25 no text makes a link that runs, an image that loads, markup that executes or a tree without end", async () => {
  await using stage = await openStage(["Ana", "Ben"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const before = beliefs(ana);
  for (const text of TEXTS) {
    const event = await craftEvent(ben, stage.general, message(text));
    await postRaw(ben, stage.general, event);
    const item = await ana.message(stage.general, (one) => one.id === event.fields.id);
    const all = [...nodes(item.markup)];
    for (const node of all) {
      if (node.t === "link") expect(node.href).toMatch(/^(https?|mailto):/);
      expect(node.t).not.toMatch(/image|html/);
      if ("text" in node) expect(node.text).not.toMatch(/[\u202A-\u202E]/);
    }
    expect(depth(item.markup)).toBeLessThan(100);
    expect(all.length).toBeLessThan(60_000);
  }
  const lying = ana.account.markup("[https://good.example](https://evil.example/x)");
  expect(JSON.stringify(lying)).toContain("evil.example)");
  expect(beliefs(ana)).toEqual(before);
  stage.expectNoLeak("tracker.example", "evil.example");
});

test("MS-25 names show what they are: nothing invisible, nothing turned around, no mention of whom it does not name", async () => {
  await using stage = await openStage(["Ana", "Ben", "Cleo"]);
  const { actor: ana } = stage.player(0);
  const { actor: ben } = stage.player(1);
  const state = stateChannel(ben.account.workspaceScope);
  const profile = (rev: number, name: string): Content => ({ k: "profile", rev, name, title: "", avatar: null });
  const names: readonly [string, string][] = [
    ["A\u200Bn\u2060a\uFEFF", "Ana"],
    ["\u202Eana\u202C", "ana"],
    ["Ana\u{E0041}\u{E0042}", "Ana"],
    ["A\u200Dna", "Ana"],
    ["Ana\n\nowner", "Ana owner"],
    ["\u3164\u115F", ""],
    ["👩\u200D💻 Ana", "👩\u200D💻 Ana"],
    [`Z${"\u0301".repeat(50)}`, `Z${"\u0301".repeat(4)}`],
  ];
  for (const [i, [name, shown]] of names.entries()) {
    await postRaw(ben, state, await craftEvent(ben, state, profile(100 + i, name)));
    await ana.until(
      `workspace:${ana.ws}`,
      ({ people }) => people.some((person) => person.id === ben.account.me && person.name === shown),
      JSON.stringify(name),
    );
  }
  // Only admins name the workspace, and only the creator or an admin a channel.
  const workspace: Content = { k: "workspace", rev: 99, name: "Ben's place", icon: null };
  const channel: Content = { k: "channel", channel: stage.general, rev: 99, name: "bens", topic: "" };
  await postRaw(ben, state, await craftEvent(ben, state, workspace), await craftEvent(ben, state, channel));
  const claimed: Content = { ...message("hello all"), mentions: [ana.account.me] } as Content;
  const event = await craftEvent(ben, stage.general, claimed);
  await postRaw(ben, stage.general, event);
  const item = await ana.message(stage.general, (one) => one.id === event.fields.id);
  expect([...nodes(item.markup)].some((node) => node.t === "mention")).toBe(false);
  expect(item.mentionsMe).toBe(false);
  const view = await ana.until(`workspace:${ana.ws}`, () => true);
  expect(view.name).toBe("Riverbend");
  expect(view.channels.map((one) => one.name)).toEqual(["general"]);
  expect(view.channels[0]?.mentions).toBe(0);
  stage.expectNoLeak("hello all", "Ben's place");
});
