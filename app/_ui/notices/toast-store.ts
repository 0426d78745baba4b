// What just happened, for six seconds: the messages now shown.

export interface Toast {
  id: number;
  text: string;
  /** One act at most; taking it closes the toast. */
  act?: { label: string; onSelect: () => void } | undefined;
}

let shown: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Shows a toast; at most three stand at once. What matters must also be found elsewhere. Returns its id. */
export function toast(text: string, act?: Toast["act"]): number {
  last += 1;
  change([...shown, { id: last, text, act }].slice(-3));
  return last;
}

export function dismissToast(id: number): void {
  change(shown.filter((one) => one.id !== id));
}

export function followToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function shownToasts(): readonly Toast[] {
  return shown;
}
