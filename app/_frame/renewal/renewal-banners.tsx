// Under the header: a device of one's own asked for a new root key, others ask, and who waits to be let back in here.
"use client";

import { KeyRound, UserPlus } from "lucide-react";
import { useState } from "react";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { Button, ButtonLink } from "@/app/_ui/controls/button.tsx";
import { later } from "@/app/_ui/later.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { OwnRenewal, ReadmitWait } from "@/lib/client/api/renewal.ts";
import type { ChannelItem } from "@/lib/client/api.ts";
import { useDeviceName, useOwnDevice } from "./use-device-name.ts";

const RetireDialog = later(async () => (await import("@/app/_frame/devices/retire-dialog.tsx")).RetireDialog);
const ReadmitDialog = later(async () => (await import("./readmit-dialog.tsx")).ReadmitDialog);

/** Loud on every other device of the person: retiring the one that asked drops the request. */
function MineBanner({ mine }: { mine: OwnRenewal }) {
  const words = useWords().renewal.mine;
  const formats = useFormats();
  const { view } = useFrame();
  const deviceName = useDeviceName();
  const device = useOwnDevice()(mine.device);
  const [retiring, setRetiring] = useState(false);
  const when = `${formats.day(mine.at, Date.now())}, ${formats.time(mine.at)}`;
  const acts = (
    <>
      <ButtonLink size="sm" href={hrefOf({ t: "settings", ws: view.ws, page: "recovery" })}>
        {words.look}
      </ButtonLink>
      {device !== undefined && (
        <Button size="sm" onClick={() => setRetiring(true)}>
          {words.retire}
        </Button>
      )}
    </>
  );
  return (
    <>
      <Banner icon={<KeyRound />} act={acts}>
        {words.says(deviceName(mine.device), when)}
      </Banner>
      {retiring && device !== undefined && <RetireDialog device={device} onClose={() => setRetiring(false)} />}
    </>
  );
}

function ReadmitBanner({ wait, channel }: { wait: ReadmitWait; channel: ChannelItem }) {
  const words = useWords().renewal.readmit;
  const { nameOf } = useFrame();
  const [asking, setAsking] = useState(false);
  const name = nameOf(wait.user);
  return (
    <>
      <Banner
        icon={<UserPlus />}
        act={
          <Button size="sm" aria-label={words.actOf(name)} onClick={() => setAsking(true)}>
            {words.act}
          </Button>
        }
      >
        {wait.why === "rekey" ? words.banner(name) : words.bannerRestored(name)}
      </Banner>
      {asking && <ReadmitDialog wait={wait} channel={channel} onClose={() => setAsking(false)} />}
    </>
  );
}

export function RenewalBanners({ channel }: { channel: ChannelItem | null }) {
  const words = useWords().renewal.requests;
  const { view } = useFrame();
  const shown = useTopic(`renewals:${view.ws}`);
  if (shown === undefined) return null;
  const open = shown.requests.filter(({ mayApprove }) => mayApprove).length;
  return (
    <>
      {shown.mine !== null && !shown.mine.here && <MineBanner mine={shown.mine} />}
      {open > 0 && (
        <Banner
          icon={<KeyRound />}
          act={
            <ButtonLink size="sm" href={hrefOf({ t: "settings", ws: view.ws, page: "people" })}>
              {words.look}
            </ButtonLink>
          }
        >
          {words.banner(open)}
        </Banner>
      )}
      {channel !== null &&
        shown.waiting
          .filter((wait) => wait.channel === channel.id)
          .map((wait) => <ReadmitBanner key={wait.user} wait={wait} channel={channel} />)}
    </>
  );
}
