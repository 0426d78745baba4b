// Notifications on this very device: what the browser allows, what was chosen here, and its subscription to wake-ups.
import { toBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { PushTarget } from "@/lib/client/api/live/notify.ts";

/** Kept beside the database: a choice for this browser, not for the person. */
const CHOICE = "tacit-notify";

export type DeviceNotify = {
  /** none: this browser shows no notifications */
  readonly permission: NotificationPermission | "none";
  /** null: nobody was asked here yet */
  readonly chosen: boolean | null;
};

const has = (): boolean => "Notification" in window && "serviceWorker" in navigator;

export function readDevice(): DeviceNotify {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(CHOICE);
  } catch {
    kept = null; // a browser without storage is asked again
  }
  return { permission: has() ? Notification.permission : "none", chosen: kept === null ? null : kept === "on" };
}

function keep(on: boolean): void {
  try {
    localStorage.setItem(CHOICE, on ? "on" : "off");
  } catch {
    // the choice then lasts as long as the page
  }
}

/** True when notifications are to be shown here. */
export function showsHere(): boolean {
  const { permission, chosen } = readDevice();
  return permission === "granted" && chosen !== false;
}

/** Asks the person, through the browser; to be called from a click alone. */
export async function turnOn(): Promise<boolean> {
  if (!has()) return false;
  const granted = (await Notification.requestPermission()) === "granted";
  keep(granted);
  return granted;
}

export async function turnOff(): Promise<void> {
  keep(false);
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

/**
 * This browser's subscription under the server's key, made where there is none. Undefined: this browser has no push
 * service, or is offline; the app then tells of messages while it is open.
 */
export async function subscribeHere(key: Uint8Array): Promise<PushTarget | undefined> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const manager = registration?.pushManager;
  if (manager === undefined) return undefined;
  try {
    const options = { userVisibleOnly: true, applicationServerKey: key as Uint8Array<ArrayBuffer> };
    const known = await manager.getSubscription();
    const same = known !== null && isUnder(known, key);
    if (known !== null && !same) await known.unsubscribe();
    const subscription = same ? known : await manager.subscribe(options);
    return targetOf(subscription);
  } catch {
    return undefined;
  }
}

/** A subscription that was made under another key, as of another server, wakes nobody. */
function isUnder(subscription: PushSubscription, key: Uint8Array): boolean {
  const under = subscription.options.applicationServerKey;
  return under !== null && toBase64url(new Uint8Array(under)) === toBase64url(key);
}

function targetOf(subscription: PushSubscription): PushTarget {
  const [p256dh, auth] = (["p256dh", "auth"] as const).map((name) => {
    const bytes = subscription.getKey(name);
    if (bytes === null) throw new Fault("bug/unexpected", { detail: name });
    return toBase64url(new Uint8Array(bytes));
  });
  return { endpoint: subscription.endpoint, p256dh: p256dh ?? "", auth: auth ?? "" };
}
