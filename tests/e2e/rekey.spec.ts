// No recovery code any more, and everything lost: back in, in real browsers, with the exact readable sets (D7, D4, L8, A4).
import { expect, test } from "@playwright/test";
import { Host, Person } from "./kit.ts";
import { accessible, look } from "./look.ts";

async function settings(person: Person, name: "recovery" | "people"): Promise<void> {
  await person.page.evaluate((page) => {
    const [, w, ws] = location.hash.split("/");
    location.hash = `#/${w}/${ws}/settings/${page}`;
  }, name);
}

const DIGITS = /\d{5} \d{5} \d{5} \d{5}/;
const digitsOf = (text: string): string => DIGITS.exec(text)?.[0] ?? "none";

test("D7 who lost the code asks with his device, an admin agrees, and the new code is the one that counts", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const host = new Host();
  await host.up();
  try {
    const ana = await Person.open(browser, host, "Ana");
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    const ben = await Person.open(browser, host, "Ben");
    await ben.join(await ana.invite());
    await ben.say("before the new root key");
    await ben.attach("notes.txt", "the old notes", "with a file");

    await settings(ben, "recovery");
    await ben.page.getByRole("button", { name: "Ask for a new root key" }).click();
    await accessible(ben.page, "settings recovery");
    await ben.page.getByRole("dialog").getByRole("button", { name: "Ask for a new root key" }).click();
    await ben.page.getByText("Waiting for an admin").waitFor();
    const told = digitsOf((await ben.page.getByText(DIGITS).textContent()) ?? "");
    await look(ben.page, "new-root-waiting");

    await ana.page.getByText("Somebody asks for a new root key.").waitFor();
    await ana.page.getByRole("link", { name: "Look" }).click();
    await ana.page.getByRole("button", { name: "Put the new root key of Ben in force" }).click();
    const dialog = ana.page.getByRole("dialog");
    expect(digitsOf((await dialog.getByText(DIGITS).textContent()) ?? "")).toBe(told);
    await look(ana.page, "new-root-asking");
    await dialog.getByRole("button", { name: "Put in force" }).click();
    await dialog.waitFor({ state: "detached" });

    const write = ben.page.getByRole("link", { name: "Write it down" });
    await write.waitFor();
    await write.click();
    await ben.page.getByRole("heading", { name: "Your recovery code" }).waitFor();
    const words = await ben.page.getByRole("list", { name: "The 24 words" }).getByRole("listitem").allInnerTexts();
    await ben.confirmCode();
    await ben.composer.waitFor();
    await ben.say("after the new root key");

    const again = await Person.open(browser, host, "Ben");
    await again.page.goto(host.origin);
    await again.page.getByRole("link", { name: /Use your recovery code/ }).click();
    for (const [i, word] of words.entries())
      await again.page.getByLabel(`Word ${i + 1}`, { exact: true }).fill(word.replace(/[^a-z]/g, ""));
    await again.page.getByRole("button", { name: "See what it opens" }).click();
    await again.page.getByRole("heading", { name: "The code opens your account" }).waitFor();
    await again.page.getByRole("button", { name: "Get back in" }).click();
    await again.composer.waitFor();
    await again.reads(["before the new root key", "with a file", "after the new root key"]);
    expect(await again.contentsOf("notes.txt")).toBe("the old notes");
    for (const one of [ana, ben, again]) expect(one.watch.violations).toEqual([]);
  } finally {
    await host.end();
  }
});

test("D7 L8 who lost everything comes back by a link and an admin; a private channel waits for its members", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const host = new Host();
  await host.up();
  try {
    const ana = await Person.open(browser, host, "Ana");
    await ana.found(host.server.setupLink ?? "", "Riverbend");
    const ben = await Person.open(browser, host, "Ben");
    await ben.join(await ana.invite());
    await ben.say("Ben’s old words");
    await ben.attach("notes.txt", "the old notes", "with a file");
    const cleo = await Person.open(browser, host, "Cleo");
    await cleo.join(await ana.invite());
    await cleo.create("sources", { people: ["Ben"] });
    await cleo.say("between two people");
    await ben.go("sources");
    await ben.sees("between two people");
    await ben.close();

    await settings(ana, "people");
    await ana.page.getByRole("button", { name: "More about Ben" }).click();
    await ana.page.getByRole("menuitem", { name: "Let back in with new keys" }).click();
    await accessible(ana.page, "admin");
    await ana.page.getByRole("button", { name: "Make a return link" }).click();
    const link = await ana.page.getByRole("dialog").getByRole("textbox", { name: "Return link" }).inputValue();
    await ana.page.keyboard.press("Escape");

    const back = await Person.open(browser, host, "Ben");
    await back.page.goto(link);
    await back.page.getByRole("heading", { name: "Come back" }).waitFor();
    await look(back.page, "returning");
    await back.page.getByRole("button", { name: "Ask for my place in Riverbend" }).click();
    const told = digitsOf((await back.page.getByText(DIGITS).textContent()) ?? "");
    await accessible(back.page, "waiting to return");
    await ana.page.getByText(`They must read you these digits: ${told}`).waitFor();
    await accessible(ana.page, "let back in");
    await ana.page.getByRole("button", { name: "Give Ben the place back" }).click();
    await back.composer.waitFor();
    await back.reads(["Ben’s old words", "with a file"]);
    expect(await back.contentsOf("notes.txt")).toBe("the old notes");
    await expect(back.sidebar.getByRole("link", { name: "sources" })).toHaveCount(0);

    await cleo.page.getByText(/Ben came back with new keys and can’t read here/).waitFor();
    await look(cleo.page, "readmit");
    await cleo.page.getByRole("button", { name: "Let Ben back in" }).click();
    const dialog = cleo.page.getByRole("dialog");
    await accessible(cleo.page, "readmitted");
    await dialog.getByRole("button", { name: "Let back in" }).click();
    await dialog.waitFor({ state: "detached" });
    await cleo.say("welcome back");
    await back.go("sources");
    await back.reads(["between two people", "welcome back"]);
    for (const one of [ana, cleo, back]) expect(one.watch.violations).toEqual([]);
  } finally {
    await host.end();
  }
});
