// A voice message among the files of a message: heard in its place, from what this device fetched and opened.
"use client";

import { useCallback } from "react";
import { useChannel } from "@/app/_channel/context.tsx";
import { useCommand } from "@/app/_engine/use-command.ts";
import { FaultLine } from "@/app/_frame/parts/fault-line.tsx";
import { useWords } from "@/app/_words/words.ts";
import type { FileItem } from "@/lib/client/api.ts";
import { VoicePlayer } from "./voice-player.tsx";

export function VoiceMessage({ file, voice }: { file: FileItem; voice: NonNullable<FileItem["voice"]> }) {
  const { ws, channel } = useChannel();
  const words = useWords().conversation.voice;
  const { run, fault } = useCommand("downloadFile");
  const load = useCallback(async () => {
    const outcome = await run({ ws, channel, id: file.id });
    return outcome.ok && outcome.value.data instanceof Blob ? outcome.value.data : null;
  }, [run, ws, channel, file.id]);
  return (
    <>
      <VoicePlayer label={words.message} ms={voice.ms} peaks={voice.peaks} load={load} />
      <FaultLine fault={fault} />
    </>
  );
}
