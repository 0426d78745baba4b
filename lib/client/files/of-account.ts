// The uploads of one account: what they need of its other parts.
import type { Parts } from "@/lib/client/account/parts.ts";
import { Uploads } from "./uploads.ts";

export function uploadsOf(account: Parts, online: () => boolean): Uploads {
  const { session, keyring, vault } = account;
  const { transport, source, spool, clock, breathe } = account.ports;
  return new Uploads({
    session,
    transport,
    keyring,
    vault,
    clock,
    spool,
    source,
    breathe,
    online: () => online() && account.book.stop === null,
    said: async (channel, event) => {
      const waiting = account.outbox.get(event);
      if (waiting !== undefined) return waiting.content.k;
      const record = await account.log.byId(channel, event);
      return record === undefined ? undefined : (record.content?.k ?? "unread");
    },
    changed: (channel) => account.changed({ channel }),
    finished: ({ channel, of, index, event, facts: { voice } }, file) =>
      account.send(channel, { k: "file", of, index, file, ...(voice === null ? {} : { voice }) }, event),
  });
}
