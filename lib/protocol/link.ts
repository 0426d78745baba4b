// Ledger links: the envelope, every type's body, the stub and the signed form (PROTOCOL section 3).
import { z } from "zod";
import type { Field } from "@/lib/base/encoding.ts";
import { parseBase64url } from "@/lib/base/encoding.ts";
import { Fault } from "@/lib/base/errors.ts";
import type { Id, WorkspaceId } from "@/lib/base/ids.ts";
import { parseCbor } from "./cbor.ts";
import { devicePublic, pukPublic, recoveryPublic, signedCard } from "./device.ts";
import {
  bytesOf,
  count,
  encodeValue,
  hash,
  id,
  kemKey,
  parseValue,
  positive,
  signature,
  signKey,
  structure,
  text,
} from "./fields.ts";
import { LIMITS, VERSION } from "./limits.ts";

export const ROLES = ["owner", "admin", "member", "guest"] as const;
export type Role = (typeof ROLES)[number];

const user = id<"user">();
const scope = id<"scope">();
const channel = id<"channel">();

export const workspacePolicy = z.strictObject({
  /** who may make `approval` invites besides admins */
  invites: z.enum(["admins", "members"]),
  /** who may create public channels */
  channels: z.enum(["members", "admins"]),
  minVersion: positive,
  minSuite: positive,
});
export type WorkspacePolicy = z.output<typeof workspacePolicy>;

export const scopePolicy = z.strictObject({
  /** who may add members besides managers */
  adds: z.enum(["managers", "members"]),
  post: z.enum(["all", "managers"]),
  retentionDays: positive.nullable(),
});
export type ScopePolicy = z.output<typeof scopePolicy>;

export const epochBody = z.strictObject({
  scope,
  epoch: positive,
  suite: positive,
  kc: hash,
  rcpt: hash,
  hist: z.enum(["chain", "cut"]),
});
export type EpochBody = z.output<typeof epochBody>;

/** kind → type → body. W workspace, U one user's chain, C one private scope's chain (L7). */
export const BODIES = {
  W: {
    ws_create: z.strictObject({ card: signedCard, policy: workspacePolicy, salt: bytesOf(16) }),
    member_add: z.strictObject({ card: signedCard, invite: id<"invite">(), inviteSig: signature }),
    member_join: z.strictObject({ card: signedCard, invite: id<"invite">() }),
    member_remove: z.strictObject({ user }),
    member_restore: z.strictObject({ user }),
    rekey: z.strictObject({ user, card: signedCard.nullable(), root: signKey.nullable() }),
    role_set: z.strictObject({ user, role: z.enum(ROLES) }),
    policy_set: workspacePolicy,
    release: z.strictObject({ version: text(40), fingerprint: hash }),
    invite_create: z.strictObject({
      invite: id<"invite">(),
      sign: signKey,
      box: hash,
      kem: kemKey.nullable(),
      mode: z.enum(["instant", "approval"]),
      role: z.enum(["member", "guest"]),
      maxUses: positive,
      expires: count,
    }),
    invite_close: z.strictObject({ invite: id<"invite">() }),
    channel_create: z.strictObject({ channel }),
    channel_archive: z.strictObject({ channel }),
    channel_policy: z.strictObject({ channel, post: z.enum(["all", "admins"]), retentionDays: positive.nullable() }),
    epoch: epochBody,
  },
  U: {
    device_add: z.strictObject({ device: devicePublic, pop: signature }),
    device_revoke: z.strictObject({ device: id<"device">(), puk: pukPublic }),
    root_renew: z.strictObject({ rik: signKey }),
    circle_set: z.strictObject({
      threshold: count,
      helpers: z.array(z.strictObject({ user, hash })).max(LIMITS.circleHelpers),
    }),
    user_reset: z.strictObject({
      /** pop null: a device that is the person's already, which need not prove again what the ledger has */
      devices: z
        .array(z.strictObject({ device: devicePublic, pop: signature.nullable() }))
        .min(1)
        .max(32),
      puk: pukPublic,
      recovery: recoveryPublic.nullable(),
    }),
    recovery_set: z.strictObject({ recovery: recoveryPublic }),
  },
  C: {
    scope_create: z.strictObject({
      kind: z.enum(["private", "dm"]),
      members: z.array(user).min(1).max(256),
      history: z.enum(["full", "since-join"]),
      policy: scopePolicy,
    }),
    scope_add: z.strictObject({ user }),
    scope_remove: z.strictObject({ user }),
    scope_role: z.strictObject({ user, role: z.enum(["manager", "member"]) }),
    scope_archive: z.strictObject({}),
    scope_policy: scopePolicy,
    scope_readmit: z.strictObject({ user }),
    epoch: epochBody,
  },
} as const;

export type LinkKind = keyof typeof BODIES;
type TypesOf<K extends LinkKind> = keyof (typeof BODIES)[K] & string;
type BodyOf<K extends LinkKind, T extends TypesOf<K>> = (typeof BODIES)[K][T] extends z.ZodType
  ? z.output<(typeof BODIES)[K][T]>
  : never;

/** kind, type and body of one link, as a discriminated union over (kind, type). */
export type LinkAct = {
  [K in LinkKind]: {
    [T in TypesOf<K>]: { readonly kind: K; readonly type: T; readonly body: BodyOf<K, T> };
  }[TypesOf<K>];
}[LinkKind];
export type LinkType = LinkAct["type"];

/** Chain of every W link. U chains have the user's id, C chains the scope's. */
export const WORKSPACE_CHAIN = "AAAAAAAAAAAAAAAAAAAAAA" as Id<"chain">;
export type ChainId = Id<"chain">;

/** The envelope around an act. `ws` is null and `prev` zero in genesis only (L6). `n` and `seq` count from 1. */
export type LinkFrame = {
  readonly ws: WorkspaceId | null;
  readonly n: number;
  readonly prev: Uint8Array;
  readonly chain: ChainId;
  readonly seq: number;
  readonly user: Id<"user">;
  /** the acting device; all zero for links signed by the RIK */
  readonly device: Id<"device">;
  /** claimed time, ms since 1970 */
  readonly ts: number;
};
export type Link = LinkFrame & LinkAct;

const envelope = z.strictObject({
  v: z.number().int(),
  ws: id<"workspace">(32).nullable(),
  n: positive,
  prev: hash,
  kind: z.string().max(4),
  chain: id<"chain">(),
  seq: positive,
  type: z.string().max(32),
  body: z.record(z.string(), z.unknown()),
  user,
  device: id<"device">(),
  ts: count,
});
const envelopeStructure = structure(envelope);

/** The schema of a body, or undefined for a kind or type this version does not know. */
export function bodySchema(kind: string, type: string): z.ZodType | undefined {
  if (!Object.hasOwn(BODIES, kind)) return undefined;
  const types: Record<string, z.ZodType> = BODIES[kind as LinkKind];
  return Object.hasOwn(types, type) ? types[type] : undefined;
}

/** The exact bytes to sign. */
export function encodeLink(link: Link): Uint8Array {
  const schema = bodySchema(link.kind, link.type);
  if (schema === undefined) throw new Fault("wire/unknown-type", { detail: link.type });
  return envelopeStructure.encode({
    ...link,
    v: VERSION,
    body: encodeValue(schema, link.body) as Record<string, unknown>,
  });
}

/** Parses link bytes. Throws wire/too-large, wire/bad-cbor, wire/bad-shape, wire/unknown-version, wire/unknown-type. */
export function parseLink(bytes: Uint8Array): Link {
  if (bytes.length > LIMITS.linkBytes) throw new Fault("wire/too-large");
  const outer = parseCbor(bytes);
  if (outer !== null && typeof outer === "object" && "v" in outer && outer.v !== VERSION)
    throw new Fault("wire/unknown-version");
  const { v: _, kind, type, body, ...frame } = parseValue(envelope, outer);
  const schema = bodySchema(kind, type);
  if (schema === undefined) throw new Fault("wire/unknown-type", { detail: `${kind} ${type}`.slice(0, 40) });
  return { ...frame, kind, type, body: parseValue(schema, body) } as Link;
}

/**
 * A link as it travels and lies in stores: exact bytes, the main signature, and for some types a second one.
 * `sig`: the acting device (context `link`), or the RIK (context `root`) for user_reset and recovery_set.
 * `extra`: member_join: the invite key (context `invite`); root_renew: the new RIK (context `root`); else null.
 */
export type SignedLink = { readonly bytes: Uint8Array; readonly sig: Uint8Array; readonly extra: Uint8Array | null };

/** What everybody stores of every link (L1): enough to compute the head, nothing of the body. */
export type Stub = {
  readonly kind: LinkKind;
  readonly chain: ChainId;
  readonly seq: number;
  readonly hash: Uint8Array;
};

/** Fields of L_n = H("ledger", L_{n−1}, n, kind, chain, seq, linkHash); linkHash = H("link", bytes, sig, extra). */
export function headFields(prev: Uint8Array, n: number, stub: Stub): Field[] {
  return [prev, n, stub.kind, parseBase64url(stub.chain) ?? new Uint8Array(), stub.seq, stub.hash];
}
