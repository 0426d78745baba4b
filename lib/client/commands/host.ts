// What commands need of the engine: its accounts, and how they come and go.
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { Account } from "@/lib/client/account/account.ts";
import type { Regaining } from "@/lib/client/circle/regaining.ts";
import type { FileList } from "@/lib/client/files/list/list.ts";
import type { Waiting } from "@/lib/client/joins/waiting.ts";
import type { Keyring } from "@/lib/client/keys/keyring.ts";
import type { LinkDesk } from "@/lib/client/linking/desk.ts";
import type { Guard } from "@/lib/client/lock/guard.ts";
import type { Ports } from "@/lib/client/ports.ts";
import type { Finding } from "@/lib/client/search/finding.ts";
import type { Vault } from "@/lib/client/vault.ts";

/** What commands need of the engine. */
export interface Host {
  readonly ports: Ports;
  readonly vault: Vault;
  readonly accounts: ReadonlyMap<WorkspaceId, Account>;
  adopt(keyring: Keyring, vault: Vault): Account;
  enlist(account: Account): Promise<void>;
  retire(account: Account): Promise<void>;
  readonly waiting: Waiting;
  readonly desk: LinkDesk;
  /** the door of the whole profile */
  readonly guard: Guard;
  readonly regaining: Regaining;
  /** an empty part of the vault for an account that replaces what was here, also where the profile's keys are gone */
  makeRoom(ws: WorkspaceId): Promise<Vault>;
  /** clears a profile whose keys are gone, or locked */
  forget(): Promise<void>;
  files(ws: WorkspaceId): FileList;
  account(ws: WorkspaceId): Account;
  finding(ws: WorkspaceId): Finding;
}
