// What a press on an answer makes of the choices.
import type { PollItem } from "@/lib/client/api/conversation/said.ts";

/** The choices after one of them was pressed. */
export function chosen(poll: Pick<PollItem, "many" | "mine">, at: number): readonly number[] {
  if (poll.mine.includes(at)) return poll.mine.filter((one) => one !== at);
  return poll.many ? [...poll.mine, at].sort((a, b) => a - b) : [at];
}
