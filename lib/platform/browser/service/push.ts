// A wake-up: looks what is new, opens it on this device, and shows what its owner chose to be told of (PROTOCOL S2).
import { Fault } from "@/lib/base/errors.ts";
import type { Peeked, PeekedAlert } from "@/lib/client/notify/peek.ts";
import { keepShown, readKept, type ServiceWords } from "./kept.ts";
import { type Notice, noticeTag, showNotice } from "./notice.ts";
import type { Peek, ServiceScope } from "./scope.ts";

const SCRIPT = "/sw-peek.js";
const QUIET = "tacit-quiet";
/** Before the app has put its own here. */
const FIRST_WORDS: ServiceWords = { bare: "Tacit", inPlace: "{name} · #{place}", more: "{count}", quiet: "Tacit" };

/** Keeps the script that opens messages with this worker: only what is loaded as it is installed may be run later. */
export function loadPeek(scope: ServiceScope): void {
  scope.importScripts(SCRIPT);
}

function peekOf(scope: ServiceScope): Peek {
  if (scope.tacitPeek === undefined) scope.importScripts(SCRIPT);
  if (scope.tacitPeek === undefined) throw new Fault("bug/unexpected", { detail: SCRIPT });
  return scope.tacitPeek;
}

function noticeOf(alert: PeekedAlert, words: ServiceWords): Notice {
  const { ws, channel, id, name, place, text, count, bare, sound } = alert;
  const fill = (template: string) => template.replace("{name}", () => name).replace("{place}", () => place);
  const more = count > 1 ? words.more.replace("{count}", String(count)) : "";
  return {
    tag: noticeTag(ws, channel),
    title: bare ? words.bare : place === "" ? name : fill(words.inPlace),
    body: bare ? more : [text, more].filter((line) => line !== "").join("\n"),
    href: `#/w/${ws}/c/${channel}/at/${id}`,
    sound,
  };
}

/** A tab that can be seen shows what comes by itself. */
async function isSeen(scope: ServiceScope): Promise<boolean> {
  const open = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  return open.some(({ visibilityState }) => visibilityState === "visible");
}

/** Browsers take the right to wake away from a page that shows nothing: so a word stands there for a moment. */
async function showQuiet(scope: ServiceScope, words: ServiceWords): Promise<void> {
  await scope.registration.showNotification(words.quiet, { tag: QUIET, silent: true, icon: "/icons/icon-192.png" });
  for (const shown of await scope.registration.getNotifications({ tag: QUIET })) shown.close();
}

async function look(scope: ServiceScope, shown: ReadonlyMap<string, number>): Promise<Peeked | undefined> {
  try {
    return await peekOf(scope)(scope.location.origin, (ws, channel) => shown.get(noticeTag(ws, channel)) ?? 0);
  } catch {
    return undefined;
  }
}

export async function wake(scope: ServiceScope): Promise<void> {
  const kept = await readKept();
  const words = kept.words ?? FIRST_WORDS;
  if (await isSeen(scope)) return showQuiet(scope, words);
  const peeked = await look(scope, kept.shown);
  if (peeked === undefined || peeked.state === "locked") {
    // Something came, and this device cannot say what: locked, or without a way to the server at this moment.
    const notice = { tag: QUIET, title: words.bare, body: "", href: "#/", sound: false };
    return showNotice(scope.registration, notice);
  }
  for (const alert of peeked.alerts) {
    await showNotice(scope.registration, noticeOf(alert, words));
    await keepShown(noticeTag(alert.ws, alert.channel), alert.pos);
  }
  await scope.navigator.setAppBadge?.(peeked.waiting).catch(() => undefined);
  if (peeked.alerts.length === 0) await showQuiet(scope, words);
}

/** Leads to the message: in a tab that is open, else in a new one. */
export async function openNotice(scope: ServiceScope, notification: Notification): Promise<void> {
  notification.close();
  const { href } = (notification.data ?? {}) as { href?: unknown };
  const hash = typeof href === "string" && href.startsWith("#/") ? href : "#/";
  const [open] = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open === undefined) {
    await scope.clients.openWindow(`/${hash}`);
    return;
  }
  open.postMessage({ t: "tacit-open", href: hash });
  await open.focus();
}
