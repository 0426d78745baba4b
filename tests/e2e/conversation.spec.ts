// Links to messages, quotes, forwards, earlier versions and pins, between people in browsers of their own.
import { join } from "node:path";
import { type Browser, expect, type Locator, test } from "@playwright/test";
import { nodeTransport } from "@/lib/platform/node/transport.ts";
import { gatherCrowd } from "@/tests/team.ts";
import { startWorld } from "@/tests/world.ts";
import { Crowd, message } from "@/tests/writers.ts";
import { Host, Person } from "./kit.ts";
import { look } from "./look.ts";

const OUT = join(import.meta.dirname, "../../out");
const ANA = "Ana Duarte";
const BEN = "Ben Okafor";
const CLEO = "Cleo Moreau";

/** A workspace with these people in #general. */
async function gather(browser: Browser, names: readonly string[]) {
  const host = new Host();
  await host.up();
  const people: Person[] = [];
  for (const name of names) people.push(await Person.open(browser, host, name));
  const [first, ...others] = people;
  if (first === undefined) throw new TypeError("nobody");
  await first.found(host.server.setupLink ?? "", "Riverbend");
  for (const other of others) await other.join(await first.invite());
  for (const one of people) await one.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const end = async () => {
    for (const one of people) {
      expect(one.watch.violations).toEqual([]);
      expect(one.watch.errors).toEqual([]);
      expect(one.watch.elsewhere).toEqual([]);
      await one.close();
    }
    await host.end();
  };
  return { host, people, end };
}

const rowOf = (person: Person, text: string): Locator =>
  person.log.getByRole("listitem").filter({ hasText: text }).last();

/** The message itself, and not one that quotes it. */
const messageOf = (person: Person, text: string): Locator =>
  person.log
    .getByRole("listitem")
    .filter({ hasText: text })
    .filter({ hasNot: person.page.locator("blockquote") });

async function act(person: Person, row: Locator, action: string): Promise<void> {
  await row.hover();
  const button = row.getByRole("button", { name: action, exact: true });
  if (await button.isVisible()) return await button.click();
  await row.getByRole("button", { name: "More" }).click();
  await person.page.getByRole("menuitem", { name: action }).click();
}

async function copied(person: Person): Promise<string> {
  return await person.page.evaluate(() => navigator.clipboard.readText());
}

test("a link leads to its message, a quote says whose words it has, a forward takes them to others", async ({
  browser,
}) => {
  const { people, end } = await gather(browser, [ANA, BEN, CLEO]);
  const [ana, ben, cleo] = people as [Person, Person, Person];
  await ana.say("We print on Friday.");
  await ben.sees("We print on Friday.");

  await ben.act("We print on Friday.", "Quote in a reply");
  await expect(ben.page.getByRole("button", { name: "Leave the quote out" })).toBeVisible();
  await ben.say("Are you sure?");
  const quote = rowOf(ana, "Are you sure?").getByRole("blockquote", { name: `Quote of ${ANA}` });
  await expect(quote).toContainText("We print on Friday.");
  await expect(quote.getByText("as it was before an edit")).toHaveCount(0);
  await look(ana.page, "quote");

  await act(ana, messageOf(ana, "We print on Friday."), "Edit message");
  await ana.page.getByRole("textbox", { name: "Edit your message" }).fill("We print on Monday.");
  await ana.page.keyboard.press("Enter");
  await expect(rowOf(ben, "Are you sure?").getByText("as it was before an edit")).toBeVisible();
  await messageOf(ben, "We print on Monday.").getByRole("button", { name: "edited" }).click();
  const versions = ben.page.getByRole("dialog", { name: "What it said" });
  await expect(versions.getByRole("listitem")).toHaveText([/now\s*We print on Monday\./, /We print on Friday\./]);
  await look(ben.page, "versions");
  await ben.page.keyboard.press("Escape");

  // By key on the focused row; and pasted, it shows what it leads to.
  await messageOf(ana, "We print on Monday.").press("c");
  await ana.page.getByText("Link copied.").waitFor();
  const link = await copied(ana);
  expect(link).toMatch(/#\/w\/[\w-]{43}\/c\/[\w-]{22}\/[\w-]{22}$/);
  await ana.composer.fill(`look: ${link}`);
  await ana.composer.press("Enter");
  await expect(rowOf(ben, "look:").getByRole("blockquote")).toContainText("We print on Monday.");
  await ben.page.goto("about:blank");
  await ben.page.goto(link);
  await expect(ben.log.locator("li:focus")).toContainText("We print on Monday.");

  await ben.create("desk", { people: [ANA] });
  await ben.attach("plan.txt", "two columns", "The plan for page one.");
  await ben.act("The plan for page one.", "Copy link");
  const shut = await copied(ben);
  await ben.act("The plan for page one.", "Forward");
  const dialog = ben.page.getByRole("dialog", { name: "Forward this message" });
  await expect(dialog).toContainText("which not everybody can read");
  await dialog.getByRole("searchbox").fill("gen");
  await dialog.getByRole("radio", { name: "#general" }).check();
  await dialog.getByLabel("Comment").fill("for everybody");
  await look(ben.page, "forward");
  await dialog.getByRole("button", { name: "Forward", exact: true }).click();
  await cleo.sees("for everybody");
  const passed = rowOf(cleo, "for everybody");
  await expect(passed.getByRole("blockquote")).toContainText("The plan for page one.");
  await expect(passed.getByText("as Ben passed it on")).toBeVisible();
  await passed.getByRole("button", { name: "Download plan.txt" }).waitFor();
  expect(await cleo.contentsOf("plan.txt")).toBe("two columns");
  await expect(rowOf(ana, "for everybody").getByText("as Ben passed it on")).toHaveCount(0);

  // What one may not read is said to be so, and nothing of it shows.
  await cleo.page.goto("about:blank");
  await cleo.page.goto(shut);
  await expect(cleo.page.getByText("The plan for page one.")).toHaveCount(0);
  await cleo.page.getByRole("heading", { level: 1 }).waitFor();
  await cleo.go("general");
  await cleo.composer.fill(`what is ${shut}`);
  await cleo.composer.press("Enter");
  await expect(rowOf(cleo, "what is").getByText("a message that you can’t read")).toBeVisible();
  await expect(rowOf(ana, "what is").getByRole("blockquote")).toContainText("The plan for page one.");

  await act(ana, messageOf(ana, "We print on Monday."), "Delete message");
  await ana.page.getByRole("dialog").getByRole("button", { name: "Delete message" }).click();
  await ben.go("general");
  await expect(rowOf(ben, "look:").getByText("was deleted")).toBeVisible();
  await end();
});

test("a link to a message far back reads older ones until it is there, also by somebody new", async ({ browser }) => {
  const world = await startWorld({ staticDir: OUT });
  const ana = await world.founder(ANA);
  const { id: general } = await ana.channel("general");
  const crowd = new Crowd(nodeTransport(world.origin));
  await gatherCrowd(ana, crowd, 1);
  await ana.say(general, "The very first.");
  // A link with uses left: one that ends turns the key, which the crowd would not hear of.
  const invite = await ana.engine.createInvite({ ws: ana.ws, label: "", maxUses: 5, hours: 1 });
  const ben = await Person.open(browser, world, BEN);
  await ben.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ben.join(invite.link);
  await ben.sees("The very first.");
  await ben.act("The very first.", "Copy link");
  const link = await copied(ben);
  const tall = (i: number) => Array.from({ length: 30 }, (_, line) => `line ${i}.${line}`).join("\n\n");
  const texts = Array.from({ length: 142 }, (_, i) => (i < 12 ? tall(i) : `short ${i}`));
  for (let at = 0; at < texts.length; at += 50)
    await crowd.writers[0]?.send(general, texts.slice(at, at + 50).map(message));
  const cleo = await Person.open(browser, world, CLEO);
  await cleo.join(invite.link);
  for (const one of [ben, cleo]) {
    await one.sees("short 141");
    await one.page.goto("about:blank");
    await one.page.goto(link);
    await expect(one.log.locator("li:focus")).toContainText("The very first.");
    expect(new URL(one.page.url()).hash).not.toContain(link.split("/").at(-1) ?? "?");
    expect([...one.watch.violations, ...one.watch.errors]).toEqual([]);
    await one.close();
  }
  await world.stop();
});

test("pins show beside the channel and on the message, by menu and by key, for everybody", async ({ browser }) => {
  const { people, end } = await gather(browser, [ANA, BEN]);
  const [ana, ben] = people as [Person, Person];
  await ana.say("Read this first.");
  await ben.sees("Read this first.");
  await ben.act("Read this first.", "Pin for everybody");
  await ana.page.getByRole("button", { name: "Pins, 1" }).click();
  const panel = ana.page.getByRole("complementary", { name: "Pinned" });
  await expect(panel).toContainText("Read this first.");
  await expect(panel).toContainText(`pinned by ${BEN}`);
  await expect(rowOf(ana, "Read this first.").getByText("pinned", { exact: true })).toBeVisible();
  await look(ana.page, "pins");
  await ana.log.getByRole("button", { name: "Ben pinned a message" }).click();
  await expect(ana.log.locator("li:focus")).toContainText("Read this first.");
  await rowOf(ana, "Read this first.").press("p");
  await expect(panel).toContainText("Nothing is pinned here.");
  await expect(rowOf(ben, "Read this first.").getByText("pinned", { exact: true })).toHaveCount(0);
  await end();
});

test("a poll is asked, voted on by click and key, counted live, and ended by who asked", async ({ browser }) => {
  const { people, end } = await gather(browser, [ANA, BEN]);
  const [ana, ben] = people as [Person, Person];
  await ana.page.getByRole("button", { name: "Poll", exact: true }).click();
  const dialog = ana.page.getByRole("dialog", { name: "Ask a question" });
  await expect(dialog.getByRole("button", { name: "Ask", exact: true })).toBeDisabled();
  await dialog.getByLabel("Question").fill("Which day do we print?");
  await dialog.getByRole("textbox", { name: "Answer 1" }).fill("Monday");
  await dialog.getByRole("textbox", { name: "Answer 2" }).fill("Friday");
  await dialog.getByRole("textbox", { name: "Answer 2" }).press("Enter");
  await expect(dialog.getByRole("textbox", { name: "Answer 3" })).toBeFocused();
  await ana.page.keyboard.type("Never");
  await look(ana.page, "poll-dialog");
  await dialog.getByRole("button", { name: "Ask", exact: true }).click();
  const pollOf = (person: Person) => person.log.getByRole("group", { name: "Which day do we print?" });
  await pollOf(ben).getByRole("radio", { name: "Friday" }).check();
  await expect(pollOf(ana).getByRole("listitem").nth(1)).toContainText(BEN);
  // By key: the arrow chooses the next one, and a space on what is chosen takes the vote back.
  await pollOf(ben).getByRole("radio", { name: "Friday" }).press("ArrowDown");
  await expect(pollOf(ana).getByRole("listitem").nth(2)).toContainText(BEN);
  await expect(pollOf(ana).getByRole("listitem").nth(1)).not.toContainText(BEN);
  await pollOf(ben).getByRole("radio", { name: "Never" }).press(" ");
  await expect(pollOf(ana)).toContainText("nobody voted yet");
  await pollOf(ben).getByRole("radio", { name: "Monday" }).check();
  await pollOf(ana).getByRole("radio", { name: "Monday" }).check();
  await expect(pollOf(ben)).toContainText("2 people voted");
  await look(ana.page, "poll");
  await expect(pollOf(ben).getByRole("button", { name: "End the poll" })).toHaveCount(0);
  await pollOf(ana).getByRole("button", { name: "End the poll" }).click();
  await expect(pollOf(ben)).toContainText("This poll has ended");
  await expect(pollOf(ben).getByRole("radio", { name: "Friday" })).toBeDisabled();

  await ben.composer.fill("/poll Who brings cake? | Ana | Ben");
  await ben.composer.press("Enter");
  const asked = ben.page.getByRole("dialog", { name: "Ask a question" });
  await expect(asked.getByLabel("Question")).toHaveValue("Who brings cake?");
  await expect(asked.getByRole("textbox", { name: "Answer 2" })).toHaveValue("Ben");
  await asked.getByRole("checkbox", { name: "Several answers may be chosen" }).check();
  await asked.getByRole("button", { name: "Ask", exact: true }).click();
  const cake = ana.log.getByRole("group", { name: "Who brings cake?" });
  await cake.getByRole("checkbox", { name: "Ana" }).check();
  await cake.getByRole("checkbox", { name: "Ben" }).check();
  await expect(ben.log.getByRole("group", { name: "Who brings cake?" })).toContainText("1 person voted");
  await end();
});
