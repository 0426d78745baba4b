// English: the record of changes. One sentence for each type of entry, and the words around them.
import type { LinkType } from "@/lib/protocol/link.ts";

/** An entry's facts, every name already as people know it. */
export type Told = {
  readonly actor: string;
  /** whom it is about; the actor's own name where that is the same person */
  readonly subject: string;
  /** the actor did it to themselves */
  readonly own: boolean;
  /** others who are named, as a list; empty when nobody is */
  readonly people: string;
  readonly count: number;
  /** "#general", "the workspace", "a direct message with Ben" */
  readonly place: string;
  readonly dm: boolean;
  /** short marks of the devices it names */
  readonly devices: string;
  readonly inviter: string;
  readonly inviterIsActor: boolean;
  readonly uses: number;
  readonly approval: boolean;
  readonly role: string;
  readonly before: string;
  readonly epoch: number;
  /** what asked for a new key, each as a clause; empty for none */
  readonly causes: string;
  /** rules as they stand now, as one list */
  readonly settings: string;
  readonly version: string;
  readonly threshold: number;
  readonly confirmed: boolean;
};

const by = (told: Told) => (told.inviter === "" ? "" : `, by an invite link of ${told.inviter}`);
const rules = (told: Told) => (told.settings === "" ? "" : `: ${told.settings}`);

const says: Readonly<Record<LinkType, (told: Told) => string>> = {
  ws_create: (t) => `${t.actor} founded the workspace${rules(t)}.`,
  member_add: (t) => `${t.actor} let ${t.subject} in${by(t)}.`,
  member_join: (t) => `${t.actor} joined${by(t)}.`,
  member_remove: (t) =>
    t.own ? `${t.actor} left the workspace.` : `${t.actor} removed ${t.subject} from the workspace.`,
  member_restore: (t) => `${t.actor} let ${t.subject} back into the workspace, with the same keys as before.`,
  rekey: (t) =>
    t.confirmed
      ? `${t.actor} confirmed the renewed identity key of ${t.own ? "their own account" : t.subject}.`
      : `${t.actor} let ${t.subject} start again with new keys.`,
  role_set: (t) =>
    t.before === "" || t.before === t.role
      ? `${t.actor} made ${t.own ? "themselves" : t.subject} ${t.role}.`
      : `${t.actor} made ${t.own ? "themselves" : t.subject} ${t.role}, who was ${t.before} before.`,
  policy_set: (t) => `${t.actor} changed the rules of the workspace${rules(t)}.`,
  release: (t) => `${t.actor} named version ${t.version} of Tacit as the one this workspace uses.`,
  invite_create: (t) =>
    `${t.actor} made an invite link for ${t.uses === 1 ? "one person" : `up to ${t.uses} people`} as ${t.role}${
      t.approval ? ", to be let in by an admin" : ""
    }.`,
  invite_close: (t) =>
    t.inviter === "" || t.inviterIsActor
      ? `${t.actor} closed an invite link of their own.`
      : `${t.actor} closed an invite link of ${t.inviter}.`,
  channel_create: (t) => `${t.actor} created ${t.place}.`,
  channel_archive: (t) => `${t.actor} archived ${t.place}.`,
  channel_policy: (t) => `${t.actor} changed the rules of ${t.place}${rules(t)}.`,
  epoch: (t) =>
    t.epoch === 1
      ? `${t.actor} made the first key of ${t.place}.`
      : t.causes === ""
        ? `${t.actor} renewed the key of ${t.place}, now number ${t.epoch}.`
        : `${t.actor} changed the key of ${t.place}, now number ${t.epoch}, because ${t.causes}.`,
  device_add: (t) => `${t.actor} added a device, ${t.devices}.`,
  device_revoke: (t) => `${t.actor} removed their device ${t.devices} and took a new key of their own.`,
  root_renew: (t) => `${t.actor} renewed their identity key. It counts once an admin confirms it.`,
  circle_set: (t) =>
    t.count === 0
      ? `${t.actor} ended their recovery circle.`
      : `${t.actor} chose a recovery circle: any ${t.threshold} of ${t.people}.`,
  user_reset: (t) =>
    `${t.actor} started again with the recovery code: only ${t.count === 1 ? "device" : "devices"} ${t.devices} counts from here on.`,
  recovery_set: (t) => `${t.actor} set a recovery code; one from before no longer counts.`,
  scope_create: (t) =>
    t.dm
      ? `${t.actor} started a direct message${t.people === "" ? " to themselves" : ` with ${t.people}`}.`
      : `${t.actor} created ${t.place}, private${t.people === "" ? "" : `, with ${t.people}`}${rules(t)}.`,
  scope_add: (t) => `${t.actor} added ${t.subject} to ${t.place}.`,
  scope_remove: (t) => (t.own ? `${t.actor} left ${t.place}.` : `${t.actor} removed ${t.subject} from ${t.place}.`),
  scope_role: (t) => `${t.actor} made ${t.own ? "themselves" : t.subject} ${t.role} of ${t.place}.`,
  scope_archive: (t) => `${t.actor} archived ${t.place}.`,
  scope_policy: (t) => `${t.actor} changed the rules of ${t.place}${rules(t)}.`,
  scope_readmit: (t) => `${t.actor} let ${t.subject} back into ${t.place}, with their new key.`,
};

/** Why a key had to change, as a clause after "because"; the types that ask for a new key (E4). */
const because: Readonly<Partial<Record<LinkType, (subject: string) => string>>> = {
  member_remove: (subject) => `${subject} left the workspace`,
  scope_remove: (subject) => `${subject} left the channel`,
  scope_add: (subject) => `${subject} came in and reads only what follows`,
  scope_readmit: (subject) => `${subject} came back and reads only what follows`,
  device_revoke: (subject) => `a device of ${subject} was removed`,
  user_reset: (subject) => `${subject} started again with the recovery code`,
  rekey: (subject) => `${subject} has new keys`,
  role_set: (subject) => `${subject} has fewer rights`,
  scope_role: (subject) => `${subject} has fewer rights`,
  scope_policy: () => "fewer people may write",
  invite_close: () => "an invite link was closed",
  member_join: () => "an invite link was used up",
};

const RULES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  invites: { admins: "only admins make invites", members: "members make invites too" },
  channels: { members: "members create channels", admins: "only admins create channels" },
  adds: { managers: "managers add people", members: "members add people" },
  post: { all: "everybody writes", managers: "only managers write", admins: "only admins write" },
  history: { full: "newcomers read everything", "since-join": "newcomers read only what follows" },
};

/** A rule as a clause; empty for what is no rule. */
function setting(name: string, value: string): string {
  if (name === "retentionDays") return value === "" ? "messages are kept" : `messages are deleted after ${value} days`;
  if (name === "minVersion") return `protocol version ${value} or later`;
  if (name === "minSuite") return `sealing method ${value} or later`;
  return RULES[name]?.[value] ?? "";
}

export const record = {
  sentence:
    "Every change of people, devices, channels and keys, in the one order that everybody sees. Nobody can take an entry out or put one in between, the server included; it could only hold the newest back.",
  says,
  because,
  becauseOther: "something that asks for a new key happened",
  workspace: "the workspace’s channels",
  aChannel: "a channel",
  aPrivateChannel: "a private channel",
  dmWith: (people: string) => (people === "" ? "their notes" : `the direct message with ${people}`),
  someone: "someone",
  roles: {
    owner: "an owner",
    admin: "an admin",
    member: "a member",
    guest: "a guest",
    manager: "a manager",
  },
  setting,
  themes: {
    all: "Everything",
    people: "People",
    devices: "Devices",
    channels: "Channels",
    keys: "Keys",
    workspace: "Workspace",
  },
  choose: "What to show",
  list: "Entries, newest first",
  entry: (n: string) => `Entry ${n}`,
  signedOn: (device: string) => `signed on device ${device}`,
  signedByCode: "signed with the recovery code",
  checked: "checked on this device",
  claimed: (when: string) => `${when}, by the signer’s clock`,
  void: (why: string) => `It changed nothing. ${why}`,
  hidden: (count: string, one: boolean, places: number) =>
    `${one ? "1 change" : `${count} changes`} in ${places === 1 ? "a private place" : "private places"} you are not in`,
  hiddenSays: "You see that they are there, so that nothing of yours can be hidden among them, and nothing more.",
  newSince: "New since you last looked",
  none: "Nothing of this kind has happened.",
  reading: "Reading the record…",
  more: "Show earlier entries",
  standing: (position: string) => `${position} entries, checked up to the newest on this device`,
  save: "Save as a file",
  saved: "Saved. The file holds every entry as it was signed.",
  dialog: {
    sentence: "Exactly what was signed, and how it is tied to everything before it.",
    what: "What it says",
    who: "Signed by",
    device: "On device",
    time: "Claimed time",
    position: "Position",
    counts: "Counts",
    yes: "yes, its signature and rights were checked on this device",
    no: (why: string) => `no. ${why}`,
    unseen: "This entry is not for you: only its place in the order is here.",
    hash: "Hash of the entry",
    head: "Hash of everything up to it",
    fields: "Fields",
    bytes: "Signed bytes",
    sig: "Signature",
    extra: "Second signature",
    copy: "Copy the bytes",
    size: (count: string) => `${count} bytes`,
  },
  history: {
    title: "Keys and devices",
  },
};
