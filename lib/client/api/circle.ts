// Recovery circles as screens see them: one's own, those one helps in, and getting back in by one (PROTOCOL D6).
import type { FaultCode } from "@/lib/base/faults.ts";
import type { AskId, MailboxId, UserId, WorkspaceId } from "@/lib/base/ids.ts";

/** gone: out of the workspace, or with new keys after all was lost; his part can't be had any more */
export type HelperItem = { readonly user: UserId; readonly state: "ready" | "gone" };

export type OwnCircle = {
  readonly threshold: number;
  readonly helpers: readonly HelperItem[];
  /** claimed time of the link that set it */
  readonly at: number;
  /** holds a code that is in force no more, or too few helpers are left: it opens nothing */
  readonly broken: boolean;
};

/** What a helper told everyone: somebody asked him to help a person back in. */
export type CircleAsk = {
  readonly by: UserId;
  readonly user: UserId;
  readonly ask: AskId;
  readonly at: number;
  readonly step: "asked" | "given";
};

/** A request that this device holds as a helper. */
export type HelpItem = {
  readonly ask: AskId;
  readonly user: UserId;
  readonly since: number;
  /** false until everybody could be told: the time has not begun */
  readonly begun: boolean;
  /** when the part can be given, by this device's clock */
  readonly due: number;
  readonly state: "waiting" | "ready" | "given" | "ended";
  /** by whom it ended: this helper, or a device of the person or his coming back */
  readonly why: "helper" | "owner" | null;
};

export type CircleView = {
  /** null: none was set */
  readonly mine: OwnCircle | null;
  /** those who may be helpers */
  readonly candidates: readonly UserId[];
  /** false for guests, and while the recovery code is not confirmed */
  readonly maySet: boolean;
  /** requests that helpers of mine were given and that go on: stop them unless they are mine */
  readonly asks: readonly CircleAsk[];
  /** the same about others, for everybody to ask them about */
  readonly others: readonly CircleAsk[];
  /** whose helper I am, with how many others */
  readonly helpOf: readonly { readonly user: UserId; readonly threshold: number; readonly helpers: number }[];
  readonly helping: readonly HelpItem[];
  /** a code was typed and checks out: for whom is still to be said */
  readonly found: boolean;
};

/** One code shown to one helper, and what came of it. */
export type AskItem = {
  readonly id: MailboxId;
  readonly phase: "showing" | "waiting" | "given" | "refused" | "failed";
  readonly code: string;
  /** until when the code can be typed */
  readonly expires: number;
  /** who took it, as he names himself; empty while nobody has */
  readonly helper: string;
  readonly person: string;
  readonly workspace: string;
  /** when his time is over, by this device's clock */
  readonly due: number;
  /** a helper said no, or a device of the person stopped it */
  readonly why: "helper" | "owner" | null;
  readonly fault: FaultCode | null;
};

export type RegainingView = {
  readonly asks: readonly AskItem[];
  /** good parts that are here, and how many it takes; 0 while no helper has answered */
  readonly have: number;
  readonly need: number;
  /** names of everyone in the circle, as helpers that agree tell them */
  readonly helpers: readonly string[];
};

export interface CircleCommands {
  /** sets or changes the circle, given the recovery code in force. Throws crypto/bad-words, recovery/not-in-force, circle/… */
  setCircle(input: { ws: WorkspaceId; words: string; helpers: readonly UserId[]; threshold: number }): Promise<void>;
  endCircle(input: { ws: WorkspaceId }): Promise<void>;
  /** the veto: every request that goes on about this person ends; the circle stays */
  stopAsks(input: { ws: WorkspaceId }): Promise<void>;
  /** helper: types the code that was read to him */
  inspectAsk(input: { ws: WorkspaceId; code: string }): Promise<void>;
  /** helper: it is this person, whose voice he knows; his time begins */
  acceptAsk(input: { ws: WorkspaceId; user: UserId }): Promise<void>;
  refuseAsk(input: { ws: WorkspaceId }): Promise<void>;
  /** helper: hands over his part, after his time. Throws circle/too-early, circle/stopped, circle/not-told, circle/withheld */
  givePart(input: { ws: WorkspaceId; ask: AskId }): Promise<void>;
  /** helper: does not help after all */
  endHelp(input: { ws: WorkspaceId; ask: AskId }): Promise<void>;
  /** one who lost everything: a code for one helper */
  startAsk(input: Record<string, never>): Promise<void>;
  /** looks now what came from helpers; it happens by itself, too */
  lookAsks(input: Record<string, never>): Promise<void>;
  dropAsk(input: { id: MailboxId }): Promise<void>;
  /** the recovery code out of the parts, for `inspectRecovery` and `recoverAccount`. Throws circle/too-few */
  openCircle(input: Record<string, never>): Promise<{ words: string }>;
  /** forgets every request of this browser */
  endAsks(input: Record<string, never>): Promise<void>;
}
