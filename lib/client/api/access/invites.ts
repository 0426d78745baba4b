// What screens see of invites: those one made, and one that is being looked at before joining (PROTOCOL I1, I2).
import type { InviteId, UserId } from "@/lib/base/ids.ts";
import type { Role } from "@/lib/protocol/link.ts";

export type InviteItem = {
  readonly id: InviteId;
  readonly label: string;
  readonly by: UserId;
  readonly mode: "instant" | "approval";
  readonly createdAt: number;
  readonly expires: number;
  readonly uses: number;
  readonly maxUses: number;
  readonly state: "open" | "used" | "expired" | "closed";
  /** the link, where this person made it on this account */
  readonly link: string | null;
  readonly joined: readonly UserId[];
};
export type InvitesView = { readonly invites: readonly InviteItem[] };

export type InvitePreview = {
  readonly workspace: string;
  readonly inviter: string;
  readonly role: Role;
  readonly singleUse: boolean;
  readonly expires: number;
  readonly mode: "instant" | "approval";
  /** for one who was here and lost everything: he comes back as the person he was (D7) */
  readonly returning: boolean;
};
