// The turn to the server's view: each line of text shrinks in place to the bar that stores it.

const EASING = "cubic-bezier(0.6, 0, 0.1, 1)";

/** The turn's length in ms as the look has it; 0 where movement is switched off. */
function lengthOf(element: HTMLElement): number {
  const text = getComputedStyle(element).getPropertyValue("--m-flip").trim();
  const value = Number.parseFloat(text);
  if (!Number.isFinite(value)) return 0;
  return text.endsWith("ms") ? value : value * 1000;
}

/** The width of the words in a row, not of their box. */
function wordsOf(row: Element): DOMRect | undefined {
  const text = row.querySelector('[dir="auto"]');
  if (text === null) return undefined;
  const range = document.createRange();
  range.selectNodeContents(text);
  const box = range.getBoundingClientRect();
  return box.width === 0 ? undefined : box;
}

/**
 * Moves the bars in `after` from where the words of the same event stand in `before`. Rows that no message in sight
 * belongs to (edits, reactions) keep their own small movement. Does nothing where movement is switched off.
 */
export function flip(before: HTMLElement, after: HTMLElement): void {
  const duration = lengthOf(after);
  if (duration === 0) return;
  const floor = after.getBoundingClientRect().bottom;
  for (const row of after.querySelectorAll<HTMLElement>("li[data-event]")) {
    const bar = row.querySelector<HTMLElement>('[aria-hidden="true"]');
    const source = before.querySelector(`li[data-event="${CSS.escape(row.dataset.event ?? "")}"]`);
    const words = source === null ? undefined : wordsOf(source);
    const box = bar?.getBoundingClientRect();
    if (bar === null || box === undefined || words === undefined || box.width === 0) continue;
    for (const running of bar.getAnimations()) running.cancel();
    // no lower than the room itself: a bar below it would make the room scroll
    const dy = Math.min(words.top + words.height / 2 - (box.top + box.height / 2), floor - box.bottom);
    const from = `translateY(${Math.round(dy)}px) scaleX(${Math.min(8, words.width / box.width)})`;
    bar.animate([{ transform: from }, { transform: "none" }], { duration, easing: EASING });
  }
}
