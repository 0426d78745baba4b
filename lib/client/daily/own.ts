// One's own values in the self scope, those on their way included: the newest of each name, and a newer one said (M7).
import type { Parts } from "@/lib/client/account/parts.ts";
import { Mutex } from "@/lib/client/mutex.ts";
import type { Content, ContentOf } from "@/lib/protocol/event.ts";
import { sendNewer } from "./newer.ts";

export type OwnKind = "later" | "scheduled" | "draft" | "setting";
type Own = Extract<Content, { k: OwnKind }>;
/** A value before it has its number. */
export type Unnumbered<K extends OwnKind> = Omit<ContentOf<K>, "rev">;

export function nameOf(content: Unnumbered<OwnKind> | Own): string {
  const own = content as Own;
  switch (own.k) {
    case "later":
      return own.item;
    case "scheduled":
      return own.event;
    case "setting":
      return own.key;
    case "draft":
      return own.thread === undefined ? own.channel : `${own.channel} ${own.thread}`;
  }
}

/** Every value of a kind by its name. */
export function ownValues<K extends OwnKind>(account: Parts, kind: K): Map<string, ContentOf<K>> {
  const all = new Map<string, ContentOf<K>>();
  for (const one of account.registers.all(kind)) all.set(nameOf(one as unknown as Own), one);
  for (const { content } of account.outbox.entries(account.selfChannel)) {
    if (content.k !== kind) continue;
    const name = nameOf(content as Own);
    if ((content as Own).rev > ((all.get(name) as Own | undefined)?.rev ?? 0)) all.set(name, content as ContentOf<K>);
  }
  return all;
}

export class OwnPages {
  readonly #account: Parts;
  readonly #lock = new Mutex();

  constructor(account: Parts) {
    this.#account = account;
  }

  /** Says a newer value; what waits under the same name and was never sealed is not sent at all. */
  async say<K extends OwnKind>(value: Unnumbered<K>): Promise<void> {
    const account = this.#account;
    await this.#lock.run(async () => {
      const kind = (value as unknown as Own).k as K;
      const name = nameOf(value);
      const rev = ((ownValues(account, kind).get(name) as Own | undefined)?.rev ?? 0) + 1;
      const isOlder = (waiting: Content) => waiting.k === kind && nameOf(waiting as Own) === name;
      await sendNewer(account, account.selfChannel, { ...value, rev } as unknown as Content, isOlder);
    });
    account.changed({ topic: "keeps" });
  }
}
