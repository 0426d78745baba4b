// A channel's stretch shows once it is whole, with what arrived while it was read (M7).
import { expect, test } from "vitest";
import type { ChannelId, EventId } from "@/lib/base/ids.ts";
import type { EventRecord } from "@/lib/client/events/records.ts";
import { Windows } from "@/lib/client/events/windows.ts";

const channel = "channel" as ChannelId;
const record = (pos: number) =>
  ({ id: `event-${pos}` as EventId, channel, pos, status: "ok" }) as unknown as EventRecord;
const places = (windows: Windows) => windows.get(channel)?.records.map(({ pos }) => pos);

test("M7 a stretch that is being read does not show in part, and what came meanwhile is in it once", async () => {
  let answer: (records: readonly EventRecord[]) => void = () => undefined;
  const reading = new Promise<readonly EventRecord[]>((resolve) => {
    answer = resolve;
  });
  const windows = new Windows(() => reading);
  const both = [windows.open(channel), windows.open(channel)];
  windows.take(channel, [record(6), record(2)]);
  expect(places(windows)).toBeUndefined();
  answer([record(5), record(4), record(6)]);
  await Promise.all(both);
  // Place 2 lies before the stretch: with what is between them it comes as an older page.
  expect(places(windows)).toEqual([4, 5, 6]);
  windows.take(channel, [record(7)]);
  expect(places(windows)).toEqual([4, 5, 6, 7]);
});

test("a stretch that can't be read is told to everybody who opens it, and shows what arrives", async () => {
  const windows = new Windows(() => Promise.reject(new TypeError("unreadable")));
  await expect(windows.open(channel)).rejects.toThrow("unreadable");
  windows.take(channel, [record(1)]);
  expect(places(windows)).toEqual([1]);
});
