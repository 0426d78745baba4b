// Notifications of this device from React: shown by the tab that leads, taken away when read, and what was chosen here.
"use client";

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { parseBase64url } from "@/lib/base/encoding.ts";
import type { ChannelId, WorkspaceId } from "@/lib/base/ids.ts";
import type { Alert, AlertsView } from "@/lib/client/api/live/notify.ts";
import {
  type DeviceNotify,
  readDevice,
  showsHere,
  subscribeHere,
  turnOff,
  turnOn,
} from "@/lib/platform/browser/service/device.ts";
import { keepWords, type ServiceWords } from "@/lib/platform/browser/service/kept.ts";
import { isLookedAt, lookAt } from "@/lib/platform/browser/service/looking.ts";
import { closeNotices, noticeTag, showNotice } from "@/lib/platform/browser/service/notice.ts";
import { leading } from "@/lib/platform/browser/tab.ts";

const listeners = new Set<() => void>();
let device: DeviceNotify | undefined;

function changed(): void {
  device = readDevice();
  for (const listener of listeners) listener();
}
function follow(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function snapshot(): DeviceNotify {
  device ??= readDevice();
  return device;
}

/** What this browser allows and what was chosen in it. */
export function useDevice(): DeviceNotify {
  return useSyncExternalStore(follow, snapshot, snapshot);
}

/** Turns notifications on or off here, and wake-ups for these accounts with them. */
export function useDeviceSwitch(accounts: readonly WorkspaceId[]): (on: boolean) => Promise<void> {
  const engine = useEngine();
  return useCallback(
    async (on: boolean) => {
      if (on && (await turnOn())) await subscribeAll(engine, accounts);
      if (!on) {
        for (const ws of accounts) await engine.pushTo({ ws, target: null }).catch(() => undefined);
        await turnOff();
      }
      changed();
    },
    [engine, accounts],
  );
}

type Engine = ReturnType<typeof useEngine>;

async function subscribeAll(engine: Engine, accounts: readonly WorkspaceId[]): Promise<void> {
  for (const ws of accounts) {
    try {
      const key = parseBase64url((await engine.pushKey({ ws })).key);
      const target = key === undefined ? undefined : await subscribeHere(key);
      if (target !== undefined) await engine.pushTo({ ws, target });
    } catch {
      // offline: the next start says it again
    }
  }
}

/** Where notifications are on, every account of this profile is told where to wake it, once a start. */
export function useWakeUps(accounts: readonly WorkspaceId[], words: ServiceWords): void {
  const engine = useEngine();
  const names = accounts.join(" ");
  useEffect(() => {
    if (names !== "" && showsHere()) void subscribeAll(engine, names.split(" ") as WorkspaceId[]);
  }, [engine, names]);
  useEffect(() => {
    keepWords(words).catch(() => undefined);
  }, [words]);
}

/** True in the tab that speaks for all. */
export function useLeading(): boolean {
  const [leads, setLeads] = useState(false);
  useEffect(() => {
    let here = true;
    void leading.then(() => here && setLeads(true));
    return () => {
      here = false;
    };
  }, []);
  return leads;
}

/** Says that this channel is looked at in this tab. */
export function useLooking(ws: WorkspaceId, channel: ChannelId | null): void {
  useEffect(() => (channel === null ? undefined : lookAt(ws, channel)), [ws, channel]);
}

export type Said = { readonly title: string; readonly body: string };

/** What was shown in this tab of an account, over all screens: none is shown anew when one comes back to it. */
const shownHere = new Map<WorkspaceId, { readonly ids: Set<string>; readonly tags: Set<string> }>();

function saidOf(ws: WorkspaceId) {
  const known = shownHere.get(ws) ?? { ids: new Set<string>(), tags: new Set<string>() };
  shownHere.set(ws, known);
  return known;
}

/**
 * Shows what is new: as a notification where that is on, else by `told`. What somebody looks at is not shown; what was
 * read is taken away again.
 */
export function useShowAlerts(
  ws: WorkspaceId,
  view: AlertsView | undefined,
  say: (alert: Alert) => Said,
  told: (alert: Alert, said: Said) => void,
): void {
  const said = saidOf(ws);
  const now = useRef({ say, told });
  now.current = { say, told };
  useEffect(() => {
    if (view === undefined) return;
    const fresh = view.alerts.filter(({ id }) => !said.ids.has(id));
    for (const { id } of fresh) said.ids.add(id);
    const open = new Set(view.alerts.map(({ channel }) => noticeTag(ws, channel)));
    const read = [...said.tags].filter((tag) => !open.has(tag));
    for (const alert of fresh) said.tags.add(noticeTag(ws, alert.channel));
    for (const tag of read) said.tags.delete(tag);
    const work = async () => {
      const registration = await navigator.serviceWorker?.getRegistration();
      if (registration !== undefined) for (const tag of read) await closeNotices(registration, tag);
      for (const alert of fresh) {
        if (await isLookedAt(ws, alert.channel)) continue;
        const words = now.current.say(alert);
        if (registration === undefined || !showsHere()) {
          now.current.told(alert, words);
          continue;
        }
        const href = `#/w/${ws}/c/${alert.channel}/at/${alert.id}`;
        await showNotice(registration, { tag: noticeTag(ws, alert.channel), ...words, href, sound: view.sound });
      }
    };
    work().catch(() => undefined);
  }, [ws, view, said]);
}

/** Goes where a clicked notification leads. */
export function useOpened(open: (href: string) => void): void {
  useEffect(() => {
    const heard = ({ data }: MessageEvent) => {
      if (data?.t === "tacit-open" && typeof data.href === "string" && data.href.startsWith("#/")) open(data.href);
    };
    navigator.serviceWorker?.addEventListener("message", heard);
    return () => navigator.serviceWorker?.removeEventListener("message", heard);
  }, [open]);
}

/** The number on the app's icon. */
export function useAppBadge(waiting: number, leads: boolean): void {
  useEffect(() => {
    if (!leads || navigator.setAppBadge === undefined) return;
    (waiting > 0 ? navigator.setAppBadge(waiting) : navigator.clearAppBadge()).catch(() => undefined);
  }, [waiting, leads]);
}
