// Locks inside one process: an arena that the engines of a profile join, each of which can crash in a test.
import type { Locks } from "@/lib/client/ports.ts";

export interface MemberLocks extends Locks {
  /** lets go of all that this member holds and waits for, as the end of its process would */
  crash(): void;
}
/** What the engines of one profile share: a member for each of its tabs or processes. */
export interface LockArena {
  join(): MemberLocks;
}

type Claim = { readonly name: string; readonly member: symbol; readonly granted: () => void };

/** Locks are given first come, first served, per name. */
export function lockArena(): LockArena {
  const lines = new Map<string, Claim[]>();

  // The head of a line holds the lock; whoever leaves it lets the next one in.
  const leave = (claim: Claim) => {
    const line = lines.get(claim.name) ?? [];
    const at = line.indexOf(claim);
    if (at < 0) return;
    line.splice(at, 1);
    if (at === 0) line[0]?.granted();
  };

  return {
    join() {
      const member = Symbol("member");
      return {
        hold(name) {
          const line = lines.get(name) ?? [];
          lines.set(name, line);
          return new Promise((resolve) => {
            const claim: Claim = { name, member, granted: () => resolve(() => leave(claim)) };
            line.push(claim);
            if (line[0] === claim) claim.granted();
          });
        },
        crash() {
          for (const line of [...lines.values()]) {
            for (const claim of line.filter((one) => one.member === member).reverse()) leave(claim);
          }
        },
      };
    },
  };
}
