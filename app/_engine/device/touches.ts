// Whether somebody uses this tab: a touch of it while it can be seen, told once a minute at most.

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const TELL_MS = 60_000;

/** Calls `touched` now and as long as the tab is used; returns the end of watching. */
export function watchTouches(touched: () => void): () => void {
  let told = Number.NEGATIVE_INFINITY;
  const touch = () => {
    const now = performance.now();
    if (document.visibilityState !== "visible" || now - told < TELL_MS) return;
    told = now;
    touched();
  };
  touch();
  for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", touch);
  return () => {
    for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
    document.removeEventListener("visibilitychange", touch);
  };
}
