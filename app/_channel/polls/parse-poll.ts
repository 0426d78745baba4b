// What is written behind /poll: the question, and answers after it, each behind a bar.
import type { PollStart } from "@/app/_channel/conversation/acts.ts";

/** `/poll Which day? | Monday | Friday`; undefined for any other text. */
export function parsePoll(text: string): PollStart | undefined {
  const rest = /^\/poll(?:\s+([\s\S]*))?$/.exec(text.trim());
  if (rest === null) return undefined;
  const [question = "", ...options] = (rest[1] ?? "").split("|").map((one) => one.trim());
  return { question, options: options.filter((one) => one !== "").slice(0, 12) };
}
