// Before a device is retired: what ends with it, and what does not.
"use client";

import { useCommand } from "@/app/_engine/use-command.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { AskDialog } from "@/app/_frame/dialogs/ask-dialog.tsx";
import { hrefOf } from "@/app/_frame/routing/route.ts";
import { useWords } from "@/app/_words/words.ts";
import type { DeviceItem } from "@/lib/client/api/devices.ts";

export function RetireDialog({ device, onClose }: { device: DeviceItem; onClose: () => void }) {
  const words = useWords().devices;
  const { view } = useFrame();
  const retire = useCommand("retireDevice");
  const act = async () => {
    const done = await retire.run({ ws: view.ws, device: device.id });
    if (done.ok) onClose();
  };
  return (
    <AskDialog
      title={words.retiring.title(device.name || words.unnamed)}
      act={words.retiring.submit}
      pending={retire.pending}
      fault={retire.fault}
      onAct={() => void act()}
      onClose={onClose}
    >
      <p>{words.retiring.says}</p>
      <p>
        {words.retiring.stolen}{" "}
        <a href={hrefOf({ t: "settings", ws: view.ws, page: "recovery" })} onClick={onClose}>
          {words.retiring.recovery}
        </a>
      </p>
    </AskDialog>
  );
}
