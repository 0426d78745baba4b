// What browser tests share: a real server over the built client, people with profiles of their own, watch over every page.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { type RunningServer, startServer } from "@/server/main.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A server that a test can stop and start again over the same data and port. */
export class Host {
  readonly dataDir = mkdtempSync(join(tmpdir(), "tacit-e2e-"));
  readonly #clock: { now(): number } | undefined;
  #server: RunningServer | null = null;
  #port = 0;
  /** where people open it; stays the same over a restart */
  origin = "";

  /** `clock`: the server's time, where a test moves it. */
  constructor(clock?: { now(): number }) {
    this.#clock = clock;
  }

  get server(): RunningServer {
    if (this.#server === null) throw new TypeError("the server is down");
    return this.#server;
  }

  async up(): Promise<void> {
    const clock = this.#clock === undefined ? {} : { clock: this.#clock };
    const place = { dataDir: this.dataDir, port: this.#port, staticDir: join(root, "out") };
    this.#server = await startServer({ ...place, ...clock });
    this.#port = this.#server.port;
    this.origin = this.#server.publicUrl;
  }

  async down(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  async end(): Promise<void> {
    await this.down();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Everything a page did that it must not: policy violations, errors, requests to elsewhere. */
export class Watch {
  readonly violations: string[] = [];
  readonly errors: string[] = [];
  readonly elsewhere: string[] = [];

  async over(context: BrowserContext, origin: () => string): Promise<void> {
    await context.exposeBinding("reportViolation", (_, text: string) => void this.violations.push(text));
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        const report = Reflect.get(globalThis, "reportViolation") as (text: string) => void;
        report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    });
    context.on("request", (request) => {
      const { protocol, origin: from } = new URL(request.url());
      if (["blob:", "data:", "about:"].includes(protocol)) return;
      if (from.replace(/^ws/, "http") !== new URL(origin()).origin) this.elsewhere.push(request.url());
    });
    context.on("weberror", (error) => this.errors.push(error.error().message));
    context.on("console", (message) => {
      const text = message.text();
      // A server that is down is part of the tests; everything else that is an error is one.
      if (
        message.type() === "error" &&
        !/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|WebSocket connection/.test(text)
      )
        this.errors.push(text);
    });
  }
}

/** One person in a browser profile of his own. */
export class Person {
  readonly name: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;

  constructor(name: string, context: BrowserContext, page: Page, watch: Watch) {
    this.name = name;
    this.context = context;
    this.page = page;
    this.watch = watch;
  }

  /**
   * `serviceWorkers`: one fetches the whole build for each new profile, which costs a test more than all else together;
   * whoever needs it says so.
   */
  static async open(
    browser: Browser,
    host: Pick<Host, "origin">,
    name: string,
    { serviceWorkers = "block" }: Pick<BrowserContextOptions, "serviceWorkers"> = {},
  ): Promise<Person> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
      reducedMotion: "reduce",
      locale: "en-GB",
      serviceWorkers,
    });
    const watch = new Watch();
    // As long as a busy machine needs: nothing is measured here.
    context.setDefaultTimeout(45_000);
    await watch.over(context, () => host.origin);
    return new Person(name, context, await context.newPage(), watch);
  }

  get log(): Locator {
    return this.page.getByRole("log");
  }

  get sidebar(): Locator {
    return this.page.getByLabel("Channels and people");
  }

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: /^Message/ });
  }

  /** Founds a workspace from the setup link, the recovery code confirmed on the way; gives its words. */
  async found(link: string, workspace: string): Promise<readonly string[]> {
    const { page } = this;
    await page.goto(link);
    await page.getByLabel("Workspace").fill(workspace);
    await page.getByLabel("Your name").fill(this.name);
    await page.getByRole("button", { name: "Continue" }).click();
    const words = await this.confirmCode();
    await this.composer.waitFor();
    return words;
  }

  /** Reads the 24 words off the screen and gives back the three that are asked for. */
  async confirmCode(before: () => Promise<void> = async () => undefined): Promise<readonly string[]> {
    const { page } = this;
    await page.getByRole("heading", { name: "Your recovery code" }).waitFor();
    const items = await page.getByRole("list", { name: "The 24 words" }).getByRole("listitem").allInnerTexts();
    const words = items.map((text) => text.replace(/[^a-z]/g, "")).filter((word) => word !== "");
    await page.getByRole("button", { name: "I’ve written it down" }).click();
    await page.getByRole("heading", { name: "Three words back" }).waitFor();
    await before();
    for (const field of await page.getByRole("textbox").all()) {
      const label =
        (await field.getAttribute("aria-label")) ??
        (await page.locator(`label[for="${await field.getAttribute("id")}"]`).textContent()) ??
        "";
      await field.fill(words[Number(/\d+/.exec(label)?.[0] ?? "1") - 1] ?? "");
    }
    await page.getByRole("button", { name: /^Open |Confirm the code/ }).click();
    return words;
  }

  async join(link: string): Promise<void> {
    const { page } = this;
    await page.goto(link);
    await page.getByLabel("Your name").fill(this.name);
    await page.getByRole("button", { name: /^Join / }).click();
    await this.composer.waitFor();
  }

  /** An invite link for one person, made in the dialog. */
  async invite(): Promise<string> {
    const { page } = this;
    await page.getByRole("button", { name: "Riverbend" }).click();
    await page.getByRole("menuitem", { name: "Invite people" }).click();
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await page.getByRole("dialog").getByRole("textbox", { name: "The link" }).inputValue();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    return link;
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
    await this.sees(text.replace(/[*`_]/g, ""));
  }

  /** Says this with a file of these contents; they come back by `contentsOf`. */
  async attach(file: string, contents: string, text: string): Promise<void> {
    const chosen = { name: file, mimeType: "text/plain", buffer: Buffer.from(contents) };
    await this.page.locator('input[type="file"]').setInputFiles(chosen);
    await this.composer.fill(text);
    await this.page.getByRole("button", { name: "Send", exact: true }).click();
    await this.log.getByRole("button", { name: `Download ${file}` }).waitFor();
  }

  /** Fails unless the open channel shows exactly these messages, in this order. */
  async reads(texts: readonly string[]): Promise<void> {
    await expect(this.log.getByRole("paragraph")).toHaveText([...texts]);
  }

  /** What a file of the open channel holds once it is downloaded. */
  async contentsOf(file: string): Promise<string> {
    const saved = this.page.waitForEvent("download");
    await this.log.getByRole("button", { name: `Download ${file}` }).click();
    return readFileSync(await (await saved).path(), "utf8");
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.log.getByText(text).first().waitFor();
  }

  /** Opens a channel or conversation by its name in the sidebar. */
  async go(name: string | RegExp): Promise<void> {
    await this.sidebar.getByRole("link", { name }).first().click();
  }

  /** Makes a channel in the dialog and ends up in it. */
  async create(name: string, options: { topic?: string; people?: readonly string[] } = {}): Promise<void> {
    const { page } = this;
    await page.getByRole("button", { name: "Add a channel" }).click();
    await page.getByRole("menuitem", { name: "Create a channel" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    if (options.topic !== undefined) await dialog.getByLabel("Topic").fill(options.topic);
    if (options.people !== undefined) {
      await dialog.getByRole("radio", { name: "Only the people you add" }).check();
      for (const one of options.people) await dialog.getByRole("checkbox", { name: one }).check();
    }
    await dialog.getByRole("button", { name: "Create channel" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("heading", { level: 1, name }).waitFor();
  }

  /** Starts a conversation with one or more people. */
  async write(people: readonly string[]): Promise<void> {
    const { page } = this;
    await page.getByRole("button", { name: "New direct message" }).click();
    const dialog = page.getByRole("dialog");
    for (const one of people) await dialog.getByRole("checkbox", { name: one }).check();
    await dialog.getByRole("button", { name: /^Start / }).click();
    await dialog.waitFor({ state: "detached" });
  }

  /** Opens the menu of the message that says this, and picks an action. */
  async act(text: string, action: string): Promise<void> {
    const row = this.log.getByRole("listitem").filter({ hasText: text }).last();
    await row.hover();
    const button = row.getByRole("button", { name: action, exact: true });
    if (await button.isVisible()) return await button.click();
    await row.getByRole("button", { name: "More" }).click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
