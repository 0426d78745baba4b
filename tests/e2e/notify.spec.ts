// Notifications, typing and presence in browsers: asked for in time, shown once, woken while closed, as each one chose.

import { fileURLToPath } from "node:url";
import { expect, type Page, test, type Worker } from "@playwright/test";
import { PUSH } from "@/lib/protocol/setting/push.ts";
import { PushReceiver, PushService, TEST_PUSH } from "@/tests/push-kit.ts";
import { type Actor, startWorld, type World } from "@/tests/world.ts";
import { Person } from "./kit.ts";
import { look } from "./look.ts";

const OUT = fileURLToPath(new URL("../../out", import.meta.url));

type Shown = { readonly title: string; readonly body: string; readonly tag: string };

/**
 * The browsers of these tests have neither notifications nor a maker's push service. What the app asks of them is noted
 * at that door, in pages and worker alike, by tag as a browser would; the subscription is the test's own.
 */
function standIn(given: { endpoint: string; p256dh: string; auth: string }): void {
  const key = "test-shown";
  const read = (): Shown[] => JSON.parse(localStorage.getItem(key) ?? "[]");
  const keep = (shown: Shown[]) => localStorage.setItem(key, JSON.stringify(shown));
  const bytes = (text: string) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0)).buffer;
  let permission = sessionStorage.getItem("test-permission") ?? "default";
  Object.defineProperty(Notification, "permission", { get: () => permission });
  Object.assign(Notification, {
    requestPermission: async () => {
      permission = "granted";
      sessionStorage.setItem("test-permission", permission);
      return permission;
    },
  });
  Object.assign(ServiceWorkerRegistration.prototype, {
    showNotification: async (title: string, { body = "", tag = "" }: NotificationOptions) =>
      keep([...read().filter((one) => one.tag !== tag), { title, body, tag }]),
    getNotifications: async ({ tag }: { tag?: string } = {}) =>
      read()
        .filter((one) => tag === undefined || one.tag === tag)
        .map((one) => ({ ...one, close: () => keep(read().filter((other) => other.tag !== one.tag)) })),
  });
  let made: unknown = null;
  Object.assign(PushManager.prototype, {
    getSubscription: async () => made,
    subscribe: async ({ applicationServerKey }: { applicationServerKey: Uint8Array<ArrayBuffer> }) => {
      made = {
        endpoint: given.endpoint,
        options: { applicationServerKey: applicationServerKey.slice().buffer },
        getKey: (name: "p256dh" | "auth") => bytes(given[name]),
        unsubscribe: async () => true,
      };
      return made;
    },
  });
}

/** The same in the worker: what it shows is kept there, and its badge, for which these browsers end it, is not set. */
const STAND_IN_WORKER = `(() => {
  self.shown = [];
  Object.defineProperty(WorkerNavigator.prototype, "setAppBadge", { value: undefined });
  Object.assign(ServiceWorkerRegistration.prototype, {
    showNotification: async (title, { body = "", tag = "" }) => {
      self.shown = [...self.shown.filter((one) => one.tag !== tag), { title, body, tag }];
    },
    getNotifications: async ({ tag } = {}) => self.shown
      .filter((one) => tag === undefined || one.tag === tag)
      .map((one) => ({ ...one, close: () => { self.shown = self.shown.filter((other) => other.tag !== one.tag); } })),
  });
})()`;

/** Ana as an engine, Ben in a browser. */
async function pair(browser: Parameters<typeof Person.open>[0], service?: PushService) {
  const world: World = await startWorld({ staticDir: OUT, push: TEST_PUSH });
  const ana = await world.founder("Ana");
  const { link } = await ana.engine.createInvite({ ws: ana.ws, label: "Ben", maxUses: 1, hours: 1 });
  const ben = await Person.open(browser, world, "Ben", { serviceWorkers: "allow" });
  const receiver = new PushReceiver(`${service?.origin ?? "https://localhost:1"}/ben`);
  await ben.context.addInitScript(standIn, receiver.input);
  await ben.join(link);
  await ben.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const general = (await ana.channel("general")).id;
  const { people } = await ana.until(`workspace:${ana.ws}`, (view) => view.people.some(({ name }) => name === "Ben"));
  const id = people.find(({ name }) => name === "Ben")?.id as string;
  return { world, ana, ben, general, mention: `<@${id}>`, receiver };
}

const shownBy = (worker: Worker): Promise<Shown[]> => worker.evaluate("self.shown");
const shownIn = (page: Page): Promise<Shown[]> =>
  page.evaluate(() => JSON.parse(localStorage.getItem("test-shown") ?? "[]"));

const workerOf = (person: Person): Worker => person.context.serviceWorkers()[0] as Worker;

async function settings(person: Person, world: World, ana: Actor): Promise<void> {
  await person.page.goto(`${world.origin}/#/w/${ana.ws}/settings/notifications`);
  await person.page.getByRole("heading", { level: 1, name: "Notifications" }).waitFor();
}

test("a closed app is woken by bytes that say nothing, and shows the words that its own device opened", async ({
  browser,
}) => {
  const service = new PushService();
  await service.up();
  const { world, ana, ben, general, mention, receiver } = await pair(browser, service);
  await settings(ben, world, ana);
  await ben.page.getByRole("switch", { name: "On this device" }).click();
  await expect(ben.page.getByRole("switch", { name: "On this device" })).toBeChecked();
  const worker = workerOf(ben);
  await worker.evaluate(STAND_IN_WORKER);
  const devtools = await ben.context.newCDPSession(await ben.context.newPage());
  const registered = new Promise<string>((resolve) =>
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL === `${world.origin}/`);
      if (found !== undefined) resolve(found.registrationId);
    }),
  );
  await devtools.send("ServiceWorker.enable");
  await ben.page.goto("about:blank");
  // Closed: a tab that can be seen shows what comes by itself.
  await expect
    .poll(() => worker.evaluate("clients.matchAll({ includeUncontrolled: true }).then((all) => all.length)"))
    .toBe(0);
  await ana.say(general, "nothing that calls him");
  await ana.say(general, `The proofs are in, ${mention}`);
  const deliveries = await service.count(2);
  const plains = deliveries.map(({ body }) => receiver.open(body));
  expect(new Set(deliveries.map(({ body }) => body.length)).size).toBe(1);
  for (const plain of plains) expect([...plain]).toEqual([PUSH.version, ...Array(PUSH.plainBytes - 1).fill(0)]);
  const deliver = async () =>
    await devtools.send("ServiceWorker.deliverPushMessage", {
      origin: world.origin,
      registrationId: await registered,
      data: (plains.at(-1) as Buffer).toString("latin1"),
    });
  await deliver();
  await expect
    .poll(() => shownBy(worker), { timeout: 20_000 })
    .toEqual([expect.objectContaining({ title: "Ana in #general", body: "The proofs are in, @Ben" })]);
  // The same once more shows nothing new; a second message takes its place.
  await ana.say(general, `and the plates, ${mention}`);
  await deliver();
  await expect
    .poll(() => shownBy(worker), { timeout: 20_000 })
    .toEqual([expect.objectContaining({ body: "and the plates, @Ben" })]);
  // Nothing of it was written: the app that opens finds both unread, and reads them.
  const page = await ben.context.newPage();
  await page.goto(`${world.origin}/`);
  await expect(page.getByRole("log").getByText("and the plates").first()).toBeVisible();
  expect(ben.watch.violations).toEqual([]);
  expect(ben.watch.elsewhere).toEqual([]);
  await ben.close();
  await world.stop();
  await service.down();
});

test("with several tabs one notification is shown, none for what somebody looks at, and it goes when it is read", async ({
  browser,
}) => {
  const { world, ana, ben, general, mention } = await pair(browser);
  const { channel: other } = await ana.engine.createChannel({
    ws: ana.ws,
    kind: "public",
    name: "harbour",
    topic: "",
    history: "full",
    members: [],
  });
  // Nobody is asked anything before somebody is called.
  await expect(ben.page.getByText("Someone called you.")).toHaveCount(0);
  await settings(ben, world, ana);
  await ben.page.getByRole("switch", { name: "On this device" }).click();
  const second = await ben.context.newPage();
  await second.goto(`${world.origin}/#/w/${ana.ws}/c/${general}`);
  await second.getByRole("log").waitFor();
  await second.bringToFront();
  await ana.say(general, `seen at once, ${mention}`);
  await second.getByRole("log").getByText("seen at once").first().waitFor();
  await ana.say(other, `elsewhere, ${mention}`);
  await expect
    .poll(() => shownIn(second))
    .toEqual([expect.objectContaining({ title: "Ana in #harbour", body: "elsewhere, @Ben" })]);
  await expect(second).toHaveTitle(/^\(1\) /);
  await second.goto(`${world.origin}/#/w/${ana.ws}/c/${other}`);
  await second.getByRole("log").getByText("elsewhere").first().waitFor();
  await expect.poll(() => shownIn(second)).toEqual([]);
  await ben.close();
  await world.stop();
});

test("the settings hold on all devices; a muted channel is quiet; who writes and who is there shows, and can be turned off", async ({
  browser,
}) => {
  const { world, ana, ben, general, mention } = await pair(browser);
  const { page } = ben;
  await ana.engine.noteActivity({ ws: ana.ws });
  await ana.engine.noteTyping({ ws: ana.ws, channel: general, on: true });
  await expect(page.getByText("Ana is writing…").first()).toBeVisible();
  await look(page, "typing");
  const { channel: dm } = await ana.engine.startDm({ ws: ana.ws, users: [mention.slice(2, -1) as never] });
  await ana.say(dm, "between us");
  await ana.engine.noteActivity({ ws: ana.ws });
  await expect(ben.sidebar.getByRole("link", { name: /Ana.*here/ })).toBeVisible();
  await ben.composer.pressSequentially("half a");
  const me = mention.slice(2, -1);
  await ana.until(`typing:${ana.ws}:${general}`, ({ people }) => people.includes(me as never));
  await ben.composer.fill("");
  await ana.until(`typing:${ana.ws}:${general}`, ({ people }) => people.length === 0);

  await page.getByRole("button", { name: "Channel", exact: true }).click();
  await page.getByRole("menuitem", { name: "Mute" }).click();
  await expect(ben.sidebar.getByRole("link", { name: /general.*muted/ })).toBeVisible();
  await settings(ben, world, ana);
  await page.getByText("Everything", { exact: true }).first().click();
  await page.getByRole("button", { name: "Edit words" }).click();
  await page.getByLabel("Words, with commas between").fill("cadmium, print deadline");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Checked on this device: cadmium and print deadline")).toBeVisible();
  await page.getByRole("switch", { name: "Every day" }).click();
  await expect(page.getByRole("combobox", { name: "#general" })).toHaveText(/Muted/);
  await look(page, "settings-notifications");
  await page.getByRole("switch", { name: "That I am writing" }).click();
  await page.reload();
  await expect(page.getByRole("switch", { name: "That I am writing" })).not.toBeChecked();
  await expect(page.getByText("Checked on this device: cadmium and print deadline")).toBeVisible();
  await ben.close();
  await world.stop();
});
