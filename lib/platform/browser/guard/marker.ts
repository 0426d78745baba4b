// That this browser has held keys: one word beside the database, so that a database that vanished is a loss and no new start (PROTOCOL A5).

const NAME = "tacit-here";

/** The name of a worker that starts where keys have been. */
export const RETURNING = "tacit-engine-returning";

/** Whether keys were held here. A browser that keeps nothing at all has never held any. */
export function hasHeldKeys(): boolean {
  try {
    return localStorage.getItem(NAME) !== null;
  } catch {
    return false;
  }
}

/** Notes that keys are held here, or that they left on purpose. */
export function noteKeys(held: boolean): void {
  try {
    if (held) localStorage.setItem(NAME, "1");
    else localStorage.removeItem(NAME);
  } catch {
    return; // what can't be noted can't be missed
  }
}
