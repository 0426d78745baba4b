// What a person calls the device that asked: one's own by its name, others' by the short form of their id.
"use client";

import { useTopic } from "@/app/_engine/use-topic.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { shortId } from "@/app/_frame/workspace/short-id.ts";
import { useWords } from "@/app/_words/words.ts";
import type { DeviceId } from "@/lib/base/ids.ts";
import type { DeviceItem } from "@/lib/client/api/devices.ts";

export function useOwnDevice(): (id: DeviceId) => DeviceItem | undefined {
  const { view } = useFrame();
  const shown = useTopic(`devices:${view.ws}`);
  return (id) => shown?.devices.find((one) => one.id === id);
}

export function useDeviceName(): (id: DeviceId) => string {
  const words = useWords().renewal.requests;
  const own = useOwnDevice();
  return (id) => own(id)?.name || words.device(shortId("dev", id));
}
