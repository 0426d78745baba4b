// Locks when nobody has touched any tab for a while; a machine that slept wakes up locked, whoever touches it first.
import type { OpenWire } from "@/lib/platform/browser/messages.ts";

const LINE = "tacit-touched";
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const MINUTE_MS = 60_000;
/** How often other tabs are told, and how often time is looked at. */
const TELL_MS = 5_000;
const LOOK_MS = 5_000;

export type IdleOptions = { readonly minutes: number; readonly open: OpenWire; readonly lock: () => void };

/** Watches until the returned function is called. */
export function watchIdle({ minutes, open, lock }: IdleOptions): () => void {
  const limit = minutes * MINUTE_MS;
  let last = Date.now();
  let told = 0;
  const wire = open(LINE, (at) => {
    if (typeof at === "number" && at > last) last = Math.min(at, Date.now());
  });
  const tell = (now: number) => {
    if (now - told < TELL_MS) return;
    told = now;
    wire.post(now);
  };
  /** False: it is too late, and the tabs lock. */
  const inTime = (now: number): boolean => {
    // A clock that was set back must not keep anything open for hours.
    if (now < last) last = now;
    if (now - last < limit) return true;
    lock();
    return false;
  };
  const touched = () => {
    const now = Date.now();
    if (!inTime(now)) return;
    last = now;
    tell(now);
  };
  const looked = () => void inTime(Date.now());
  for (const name of TOUCHES) window.addEventListener(name, touched, { capture: true, passive: true });
  document.addEventListener("visibilitychange", looked);
  const timer = setInterval(looked, LOOK_MS);
  tell(last);
  return () => {
    clearInterval(timer);
    for (const name of TOUCHES) window.removeEventListener(name, touched, { capture: true });
    document.removeEventListener("visibilitychange", looked);
    wire.close();
  };
}
