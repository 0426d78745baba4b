// Invites: everything follows from the secret, and the link leads where its maker meant (I1, I2, MS-31).
import { beforeAll, describe, expect, test } from "vitest";
import { toBase64url } from "@/lib/base/encoding.ts";
import type { Id } from "@/lib/base/ids.ts";
import { mintId } from "@/lib/base/ids.ts";
import { commitEpoch, mintEpochKey, openEpochSeal, sealEpochKey } from "@/lib/crypto/epoch.ts";
import { mintIdentity } from "@/lib/crypto/identity.ts";
import { inviteLink, inviteOf, mintInvite, openInvite, sealInviteBox } from "@/lib/crypto/invite.ts";
import { exposeSecret } from "@/lib/crypto/keys.ts";
import { randomBytes } from "@/lib/crypto/random.ts";
import { box, inviteBoxAd } from "@/lib/crypto/seal.ts";
import { cryptoReady } from "@/lib/crypto/sodium.ts";
import { fromJson } from "@/lib/protocol/fields.ts";
import type { InviteBox } from "@/lib/protocol/invite.ts";
import { formatInviteFragment, inviteBoxStructure, parseInviteFragment } from "@/lib/protocol/invite.ts";
import { boxSchema } from "@/lib/protocol/room.ts";

const id = <K extends string>(length = 16): Id<K> => mintId<K>(randomBytes(length));

beforeAll(cryptoReady);

function scene(mode: "instant" | "approval" = "instant") {
  const anna = mintIdentity();
  const ws = id<"workspace">(32);
  const invite = mintInvite(ws, anna.rik.pk, mode);
  const content: InviteBox = {
    workspace: "Quarry",
    inviter: "Anna",
    inviterId: anna.user,
    inviterRik: anna.rik.pk,
    ws,
    n: 3,
    head: randomBytes(32),
    fingerprint: null,
  };
  return { anna, ws, invite, content, link: inviteLink(invite), row: sealInviteBox(invite, content) };
}

describe("I1 invites", () => {
  test("I1 the holder of a link learns workspace and inviter, and which kind of invite it is", () => {
    for (const mode of ["instant", "approval"] as const) {
      const { invite, content, link, row } = scene(mode);
      expect(boxSchema.parse(row)).toEqual(row);
      const opened = openInvite(parseInviteFragment(formatInviteFragment(link)), row.ct);
      expect(opened).toMatchObject({ mode, box: content, invite: { id: invite.id, public: invite.public } });
      expect(invite.public.kem === null).toBe(mode === "approval");
    }
  });

  test("I1 the same secret makes the same invite again; another inviter or workspace another id", () => {
    const { invite, ws, anna } = scene();
    expect(inviteOf(invite.secret, ws, anna.rik.pk, "instant").id).toBe(invite.id);
    expect(inviteOf(invite.secret, ws, anna.rik.pk, "approval").id).not.toBe(invite.id);
    expect(inviteOf(invite.secret, ws, mintIdentity().rik.pk, "instant").id).not.toBe(invite.id);
    expect(inviteOf(invite.secret, id(32), anna.rik.pk, "instant").id).not.toBe(invite.id);
  });

  test("I1 MS-31 another holder of the link cannot, with the server, lead the joiner elsewhere", () => {
    const { invite, content, link } = scene();
    const mallory = mintIdentity();
    const swaps: Partial<InviteBox>[] = [
      { inviterRik: mallory.rik.pk },
      { ws: id(32) },
      { inviterRik: mallory.rik.pk, ws: id(32), inviterId: mallory.user },
    ];
    for (const swap of swaps) {
      const forged = sealInviteBox(invite, { ...content, ...swap });
      expect(openInvite(link, forged.ct)).toBe("proof/invite-swapped");
    }
  });

  test("I1 a box of another invite, an altered one and one without shape are refused by name", () => {
    const { invite, link, row } = scene();
    expect(openInvite(link, scene().row.ct)).toBe("crypto/cannot-open");
    expect(openInvite({ ...link, secret: randomBytes(32) }, row.ct)).toBe("crypto/cannot-open");
    expect(openInvite({ ...link, invite: id() }, row.ct)).toBe("crypto/cannot-open");
    const bytes = fromJson(row.ct);
    const altered = bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
    expect(openInvite(link, toBase64url(altered))).toBe("crypto/cannot-open");
    const key = exposeSecret(invite.keys.box);
    expect(openInvite(link, toBase64url(box(key, inviteBoxAd(invite.id), new Uint8Array([246]))))).toBe(
      "wire/bad-shape",
    );
    const extended = new Uint8Array([...inviteBoxStructure.encode(scene().content), 0]);
    expect(openInvite(link, toBase64url(box(key, inviteBoxAd(invite.id), extended)))).toBe("wire/bad-cbor");
  });

  test("I2 an instant invite's holder opens the epoch key sealed to it, nobody else", () => {
    const { invite, ws } = scene();
    const ek = mintEpochKey();
    const name = { ws, scope: id<"scope">(), epoch: 1 };
    const to = { to: "invite", id: invite.id, gen: 0 } as const;
    const row = sealEpochKey(name, ek, { ...to, pk: invite.public.kem ?? new Uint8Array() });
    const committed = { ...name, kc: commitEpoch(name, ek) };
    const opened = openEpochSeal(committed, row, { ...to, seed: invite.keys.kem });
    expect(typeof opened === "string" ? opened : exposeSecret(opened)).toEqual(exposeSecret(ek));
    expect(openEpochSeal(committed, row, { ...to, seed: scene().invite.keys.kem })).toBe("crypto/cannot-open");
  });
});
