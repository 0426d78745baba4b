// Commands about the app lock, on the profile as a whole (PROTOCOL A5).
import type { LockCommands } from "@/lib/client/api/lock.ts";
import type { Host } from "@/lib/client/commands/host.ts";
import { checkSignOut } from "@/lib/client/commands/people.ts";

export function lockCommands(host: Host): LockCommands {
  const { guard } = host;
  return {
    unlock: ({ passphrase }) => guard.unlock((lock) => lock.unlock(passphrase)),
    unlockByPasskey: (answer) => guard.unlock((lock) => lock.unlockByPasskey(answer)),
    lockNow: async () => guard.shut(),
    turnOnLock: async ({ passphrase }) => {
      // Whoever forgets a passphrase needs another way in (D3).
      for (const account of host.accounts.values()) checkSignOut(account);
      await guard.change((lock) => lock.turnOn(passphrase));
    },
    changeLock: ({ passphrase, next }) => guard.change((lock) => lock.change(passphrase, next)),
    turnOffLock: ({ passphrase }) => guard.change((lock) => lock.turnOff(passphrase)),
    setLockIdle: ({ minutes }) => guard.change((lock) => lock.setIdle(minutes)),
    addLockPasskey: ({ passphrase, ...answer }) => guard.change((lock) => lock.addPasskey(passphrase, answer)),
    dropLockPasskey: () => guard.change((lock) => lock.dropPasskey()),
  };
}
