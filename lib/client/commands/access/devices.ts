// Commands about devices: linking on both sides, names, retiring (PROTOCOL D1, D2).
import { Fault } from "@/lib/base/errors.ts";
import type { DeviceCommands } from "@/lib/client/api/devices.ts";
import type { Host } from "@/lib/client/commands/host.ts";
import { confirmDevice, renameDevice, retireDevice } from "@/lib/client/devices/commands.ts";
import { standingOf } from "@/lib/client/view/devices.ts";

export function deviceCommands(host: Host): DeviceCommands {
  const { desk } = host;
  return {
    startLink: ({ name }) => desk.start(name),
    confirmLink: () => desk.confirm(),
    cancelLink: () => desk.cancel(),
    inspectLink: ({ ws, code }) => desk.inspect(host.account(ws), code),
    approveLink: ({ ws }) => desk.approve(ws),
    refuseLink: ({ ws }) => desk.refuse(ws),
    renameDevice: ({ ws, device, name }) => renameDevice(host.account(ws), device, name),
    confirmDevice: ({ ws, device }) => confirmDevice(host.account(ws), device),
    retireDevice: ({ ws, device }) => retireDevice(host.account(ws), device),
    leaveRetired: async ({ ws }) => {
      const account = host.account(ws);
      if (standingOf(account) === "active") throw new Fault("link/still-active");
      await host.retire(account);
    },
  };
}
