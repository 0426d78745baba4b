// Every file that one may read, by place, person, kind and time, found by words; all of it on this device.
"use client";

import { Download, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useEngine } from "@/app/_engine/provider.tsx";
import { Gallery } from "@/app/_files/gallery/gallery.tsx";
import { isViewable } from "@/app/_files/kinds.ts";
import { saveFile } from "@/app/_files/save.ts";
import { useFrame } from "@/app/_frame/context.tsx";
import { usePlaces } from "@/app/_frame/daily/place.ts";
import { useWhen } from "@/app/_frame/daily/use-when.ts";
import { usePictureUrl } from "@/app/_frame/parts/picture-url.ts";
import { Button } from "@/app/_ui/controls/button.tsx";
import { IconButton } from "@/app/_ui/controls/icon-button.tsx";
import { sheetOf } from "@/app/_ui/files/file-card.tsx";
import { PlaceBody } from "@/app/_ui/layout/place-body.tsx";
import { toast } from "@/app/_ui/notices/toast-store.ts";
import { EmptyState } from "@/app/_ui/pages/empty-state.tsx";
import { useFormats } from "@/app/_words/formats.ts";
import { useWords } from "@/app/_words/words.ts";
import { asFault } from "@/lib/base/errors.ts";
import type { ChannelId } from "@/lib/base/ids.ts";
import type { FoundFile } from "@/lib/client/api/finding/files.ts";
import styles from "./files-view.module.css";
import { Filters } from "./filters.tsx";
import { NO_FILTER, useFound } from "./use-found.ts";

function useSave(): (found: FoundFile) => void {
  const engine = useEngine();
  const words = useWords();
  const { ws } = useFrame().view;
  return ({ channel, file }) =>
    void saveFile(engine, { ws, channel, id: file.id }, file.size).catch((thrown: unknown) =>
      toast(words.files.save.failed(words.faults[asFault(thrown).code])),
    );
}

function Sign({ found: { file } }: { found: FoundFile }) {
  const url = usePictureUrl(file.thumbnail);
  return (
    <span className={styles.sign} aria-hidden="true">
      {url === undefined ? sheetOf(file.name) : <img src={url} alt="" loading="lazy" decoding="async" />}
    </span>
  );
}

function Line({ found, onOpen, onSave }: { found: FoundFile; onOpen: (() => void) | null; onSave: () => void }) {
  const words = useWords();
  const formats = useFormats();
  const when = useWhen();
  const places = usePlaces();
  const { nameOf } = useFrame();
  const { file, channel, message, author, at } = found;
  const place = places.nameOf(channel);
  return (
    <li className={styles.line}>
      <Sign found={found} />
      <div className={styles.words}>
        {onOpen === null ? (
          <span className={styles.name}>{file.name}</span>
        ) : (
          <button type="button" className={styles.name} onClick={onOpen}>
            {file.name}
          </button>
        )}
        <span className={styles.meta}>
          {`${formats.size(file.size)} · ${nameOf(author)} · `}
          <a href={places.hrefOf(channel, message)} aria-label={words.files.page.goTo(file.name, place)}>
            {place}
          </a>
          {` · ${when(at)}`}
        </span>
      </div>
      <IconButton label={words.message.download(file.name)} icon={<Download />} onClick={onSave} />
    </li>
  );
}

export function FilesView({ channel }: { channel: ChannelId | null }) {
  const words = useWords().files.page;
  const { ws } = useFrame().view;
  const [filter, setFilter] = useState({ ...NO_FILTER, channel });
  useEffect(() => setFilter((one) => ({ ...one, channel })), [channel]);
  const { found, more, total } = useFound(ws, filter);
  const [open, setOpen] = useState<string | null>(null);
  const save = useSave();
  const viewable = (found ?? []).filter(({ file }) => isViewable(file));
  const start = viewable.findIndex(({ file }) => file.id === open);
  const filtered =
    JSON.stringify({ ...filter, channel: null }) !== JSON.stringify(NO_FILTER) || filter.channel !== null;
  return (
    <PlaceBody>
      <Filters filter={filter} onChange={setFilter} />
      <p className={styles.count} role="status">
        {found === null ? "" : words.found(total)}
      </p>
      {found !== null && found.length === 0 && (
        <EmptyState
          title={filtered ? words.none : words.empty}
          sentence={filtered ? words.noneSays : words.emptySays}
        />
      )}
      <ul className={styles.list} aria-label={words.title}>
        {(found ?? []).map((one) => (
          <Line
            key={`${one.channel}/${one.file.id}`}
            found={one}
            onOpen={isViewable(one.file) ? () => setOpen(one.file.id) : null}
            onSave={() => save(one)}
          />
        ))}
      </ul>
      {more !== null && (
        <Button icon={<Search />} onClick={more}>
          {words.more}
        </Button>
      )}
      {start >= 0 && (
        <Gallery
          files={viewable.map((one) => ({ ws, channel: one.channel, file: one.file }))}
          start={start}
          onClose={() => setOpen(null)}
        />
      )}
    </PlaceBody>
  );
}
