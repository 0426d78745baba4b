// Vectors of the ways in: invites, the recovery code, logins.
import { parseBase64url, toBase64url } from "@/lib/base/encoding.ts";
import { idBytes, mintId } from "@/lib/base/ids.ts";
import { mintDevice, mintIdentity } from "@/lib/crypto/identity.ts";
import { inviteLink, mintInvite, sealInviteBox } from "@/lib/crypto/invite.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { signKeyRequest, signLogin } from "@/lib/crypto/login.ts";
import { boxRoot, mintRecoveryCode, recoveryKeys, wordsOf } from "@/lib/crypto/recovery.ts";
import { box, inviteBoxAd } from "@/lib/crypto/seal.ts";
import {
  formatInviteFragment,
  formatReturnFragment,
  formatSetupFragment,
  inviteBoxStructure,
} from "@/lib/protocol/invite.ts";
import { hex } from "@/tests/vectors/format.ts";
import type { Maker } from "./maker.ts";
import { flip, some } from "./maker.ts";

const ct = (row: { readonly ct: string }) => parseBase64url(row.ct) ?? new Uint8Array();

function makeFragments(maker: Maker): void {
  const [invite, secret] = [some(16), some(32)];
  const [i, s] = [toBase64url(invite), toBase64url(secret)];
  const good = formatInviteFragment({ invite: mintId<"invite">(invite), secret });
  maker.add("fragment", "as it should be", { fragment: good }, { invite: hex(invite), secret: hex(secret) });
  maker.add("fragment", "without the #", { fragment: good.slice(1) });
  maker.add("fragment", "with blanks around", { fragment: ` ${good}\n` });
  const bad = (name: string, fragment: string, code = "wire/bad-invite-link") =>
    maker.refuse("fragment", name, { fragment }, code);
  bad("empty", "");
  bad("cut", good.slice(0, -1));
  bad("no secret", `#v1.${i}`);
  bad("one part too many", `${good}.x`);
  bad("a short id", `#v1.${i.slice(2)}.${s}`);
  bad("another prefix", `#x1.${i}.${s}`);
  bad("a later version", `#v2.${i}.${s}`, "wire/unknown-version");
  const token = some(32);
  maker.add("setup", "as it should be", { fragment: formatSetupFragment(token) }, hex(token));
  maker.refuse("setup", "cut", { fragment: formatSetupFragment(token).slice(0, -2) }, "wire/bad-setup-link");
  maker.refuse("setup", "an invite link", { fragment: good }, "wire/bad-setup-link");
}

export function makeInvite(maker: Maker): void {
  makeFragments(maker);
  const anna = mintIdentity();
  const ws = mintId<"workspace">(some(32));
  for (const mode of ["instant", "approval"] as const) {
    const invite = mintInvite(ws, anna.rik.pk, mode);
    maker.add("keys", mode, { secret: exposeSecret(invite.secret), ws: idBytes(ws), rik: anna.rik.pk, mode });
    const content = {
      workspace: "Quarry",
      inviter: "Anna",
      inviterId: anna.user,
      inviterRik: anna.rik.pk,
      ws,
      n: 12,
      head: some(32),
      fingerprint: mode === "instant" ? some(32) : null,
    };
    const fragment = formatInviteFragment(inviteLink(invite));
    const sealed = ct(sealInviteBox(invite, content));
    maker.add("open", mode, { fragment, box: sealed });
    const bad = (name: string, bytes: Uint8Array, code: string, link = fragment) =>
      maker.refuse("open", `${mode}, ${name}`, { fragment: link, box: bytes }, code);
    const swapped = "proof/invite-swapped";
    bad("another inviter", ct(sealInviteBox(invite, { ...content, inviterRik: mintIdentity().rik.pk })), swapped);
    bad("another workspace", ct(sealInviteBox(invite, { ...content, ws: mintId(some(32)) })), swapped);
    bad("a byte changed", flip(sealed, 60), "crypto/cannot-open");
    bad("another secret", sealed, "crypto/cannot-open", formatInviteFragment({ invite: invite.id, secret: some(32) }));
    const odd = (bytes: Uint8Array) => box(exposeSecret(invite.keys.box), inviteBoxAd(invite.id), bytes);
    bad("a byte after its end", odd(new Uint8Array([...inviteBoxStructure.encode(content), 0])), "wire/bad-cbor");
    bad("null inside", odd(new Uint8Array([246])), "wire/bad-shape");
  }
}

export function makeRecovery(maker: Maker): void {
  const code = mintRecoveryCode();
  const words = wordsOf(code);
  maker.add("words", "a code", { words: words.join(" ") });
  maker.add("words", "with capitals, numbers and line ends", {
    words: words.map((word, i) => `${i + 1}. ${word.toUpperCase()}`).join("\n"),
  });
  maker.add("words", "all zero, as BIP39 publishes it", { words: `${"abandon ".repeat(23)}art` });
  maker.add("words", "all ones, as BIP39 publishes it", { words: `${"zoo ".repeat(23)}vote` });
  const bad = (name: string, list: readonly string[], why: string) =>
    maker.refuse("words", name, { words: list.join(" ") }, why);
  bad("a foreign word", words.with(4, "tacit"), "crypto/bad-words");
  bad("23 words", words.slice(1), "crypto/bad-words");
  bad("25 words", [...words, "zoo"], "crypto/bad-words");
  bad("no words", [], "crypto/bad-words");
  bad("another known word", words.with(4, words[4] === "zoo" ? "abandon" : "zoo"), "crypto/bad-checksum");
  const anna = mintIdentity();
  const name = { ws: mintId<"workspace">(some(32)), user: anna.user, gen: 2 };
  const keys = recoveryKeys(code, name.ws, 2);
  maker.add("keys", "in a workspace", { code: exposeSecret(code), ws: idBytes(name.ws) });
  maker.add("keys", "the same code in another workspace", { code: exposeSecret(code), ws: some(32) });
  const raw = { ws: idBytes(name.ws), user: idBytes(name.user), gen: 2, code: exposeSecret(code), rik: anna.rik.pk };
  const root = { ...raw, ct: ct(boxRoot(name, keys, anna.rik.seed)) };
  maker.add("root", "as it should be", root, hex(exposeSecret(anna.rik.seed)));
  maker.refuse("root", "another code", { ...root, code: some(32) }, "crypto/cannot-open");
  maker.refuse(
    "root",
    "the box of generation 1",
    { ...root, ct: ct(boxRoot({ ...name, gen: 1 }, keys, anna.rik.seed)) },
    "crypto/cannot-open",
  );
  maker.refuse("root", "another person's box", { ...root, user: some(16) }, "crypto/cannot-open");
  maker.refuse(
    "root",
    "another root inside",
    { ...root, ct: ct(boxRoot(name, keys, mintIdentity().rik.seed)) },
    "crypto/bad-commitment",
  );
}

export function makeLogin(maker: Maker): void {
  const device = mintDevice();
  const pk = device.public.sign;
  const common = {
    origin: "https://chat.example.org",
    challenge: some(32),
    nonce: some(16),
    expires: 1_760_000_060_000,
  };
  const [ws, id] = [mintId<"workspace">(some(32)), mintId<"login">(some(16))];
  for (const as of ["device", "invite", "recovery"] as const) {
    const sig = signLogin({ ...common, as, ws, id }, device.secrets.sign);
    maker.add("login", as, { ...common, as, ws: idBytes(ws), id: idBytes(id), pk, sig });
  }
  const outside = signLogin({ ...common, as: "device", ws: null, id }, device.secrets.sign);
  maker.add("login", "without a workspace", { ...common, as: "device", ws: null, id: idBytes(id), pk, sig: outside });
  const sig = signLogin({ ...common, as: "device", ws, id }, device.secrets.sign);
  const raw = { ...common, as: "device", ws: idBytes(ws), id: idBytes(id), pk, sig };
  const bad = (name: string, change: Partial<Omit<typeof raw, "ws">> & { ws?: Uint8Array | null }) =>
    maker.refuse("login", name, { ...raw, ...change }, "proof/bad-signature");
  bad("for another origin", { origin: "https://chat.example.org:8443" });
  bad("for another challenge", { challenge: some(32) });
  bad("with another nonce", { nonce: some(16) });
  bad("for another workspace", { ws: some(32) });
  bad("for no workspace", { ws: null });
  bad("with a later expiry", { expires: common.expires + 1 });
  bad("in another role", { as: "recovery" });
  const plea = {
    ws,
    scope: mintId<"scope">(some(16)),
    epoch: 3,
    user: mintId<"user">(some(16)),
    device: device.id,
    at: 1_760_000_000_000,
  };
  const request = {
    ws: idBytes(ws),
    scope: idBytes(plea.scope),
    epoch: 3,
    user: idBytes(plea.user),
    device: idBytes(plea.device),
    at: plea.at,
    pk,
    sig: signKeyRequest(plea, device.secrets.sign),
  };
  maker.add("request", "as it should be", request);
  maker.refuse("request", "for another epoch", { ...request, epoch: 4 }, "proof/bad-signature");
  maker.refuse("request", "at another time", { ...request, at: plea.at + 1 }, "proof/bad-signature");
}

/** Coming back: return links, and the digits of a new root key (D7). */
export function makeReturn(maker: Maker): void {
  const [invite, secret, user] = [some(16), some(32), some(16)];
  const [i, s, u] = [toBase64url(invite), toBase64url(secret), toBase64url(user)];
  const link = { invite: mintId<"invite">(invite), secret };
  const good = formatReturnFragment(link, mintId<"user">(user));
  const says = { invite: hex(invite), secret: hex(secret), user: hex(user) };
  maker.add("fragment", "as it should be", { fragment: good }, says);
  maker.add("fragment", "without the #", { fragment: good.slice(1) }, says);
  const bad = (name: string, fragment: string) => maker.refuse("fragment", name, { fragment }, "wire/bad-invite-link");
  bad("nobody named", `#r1.${i}.${s}`);
  bad("a short person", `#r1.${i}.${s}.${u.slice(2)}`);
  bad("a short secret", `#r1.${i}.${s.slice(2)}.${u}`);
  bad("one part too many", `${good}.x`);
  bad("an invite link", formatInviteFragment(link));
  maker.add("check", "of a root key to come", { ws: some(32), user, before: some(32), after: some(32) });
}
