// Under the header: a device was linked that nobody here has called his own, or this device may not sign in any more.
"use client";

import { CircleAlert, MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { useCommand } from "@/app/_engine/use-command.ts";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { Button } from "@/app/_ui/controls/button.tsx";
import { later } from "@/app/_ui/later.tsx";
import { Banner } from "@/app/_ui/notices/banner.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import type { DeviceItem } from "@/lib/client/api/devices.ts";

const RetireDialog = later(async () => (await import("./retire-dialog.tsx")).RetireDialog);

function Fresh({ device, from }: { device: DeviceItem; from: string }) {
  const words = useWords().devices;
  const formats = useFormats();
  const { view } = useFrame();
  const confirm = useCommand("confirmDevice");
  const [asking, setAsking] = useState(false);
  const acts = (
    <>
      <Button size="sm" disabled={confirm.pending} onClick={() => void confirm.run({ ws: view.ws, device: device.id })}>
        {words.fresh.mine}
      </Button>
      <Button size="sm" onClick={() => setAsking(true)}>
        {words.fresh.notMine}
      </Button>
    </>
  );
  return (
    <>
      <Banner icon={<MonitorSmartphone />} act={acts}>
        {words.fresh.says(device.name || words.unnamed, formats.date(device.addedAt))} {from}
      </Banner>
      {asking && <RetireDialog device={device} onClose={() => setAsking(false)} />}
    </>
  );
}

export function DeviceBanners() {
  const words = useWords().devices;
  const { view } = useFrame();
  const shown = useTopic(`devices:${view.ws}`);
  const leave = useCommand("leaveRetired");
  // By whom and when is said by the line of its own.
  if (view.ended !== null) return null;
  if (view.standing !== "active")
    return (
      <Banner
        icon={<CircleAlert />}
        act={
          <Button size="sm" disabled={leave.pending} onClick={() => void leave.run({ ws: view.ws })}>
            {words.lost.leave}
          </Button>
        }
      >
        {words.lost[view.standing]}
      </Banner>
    );
  const all = shown?.devices ?? [];
  const nameOf = (item: DeviceItem) => {
    const by = [...all, ...(shown?.retired ?? [])].find((one) => one.id === item.addedBy);
    return by === undefined ? "" : words.fresh.from(by.name || words.unnamed);
  };
  return all.filter((one) => one.unconfirmed).map((one) => <Fresh key={one.id} device={one} from={nameOf(one)} />);
}
