// Devices in real browser profiles: linked by typed code and by camera, with the whole past; retired, and told so.
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { browserWithCamera, film } from "./camera.ts";
import { Host, Person } from "./kit.ts";
import { accessible, look } from "./look.ts";

async function openDevices(person: Person): Promise<void> {
  await person.page.evaluate(() => {
    const [, w, ws] = location.hash.split("/");
    location.hash = `#/${w}/${ws}/settings/devices`;
  });
  await person.page.getByRole("heading", { level: 1, name: "Devices" }).waitFor();
}

/** The new device's screen, up to its code. */
async function showCode(person: Person, host: Host): Promise<string> {
  const { page } = person;
  await page.goto(host.origin);
  await page.getByRole("button", { name: "I use Tacit on another device" }).click();
  const code = page.locator("[data-code]");
  await code.waitFor();
  await accessible(page, "link-new");
  return ((await code.textContent()) ?? "").trim();
}

async function sayYes(person: Person): Promise<void> {
  const { page } = person;
  await page.getByRole("heading", { name: "Is this your account?" }).waitFor();
  await expect(page.getByText(/Ana, in Riverbend/)).toBeVisible();
  await accessible(page, "this account?");
  await page.getByRole("button", { name: "Yes, link this device" }).click();
  await person.composer.waitFor();
}

async function approve(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Add this device?" }).waitFor();
  await accessible(page, "link-old");
  await page.getByRole("button", { name: "Add device" }).click();
}

/** What was said before the other device came. */
const OLD = ["first words", "second words", "with a file"];

test("link by typed code, read everything, rename, retire", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana");
  await ana.found(host.server.setupLink ?? "", "Riverbend");
  for (const text of ["first words", "second words"]) await ana.say(text);
  await ana.attach("plan.txt", "the old plan", "with a file");
  const phone = await Person.open(browser, host, "Ana");
  const code = await showCode(phone, host);
  await look(phone.page, "link-new");
  await openDevices(ana);
  await ana.page.getByRole("button", { name: "Link a device" }).click();
  await ana.page.getByLabel("Code").fill("ABCD");
  await ana.page.getByRole("button", { name: "Look for it" }).click();
  await ana.page.getByText("This is no link code.").waitFor();
  await accessible(ana.page, "wrong code");
  await ana.page.getByLabel("Code").fill(code.toLowerCase());
  await ana.page.getByRole("button", { name: "Look for it" }).click();
  await ana.page.getByRole("heading", { name: "Add this device?" }).waitFor();
  await look(ana.page, "link-old");
  await approve(ana.page);
  await sayYes(phone);
  await phone.reads(OLD);
  expect(await phone.contentsOf("plan.txt")).toBe("the old plan");
  await ana.page.getByText(/is linked\./).waitFor();
  await ana.page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await phone.say("from the phone");

  await ana.page.getByRole("button", { name: /^Retire / }).waitFor();
  await look(ana.page, "devices");
  await ana.page.getByRole("button", { name: /^Retire / }).click();
  await ana.page.getByRole("button", { name: "Retire device" }).click();
  await ana.page.getByRole("heading", { name: "Retired" }).waitFor();
  // Told by the ledger, and nothing can be written there any more.
  await phone.page.getByText(/This device was retired on/).waitFor();
  await phone.page.getByText(/This device was retired, so you can read here, but not write/).waitFor();
  await expect(phone.composer).toHaveCount(0);
  await look(phone.page, "retired");
  await ana.page.goBack();
  await ana.composer.waitFor();
  await ana.say("after the phone");
  await ana.reads([...OLD, "from the phone", "after the phone"]);
  await phone.reads([...OLD, "from the phone"]);
  await phone.page.getByRole("button", { name: "Remove from this device" }).click();
  await phone.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await phone.page.getByRole("button", { name: "Open the invite" }).waitFor();
  for (const person of [ana, phone]) {
    expect(person.watch.violations).toEqual([]);
    expect(person.watch.elsewhere).toEqual([]);
    await person.close();
  }
  await host.end();
});

test("link by camera", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const path = join(host.dataDir, "code.y4m");
  const filming = await browserWithCamera(path);
  const ana = await Person.open(filming, host, "Ana");
  await ana.context.grantPermissions(["camera"], { origin: host.origin });
  await ana.found(host.server.setupLink ?? "", "Riverbend");
  await ana.say("seen through the camera");
  const phone = await Person.open(browser, host, "Ana");
  await showCode(phone, host);
  await film(phone.page.getByRole("img", { name: "Code to scan with your other device" }), path);
  await openDevices(ana);
  await ana.page.getByRole("button", { name: "Link a device" }).click();
  await ana.page.getByRole("button", { name: "Scan with the camera" }).click();
  await approve(ana.page);
  await sayYes(phone);
  await phone.reads(["seen through the camera"]);
  expect(ana.watch.violations).toEqual([]);
  await phone.close();
  await filming.close();
  await host.end();
});

test("a camera that is refused is said, and the code can be typed", async ({ browser }) => {
  const host = new Host();
  await host.up();
  const ana = await Person.open(browser, host, "Ana");
  await ana.found(host.server.setupLink ?? "", "Riverbend");
  await openDevices(ana);
  await ana.page.getByRole("button", { name: "Link a device" }).click();
  await ana.page.getByRole("button", { name: "Scan with the camera" }).click();
  await ana.page.getByText(/[Tt]ype the code instead/).waitFor();
  await accessible(ana.page, "camera refused");
  await ana.page.getByRole("button", { name: "Type the code" }).click();
  await ana.page.getByLabel("Code").waitFor();
  await ana.close();
  await host.end();
});
