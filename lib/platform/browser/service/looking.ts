// Which channels are being looked at, in whatever tab: each holds a shared lock, which the browser frees when the tab goes.

const lockName = (ws: string, channel: string): string => `tacit-looking-${ws}-${channel}`;

/** Says that a channel is looked at here while the tab can be seen and has the focus; returns the end of it. */
export function lookAt(ws: string, channel: string): () => void {
  let letGo: (() => void) | undefined;
  let ended = false;
  const change = () => {
    const looking = !ended && document.visibilityState === "visible" && document.hasFocus();
    if (!looking) {
      letGo?.();
      letGo = undefined;
    } else if (letGo === undefined) {
      const held = new Promise<void>((done) => {
        letGo = done;
      });
      void navigator.locks.request(lockName(ws, channel), { mode: "shared" }, () => held);
    }
  };
  change();
  window.addEventListener("focus", change);
  window.addEventListener("blur", change);
  document.addEventListener("visibilitychange", change);
  return () => {
    ended = true;
    change();
    window.removeEventListener("focus", change);
    window.removeEventListener("blur", change);
    document.removeEventListener("visibilitychange", change);
  };
}

export async function isLookedAt(ws: string, channel: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === lockName(ws, channel));
}
