// The second decoder's structures: cards, links, event headers, contents, invite boxes (docs/PROTOCOL.md).
import { refuse } from "./bytes.ts";
import type { Value } from "./cbor.ts";
import { decode } from "./cbor.ts";
import type { Shape } from "./shape.ts";
import { anyMap, bool, bytes, bytesUpTo, exactly, int, list, map, maybe, oneOf, orNull, string } from "./shape.ts";

const id = bytes(16);
const ws = bytes(32);
const hash = bytes(32);
const signKey = bytes(32);
const sig = bytes(64);
const kem = bytes(1216);
const time = int();

const device = map({ sign: signKey, kem });
const puk = map({ gen: int(1), pk: kem });
const recovery = map({ gen: int(1), auth: signKey, kem });

export const card = map({
  v: exactly(1),
  ws: orNull(ws),
  user: id,
  rik: signKey,
  device,
  puk,
  recovery: orNull(recovery),
  ts: time,
});
const signedCard = map({ card: bytesUpTo(8192), rikSig: sig, popSig: sig });

const workspacePolicy = map({
  invites: oneOf("admins", "members"),
  channels: oneOf("members", "admins"),
  minVersion: int(1),
  minSuite: int(1),
});
const scopePolicy = map({
  adds: oneOf("managers", "members"),
  post: oneOf("all", "managers"),
  retentionDays: orNull(int(1)),
});
const epoch = map({ scope: id, epoch: int(1), suite: int(1), kc: hash, rcpt: hash, hist: oneOf("chain", "cut") });
const poppedDevice = map({ device, pop: sig });

const BODIES: { readonly [kindAndType: string]: Shape } = {
  "W ws_create": map({ card: signedCard, policy: workspacePolicy, salt: bytes(16) }),
  "W member_add": map({ card: signedCard, invite: id, inviteSig: sig }),
  "W member_join": map({ card: signedCard, invite: id }),
  "W member_remove": map({ user: id }),
  "W member_restore": map({ user: id }),
  "W rekey": map({ user: id, card: orNull(signedCard), root: orNull(signKey) }),
  "W role_set": map({ user: id, role: oneOf("owner", "admin", "member", "guest") }),
  "W policy_set": workspacePolicy,
  "W release": map({ version: string(40), fingerprint: hash }),
  "W invite_create": map({
    invite: id,
    sign: signKey,
    box: hash,
    kem: orNull(kem),
    mode: oneOf("instant", "approval"),
    role: oneOf("member", "guest"),
    maxUses: int(1),
    expires: time,
  }),
  "W invite_close": map({ invite: id }),
  "W channel_create": map({ channel: id }),
  "W channel_archive": map({ channel: id }),
  "W channel_policy": map({ channel: id, post: oneOf("all", "admins"), retentionDays: orNull(int(1)) }),
  "W epoch": epoch,
  "U device_add": poppedDevice,
  "U device_revoke": map({ device: id, puk }),
  "U root_renew": map({ rik: signKey }),
  "U circle_set": map({ threshold: int(), helpers: list(map({ user: id, hash }), 7) }),
  "U user_reset": map({ devices: list(poppedDevice, 32, 1), puk, recovery: orNull(recovery) }),
  "U recovery_set": map({ recovery }),
  "C scope_create": map({
    kind: oneOf("private", "dm"),
    members: list(id, 256, 1),
    history: oneOf("full", "since-join"),
    policy: scopePolicy,
  }),
  "C scope_add": map({ user: id }),
  "C scope_remove": map({ user: id }),
  "C scope_role": map({ user: id, role: oneOf("manager", "member") }),
  "C scope_archive": map({}),
  "C scope_policy": scopePolicy,
  "C scope_readmit": map({ user: id }),
  "C epoch": epoch,
};

const envelope = map({
  v: exactly(1),
  ws: orNull(ws),
  n: int(1),
  prev: hash,
  kind: string(4),
  chain: id,
  seq: int(1),
  type: string(32),
  body: anyMap,
  user: id,
  device: id,
  ts: time,
});

export type Fields = { [key: string]: Value };

/** A link's fields, if version, kind, type and every field are known. */
export function readLink(raw: Uint8Array): Fields {
  if (raw.length > 65_536) refuse("link too large");
  const link = decode(raw);
  envelope(link, "link");
  const fields = link as Fields;
  const body = BODIES[`${String(fields.kind)} ${String(fields.type)}`] ?? refuse("unknown type");
  body(fields.body as Value, "body");
  return fields;
}

export const header = map({
  v: exactly(1),
  class: oneOf("stored", "ephemeral"),
  ws,
  channel: id,
  epoch: int(),
  user: id,
  device: id,
  session: id,
  seq: int(),
  id,
});
export const references = list(map({ id, epoch: int(), hash }), 3);

const thumbnail = map({
  type: oneOf("image/webp", "image/jpeg", "image/png"),
  width: int(1, 4096),
  height: int(1, 4096),
  bytes: bytesUpTo(98_304),
});
const file = map({
  blob: id,
  key: bytes(32),
  size: int(0, 4_294_967_296),
  name: string(255),
  type: string(127),
  segments: list(hash, 600, 1),
  width: orNull(int(1)),
  height: orNull(int(1)),
  thumbnail: orNull(thumbnail),
});
const target = map({ id, hash });
const words = string(100_000);
const mentions = list(id, 200);
const yes: Shape = (value, path) => {
  if (value !== true) refuse(`shape: ${path}`);
};
const emojiName: Shape = (value, path) => {
  if (typeof value !== "string" || !/^[a-z0-9][a-z0-9_-]{0,31}$/.test(value)) refuse(`shape: ${path}`);
};
const quote = map({ channel: id, id, hash, user: id, at: int(), text: words });
const rev = int();

const CONTENTS: { readonly [kind: string]: { readonly [field: string]: Shape } } = {
  message: { text: words, thread: orNull(id), mentions, files: int(), also: maybe(yes), quote: maybe(quote) },
  file: { of: id, index: int(), file, voice: maybe(map({ ms: int(1, 3_600_000), peaks: bytesUpTo(128) })) },
  edit: { target, rev, text: words, mentions },
  delete: { target },
  reaction: { target, rev, emoji: string(64), on: bool },
  channel: { channel: id, rev, name: string(120), topic: string(500) },
  workspace: { rev, name: string(120), icon: orNull(thumbnail) },
  profile: {
    rev,
    name: string(120),
    title: string(120),
    avatar: orNull(thumbnail),
    pronouns: maybe(string(40)),
    zone: maybe(string(64)),
  },
  marker: { channel: id, rev, pos: int(), at: orNull(id) },
  draft: { channel: id, rev, text: words, thread: maybe(id) },
  setting: { key: string(64), rev, value: string(4096) },
  invite: { invite: id, rev, label: string(120), secret: orNull(bytes(32)) },
  typing: { on: bool },
  presence: { state: oneOf("active", "away") },
  verified: { user: id, rev, rik: bytes(32), how: oneOf("qr", "number", "accepted"), at: int() },
  vouch: { user: id, rev, rik: bytes(32), as: bytes(32), on: bool },
  circle: { user: id, rev, ask: id, n: int(), step: oneOf("asked", "given", "ended"), at: int() },
  poll: { thread: orNull(id), question: string(500), options: list(string(200), 12, 2), many: bool },
  unsent: { of: id, index: int() },
  vote: { target, rev, choices: list(int(), 12) },
  pollend: { target, rev, on: bool },
  pin: { channel: id, target, rev, on: bool },
  about: { channel: id, rev, text: string(2000) },
  bookmark: { channel: id, item: id, rev, title: string(120), url: string(2000), place: int(), on: bool },
  emoji: { name: emojiName, rev, picture: orNull(thumbnail) },
  status: { rev, emoji: string(64), text: string(120), until: orNull(int()) },
  thread: { channel: id, root: id, rev, pos: int(), follow: oneOf("auto", "on", "off") },
  later: {
    item: id,
    rev,
    channel: orNull(id),
    event: orNull(id),
    text: string(4000),
    at: orNull(int()),
    state: oneOf("open", "done", "gone"),
  },
  scheduled: {
    event: id,
    rev,
    channel: id,
    thread: orNull(id),
    text: words,
    at: int(),
    state: oneOf("waiting", "sent", "gone"),
  },
  index: {
    rev,
    at: int(),
    rows: int(),
    blob: id,
    key: bytes(32),
    size: int(0, 67_108_864),
    segments: list(hash, 8, 1),
  },
};

/** A content's fields, if its kind and every field are known. */
export function readContent(raw: Uint8Array): Value {
  const content = decode(raw);
  anyMap(content, "content");
  const kind = (content as Fields).k;
  if (typeof kind !== "string" || !Object.hasOwn(CONTENTS, kind)) return refuse("unknown content");
  map({ k: exactly(kind), ...CONTENTS[kind] })(content, "content");
  return content;
}

export const inviteBox = map({
  workspace: string(120),
  inviter: string(120),
  inviterId: id,
  inviterRik: signKey,
  ws,
  n: int(),
  head: hash,
  fingerprint: orNull(hash),
});

const verifyCode = map({
  ws: bytes(32),
  by: id,
  own: bytes(32),
  to: id,
  theirs: bytes(32),
  n: int(),
  head: bytes(32),
});

/** The fields of a code that people scan of each other. */
export function readVerifyCode(raw: Uint8Array): Fields {
  const code = decode(raw);
  verifyCode(code, "code");
  return code as Fields;
}
