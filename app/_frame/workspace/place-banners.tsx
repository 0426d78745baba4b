// Under the header: writing has ended, the record is forked, one is offline, the channel is not joined.
"use client";

import { CircleAlert, CloudOff, RefreshCw, TriangleAlert, UserPlus } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { CircleBanners } from "@/app/_frame/circle/circle-banners.tsx";
import { useFrame } from "@/app/_frame/context.tsx";
import { DeviceBanners } from "@/app/_frame/devices/device-banners.tsx";
import { AskBanner } from "@/app/_frame/notify/ask-banner.tsx";
import { RenewalBanners } from "@/app/_frame/renewal/renewal-banners.tsx";
import { go } from "@/app/_frame/routing/use-route.ts";
import { UpdateBanner } from "@/app/_frame/updates/update-banner.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { ChannelItem, Connection } from "@/lib/client/api.ts";
import { EndedBanner } from "./ended-banner.tsx";
import { RestoredBanner } from "./restored-banner.tsx";

const PATIENCE_MS = 2500;

function followNetwork(changed: () => void): () => void {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

/** What the engine says, unless the browser already knows that there is no network. */
function useConnection(connection: Connection): Connection {
  const network = useSyncExternalStore(
    followNetwork,
    () => navigator.onLine,
    () => true,
  );
  return network ? connection : "offline";
}

/** A short reconnect is nobody's business; only one that lasts is said. */
function useLasting(connection: Connection): Connection {
  const [said, setSaid] = useState(connection);
  useEffect(() => {
    if (connection === "online") {
      setSaid("online");
      return;
    }
    const timer = setTimeout(() => setSaid(connection), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [connection]);
  return connection === "online" ? "online" : said;
}

function ConnectionBanner() {
  const words = useWords().frame;
  const { view } = useFrame();
  const said = useLasting(useConnection(view.connection));
  if (view.ended !== null) return <EndedBanner ended={view.ended} />;
  if (!view.me.active) return <Banner icon={<CircleAlert />}>{words.outside}</Banner>;
  if (view.standing !== "active" || said === "online") return null;
  if (said === "connecting") return <Banner icon={<RefreshCw />}>{words.connecting}</Banner>;
  return (
    <Banner icon={<CloudOff />}>
      {words.offline} {view.outbox > 0 && words.offlineWaiting(view.outbox)}
    </Banner>
  );
}

/** A fork is the one thing that may be red here; every other stop is said in ink. */
function StopBanners() {
  const words = useWords();
  const formats = useFormats();
  const { view, open } = useFrame();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const said = view.notices.filter((one) => one.code !== view.stopped && !dismissed.has(one.id));
  const told = view.notices.find((one) => one.code === view.stopped);
  const details = (id: string) => (
    <Button size="sm" onClick={() => open({ t: "alarm", id })}>
      {words.alarms.whatToDo}
    </Button>
  );
  return (
    <>
      {view.stopped !== null && view.stopped !== "proof/restored" && (
        <Banner
          act={told !== undefined && details(told.id)}
          alarm={view.stopped === "proof/fork"}
          icon={view.stopped === "proof/fork" ? <TriangleAlert /> : <CircleAlert />}
        >
          {words.frame.stopped} {words.faults[view.stopped]}
        </Banner>
      )}
      {said.map((one) => (
        <Banner
          key={one.id}
          alarm={one.severity === "alarm" && one.code === "proof/fork"}
          icon={<CircleAlert />}
          act={
            one.severity === "alarm" ? (
              details(one.id)
            ) : (
              <Button size="sm" onClick={() => setDismissed((old) => new Set(old).add(one.id))}>
                {words.frame.dismiss}
              </Button>
            )
          }
        >
          {words.faults[one.code]} {words.frame.alarm(formats.time(one.at))}
        </Banner>
      ))}
    </>
  );
}

function ChannelBanner({ channel }: { channel: ChannelItem }) {
  const words = useWords().frame;
  const { view } = useFrame();
  const join = useCommand("joinChannel");
  if (channel.joined || channel.archived) return null;
  return (
    <Banner
      act={
        <Button
          size="sm"
          look="filled"
          disabled={join.pending}
          onClick={() => void join.run({ ws: view.ws, channel: channel.id })}
        >
          {words.joinChannel(channel.name)}
        </Button>
      }
    >
      {words.notJoined(channel.name)}
    </Banner>
  );
}

/** Somebody waits for this person's word. */
function AskingBanner() {
  const words = useWords();
  const { view } = useFrame();
  if (view.asking === 0 || view.ended !== null) return null;
  return (
    <Banner
      icon={<UserPlus />}
      act={
        <Button size="sm" onClick={() => go({ t: "settings", ws: view.ws, page: "people" })}>
          {words.frame.people}
        </Button>
      }
    >
      {words.members.asking.badge(view.asking)}
    </Banner>
  );
}

export function PlaceBanners({ channel }: { channel: ChannelItem | null }) {
  return (
    <>
      <RestoredBanner />
      <DeviceBanners />
      <CircleBanners />
      <RenewalBanners channel={channel} />
      <StopBanners />
      <AskingBanner />
      <AskBanner />
      <ConnectionBanner />
      <UpdateBanner />
      {channel !== null && <ChannelBanner channel={channel} />}
    </>
  );
}
