// What is written behind /poll: the question, and answers after it, each behind a bar.
import type { PollStart } from "@/app/_channel/conversation/acts.ts";

const MOST = 12;

/** `Which day? | Monday | Friday` */
export function pollStart(rest: string): PollStart {
  const [question = "", ...options] = rest.split("|").map((one) => one.trim());
  return { question, options: options.filter((one) => one !== "").slice(0, MOST) };
}
