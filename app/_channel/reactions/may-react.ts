// Which messages one can react to, and where the emoji are offered.

import type { OpenThread } from "@/app/_channel/context.tsx";
import type { Anchor } from "@/app/_ui/overlay/popover.tsx";
import type { MessageItem } from "@/lib/client/api.ts";

/** What lies on the server, and was not deleted. */
export function mayReact(item: MessageItem): boolean {
  return item.pos !== null && !item.deleted;
}

/** Beside the control that asked; the focus goes back to its row, which stays when the toolbar over it goes. */
export function anchorOf(control: HTMLElement): Anchor {
  const back = control.closest<HTMLElement>("li[data-key]") ?? control;
  return { box: control.getBoundingClientRect(), back };
}

/** Whether a message has a thread to go to from here; a deleted one only where something was answered. */
export function mayAnswer(item: MessageItem, thread: OpenThread | null): boolean {
  return thread === null && item.pos !== null && (!item.deleted || item.replies !== null);
}
