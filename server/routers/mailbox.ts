// mailbox.put, .read: letters between two devices that share a code, neither of which has to be anybody (PROTOCOL D1).
import { Fault } from "@/lib/base/errors.ts";
import { fromJson, toJson } from "@/lib/protocol/fields.ts";
import type { MailboxPutAnswer, MailboxReadAnswer } from "@/lib/protocol/sync.ts";
import { mailboxPutInput, mailboxReadInput } from "@/lib/protocol/sync.ts";
import { openTo, router } from "@/server/trpc.ts";

export const mailboxRouter = router({
  put: openTo("mailbox.put")
    .input(mailboxPutInput)
    .mutation(({ ctx: { app, address }, input: { mailbox, slot, letter } }): MailboxPutAnswer => {
      if (slot === 0 && app.mailboxes.isNew(mailbox)) app.rates.take("mailboxes", address);
      const result = app.mailboxes.put(mailbox, slot, fromJson(letter));
      if (typeof result !== "string") return result;
      if (result === "may/no-mailbox") app.rates.take("guesses", address);
      throw new Fault(result);
    }),

  read: openTo("mailbox.read")
    .input(mailboxReadInput)
    .query(({ ctx: { app, address }, input: { mailbox, slot } }): MailboxReadAnswer => {
      const result = app.mailboxes.read(mailbox, slot);
      if (typeof result === "string") {
        app.rates.take("guesses", address);
        throw new Fault(result);
      }
      return { ...result, letter: result.letter === null ? null : toJson(result.letter) };
    }),
});
