// The sidebar as people and as the server see it, drawn over a rich workspace.
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, expect, test } from "vitest";
import { EngineProvider } from "@/app/_engine/provider.tsx";
import { FrameProvider } from "@/app/_frame/context.tsx";
import { ServerSidebar } from "@/app/_frame/sidebar/server-sidebar.tsx";
import { SidebarPane } from "@/app/_frame/sidebar/sidebar-pane.tsx";
import { en } from "@/app/_words/en.ts";
import { speakWith } from "@/app/_words/words.ts";
import type { WorkspaceView } from "@/lib/client/api.ts";
import { fixtureEngine } from "@/tests/fixtures/engine.ts";
import { CHANNELS, PEOPLE, RIVER, WORKSPACE } from "@/tests/fixtures/riverbend.ts";

beforeAll(() => speakWith("en", en));

function draw(part: ReactNode, change: Partial<WorkspaceView> = {}): string {
  return renderToStaticMarkup(
    <EngineProvider engine={fixtureEngine()}>
      <FrameProvider view={{ ...WORKSPACE, ...change }} open={() => undefined}>
        {part}
      </FrameProvider>
    </EngineProvider>,
  );
}

/** The words of one list item, signs left out. */
function itemOf(html: string, name: string): string {
  const item = html.match(/<li>.*?<\/li>/gs)?.find((one) => one.includes(`>${name}<`));
  return (item ?? "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

test("what is unread, private or half written is said in words, and the open channel is marked", () => {
  const html = draw(<SidebarPane list="all" current={RIVER} />);
  expect(itemOf(html, "front-page")).toContain("2 mentions");
  expect(itemOf(html, "legal")).toContain("private");
  expect(itemOf(html, "photo-desk")).toContain("draft");
  expect(itemOf(html, "Luc Moreau")).toContain("1 unread");
  expect(itemOf(html, "Ana Duarte (you)")).not.toBe("");
  expect(html.match(/aria-current="page"/g)).toHaveLength(1);
  expect(html).toMatch(/<a[^>]*aria-current="page"[^>]*>(?:(?!<\/a>).)*river-story/s);
});

test("left and archived channels are not listed; the list of DMs has no channels", () => {
  expect(itemOf(draw(<SidebarPane list="all" current={null} />), "press-passes-2026")).toBe("");
  const dms = draw(<SidebarPane list="dms" current={null} />);
  expect(itemOf(dms, "general")).toBe("");
  expect(itemOf(dms, "Jonas Weber")).not.toBe("");
});

test("D3 the checklist stands there until the recovery code is confirmed", () => {
  const says = "Confirm your recovery code";
  expect(draw(<SidebarPane list="all" current={null} />)).not.toContain(says);
  expect(draw(<SidebarPane list="all" current={null} />, { recoveryConfirmed: false })).toContain(says);
});

test("the server's sidebar holds no name, title or topic of the workspace, and no count of what is unread", () => {
  const html = draw(<ServerSidebar current={RIVER} />);
  const names = [
    WORKSPACE.name,
    ...PEOPLE.flatMap((one) => [...one.name.split(" "), one.title]),
    ...CHANNELS.flatMap((one) => [one.name, one.topic]),
  ].filter((one) => one.length > 2);
  for (const name of names) expect(html).not.toContain(name);
  expect(html).not.toContain("mention");
  expect(html.match(/chn_[0-9a-f]{6}/g)?.length).toBe(CHANNELS.filter((one) => one.joined).length);
});

test("nothing in it carries an inline style, which the CSP would refuse", () => {
  for (const part of [
    <SidebarPane key="you" list="all" current={RIVER} />,
    <ServerSidebar key="server" current={RIVER} />,
  ])
    expect(draw(part)).not.toMatch(/\sstyle=/);
});
