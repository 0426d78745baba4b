// A person at one of his devices, and the people of a run.
import type { UserId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import { endedOf } from "@/lib/client/account/ending.ts";
import type { Device } from "./device.ts";

export class Person {
  readonly name: string;
  readonly seats: Seat[] = [];
  /** null while he is not in yet */
  user: UserId | null = null;
  /** what he wrote down: the recovery code in force, as far as he knows */
  words: string | null = null;
  /** he lost everything, paper and devices, and has not been let back in */
  stranded = false;

  constructor(name: string) {
    this.name = name;
  }
}

/** One device, and how it stands. */
export class Seat {
  readonly person: Person;
  readonly device: Device;
  ws: WorkspaceId | null = null;
  /** it will never be switched on again: stolen, or thrown away */
  lost = false;
  /** its screen is closed for a while; the engine is not running on purpose */
  asleep = false;

  constructor(person: Person, device: Device) {
    this.person = person;
    this.device = device;
  }

  /** The account here, in or out; undefined while the engine is off or has none. */
  get account(): Account | undefined {
    return this.ws === null ? undefined : this.device.engine?.accounts.get(this.ws);
  }

  /** In the workspace, as far as this device knows. */
  get inside(): boolean {
    const { account } = this;
    return account !== undefined && endedOf(account) === null;
  }
}
