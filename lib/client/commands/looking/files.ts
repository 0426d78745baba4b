// What people do with files: let them wait, go on or go; fetch them, whole or where they look (PROTOCOL section 6).
import type { FileCommands } from "@/lib/client/api/daily/files.ts";
import type { FindFilesCommands } from "@/lib/client/api/finding/files.ts";
import type { Host } from "@/lib/client/commands/host.ts";
import { fileOf } from "@/lib/client/commands/messages.ts";
import { inertType, plainName } from "@/lib/client/files/names.ts";

export function fileCommands(host: Host): FileCommands & FindFilesCommands {
  return {
    findFiles: ({ ws, ...query }) => host.files(ws).find(query),
    pauseUpload: ({ ws, id }) => host.account(ws).uploads.pause(id),
    resumeUpload: ({ ws, id }) => host.account(ws).uploads.resume(id),
    cancelUpload: async ({ ws, id }) => {
      const account = host.account(ws);
      // Under the id that the file's own event would have had: of a place one of the two is said, and once.
      await account.uploads.cancel(id, ({ channel, of, index, event }) =>
        account.send(channel, { k: "unsent", of, index }, event),
      );
    },
    downloadFile: async ({ ws, channel, id }) => {
      const account = host.account(ws);
      return await account.downloads.download(await fileOf(account, channel, id));
    },
    readFile: async ({ ws, channel, id, from, to, signal }) => {
      const account = host.account(ws);
      const file = await fileOf(account, channel, id);
      const bytes = await account.downloads.read(file, from, to, signal);
      return { name: plainName(file.name), type: inertType(file.type), size: file.size, bytes };
    },
  };
}
