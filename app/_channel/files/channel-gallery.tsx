// The gallery of an open channel: every file of its loaded messages that can be looked at, from the one picked on.
"use client";

import { useMemo } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useTopic } from "@/app/_engine/use-topic.ts";
import { Gallery } from "@/app/_files/gallery/gallery.tsx";
import { isViewable } from "@/app/_files/kinds.ts";
import type { FileItem } from "@/lib/client/api/daily/files.ts";

interface ChannelGalleryProps {
  file: FileItem;
  onClose: () => void;
}

export function ChannelGallery({ file, onClose }: ChannelGalleryProps) {
  const { ws, channel } = useChannel();
  const view = useTopic(`timeline:${ws}:${channel}`);
  const files = useMemo(() => {
    const all = (view?.items ?? []).flatMap((item) => (item.t === "message" && !item.deleted ? item.files : []));
    const seen = all.filter((one) => one.state === "ready" && isViewable(one));
    return (seen.some((one) => one.id === file.id) ? seen : [file]).map((one) => ({ ws, channel, file: one }));
  }, [view?.items, file, ws, channel]);
  const start = files.findIndex((one) => one.file.id === file.id);
  return <Gallery files={files} start={start} onClose={onClose} />;
}
