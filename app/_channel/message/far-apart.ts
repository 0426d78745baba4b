// When a message was written is its author's word; far off the server's, both are shown (PROTOCOL M12).
import type { MessageItem } from "@/lib/client/api.ts";

const APART_MS = 5 * 60_000;

export function isFarApart({ sentAt, receivedAt }: Pick<MessageItem, "sentAt" | "receivedAt">): boolean {
  return receivedAt !== null && Math.abs(receivedAt - sentAt) >= APART_MS;
}
