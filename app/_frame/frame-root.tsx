// Which page there is: coming in, the recovery code, or a workspace; decided by the session, the link and the address.
"use client";

import { type ComponentType, type ReactNode, useCallback, useEffect } from "react";
import { useClosedNotices } from "@/app/_engine/device/closed.ts";
import { useService } from "@/app/_engine/device/service.ts";
import { useIdleLock, useKeyNote } from "@/app/_engine/lock.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { JoinScreen } from "@/app/_enter/join-screen.tsx";
import { LandingScreen } from "@/app/_enter/landing-screen.tsx";
import { BareScreen } from "@/app/_enter/refused-screen.tsx";
import { leaveEntry, useEntry } from "@/app/_enter/secret-link.ts";
import { SetupScreen } from "@/app/_enter/setup-screen.tsx";
import type { Route } from "@/app/_frame/routing/route.ts";
import { go, useRoute } from "@/app/_frame/routing/use-route.ts";
import type { WorkspaceRoute } from "@/app/_frame/workspace/workspace-frame.tsx";
import { fetchTheRest, later } from "@/app/_ui/later.tsx";
import { MessagePage } from "@/app/_ui/pages/message-page.tsx";
import { allWords, useWords } from "@/app/_words/words.ts";
import type { WorkspaceId } from "@/lib/base/ids.ts";
import type { SessionView } from "@/lib/client/api.ts";

function Opening() {
  const words = useWords().enter;
  return <MessagePage sentence={words.opening} />;
}

/** A first visit needs the screens of coming in alone, and their words; what is behind them comes meanwhile. */
function inner<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => ReactNode {
  const whole = async () => (await Promise.all([load(), allWords()]))[0];
  return later(whole, <Opening />);
}

const Workspace = inner(async () => (await import("@/app/_frame/workspace/workspace.tsx")).Workspace);
const LockScreen = inner(async () => (await import("@/app/_enter/lock/lock-screen.tsx")).LockScreen);
const KeysGoneScreen = inner(async () => (await import("@/app/_enter/lock/ways-back.tsx")).KeysGoneScreen);
const RecoverScreen = inner(async () => (await import("@/app/_enter/recovery/recover-screen.tsx")).RecoverScreen);
const RecoveryFlow = inner(async () => (await import("@/app/_enter/recovery/recovery-flow.tsx")).RecoveryFlow);
const WaitingScreen = inner(async () => (await import("@/app/_enter/waiting-screen.tsx")).WaitingScreen);

/** The account the address names, else the first one. */
function accountOf(session: SessionView, route: Route): WorkspaceId | undefined {
  const named = session.accounts.find((one) => "ws" in route && one.ws === route.ws);
  return (named ?? session.accounts[0])?.ws;
}

function Account({ ws, route }: { ws: WorkspaceId; route: Route }) {
  const view = useTopic(`workspace:${ws}`);
  const home = useCallback(() => go({ t: "home", ws, list: "all" }), [ws]);
  const elsewhere = !("ws" in route) || route.ws !== ws;
  useEffect(() => {
    if (elsewhere) go({ t: "home", ws, list: "all" }, { replace: true });
  }, [elsewhere, ws]);
  if (view === undefined || elsewhere) return <Opening />;
  const owed = view.founder && !view.recoveryConfirmed;
  if (owed || route.t === "recovery")
    return (
      <RecoveryFlow ws={ws} workspace={view.name} founder={owed} confirmed={view.recoveryConfirmed} onLeave={home} />
    );
  return <Workspace key={ws} view={view} route={route satisfies WorkspaceRoute} />;
}

/** Everything inside the engine's provider. */
export function FrameRoot() {
  const session = useTopic("session");
  const waits = useTopic("joining")?.waits ?? [];
  const route = useRoute();
  useKeyNote(session);
  useClosedNotices(session);
  useService();
  useIdleLock();
  const entry = useEntry();
  const enter = useCallback((ws: WorkspaceId) => {
    leaveEntry();
    go({ t: "home", ws, list: "all" }, { replace: true });
  }, []);
  const back = useCallback(
    (ws: WorkspaceId, unwritten: boolean) => {
      enter(ws);
      // The code came out of a circle: it is shown at once, to be written down.
      if (unwritten) go({ t: "recovery", ws }, { replace: true });
    },
    [enter],
  );
  const ready = session?.phase === "ready";
  const outside = session !== undefined && session.phase !== "starting" && !ready;
  useEffect(() => {
    if (outside) void fetchTheRest();
  }, [outside]);
  const stale = ready && entry !== null && entry.fragment === null;
  useEffect(() => {
    if (!stale) return;
    leaveEntry();
    go({ t: "root" }, { replace: true });
  }, [stale]);
  if (session === undefined || session.phase === "starting") return <Opening />;
  if (route.t === "recover")
    return <RecoverScreen onDone={back} onLeave={() => go({ t: "root" }, { replace: true })} />;
  // What is kept here comes before any link: a link never makes somebody new where somebody was (A5).
  if (session.phase === "locked") return <LockScreen />;
  if (session.phase === "keys-gone") return <KeysGoneScreen />;
  if (entry !== null && entry.fragment !== null) {
    const Screen = entry.kind === "setup" ? SetupScreen : JoinScreen;
    return <Screen key={entry.fragment} fragment={entry.fragment} onDone={enter} />;
  }
  const ws = accountOf(session, route);
  const wait = waits.find((one) => route.t !== "root" && one.ws === route.ws) ?? (ready ? undefined : waits[0]);
  if (wait !== undefined) return <WaitingScreen wait={wait} onGone={() => go({ t: "root" }, { replace: true })} />;
  if (!ready || ws === undefined) return entry === null ? <LandingScreen /> : <BareScreen kind={entry.kind} />;
  return <Account key={ws} ws={ws} route={route} />;
}
