// The workspace in which every rule is broken once: people of each role, invites, channels, scopes, devices.
import type { FaultCode } from "@/lib/base/errors.ts";
import type { ChannelId, ScopeId } from "@/lib/base/ids.ts";
import type { SignedLink } from "@/lib/protocol/link.ts";
import type { Device, Invite, Person } from "@/tests/ledger-kit.ts";
import { Book, inChain, memberAct, scopeAct } from "@/tests/ledger-kit.ts";

export type World = {
  readonly book: Book;
  readonly owner: Person;
  readonly admin: Person;
  readonly bob: Person;
  readonly carol: Person;
  readonly dave: Person;
  readonly guest: Person;
  /** was a member */
  readonly gone: Person;
  /** was an owner */
  readonly goneOwner: Person;
  readonly stranger: Person;
  readonly instant: Invite;
  readonly approval: Invite;
  readonly closed: Invite;
  /** of bob, who is a member */
  readonly channel: ChannelId;
  readonly archived: ChannelId;
  /** bob manages, carol and gone are named */
  readonly room: ScopeId;
  readonly dm: ScopeId;
  readonly archivedRoom: ScopeId;
  /** second device of bob */
  readonly laptop: Device;
  /** a device of carol that was revoked */
  readonly revoked: Device;
};

/** One violation: the link breaks this rule and no other, and is void with this code. */
export type Case = {
  /** the rule's sentence */
  readonly rule: string;
  readonly code: FaultCode;
  readonly link: (world: World) => SignedLink;
};

export async function newWorld(): Promise<World> {
  const book = await Book.found("rules");
  const owner = book.founder;
  book.rotate(owner);
  const admin = book.member("admin", "admin");
  const [bob, carol, dave] = [book.member("bob"), book.member("carol"), book.member("dave")];
  const guest = book.member("guest", "guest");
  const gone = book.member("gone");
  const goneOwner = book.member("goneOwner", "owner");
  const room = book.room(bob, [carol, gone]);
  book.rotate(bob, room);
  book.remove(admin, gone);
  book.remove(owner, goneOwner);
  const dm = book.room(bob, [carol], { kind: "dm" });
  const archivedRoom = book.room(bob, [carol]);
  book.add(bob, { kind: "C", type: "scope_archive", body: {} }, inChain(archivedRoom));
  const laptop = book.device(bob);
  const revoked = book.device(carol);
  book.add(carol, book.revokeAct(carol, revoked));
  const channel = book.channel(bob);
  const archived = book.channel(bob);
  book.add(bob, { kind: "W", type: "channel_archive", body: { channel: archived } });
  const closed = book.invite(admin);
  book.add(bob, { kind: "W", type: "invite_close", body: { invite: closed.id } });
  const instant = book.invite(admin);
  const approval = book.invite(admin, { mode: "approval" });
  const stranger = book.mint.person("stranger");
  const people = { owner, admin, bob, carol, dave, guest, gone, goneOwner, stranger };
  return { book, ...people, instant, approval, closed, channel, archived, room, dm, archivedRoom, laptop, revoked };
}

/** What an honest, allowed link looks like, for cases that twist it. */
export const removal = (who: Person) => memberAct("member_remove", who);
export const adding = (who: Person) => scopeAct("scope_add", who);
export const leaving = (who: Person) => scopeAct("scope_remove", who);
export const readmitting = (who: Person) => scopeAct("scope_readmit", who);
