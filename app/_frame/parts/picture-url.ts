// Addresses for small pictures that lie in memory: made when first shown, taken back when nobody shows them any more.
"use client";

import { useEffect, useRef, useState } from "react";
import { isShowable } from "@/app/_engine/picture-size.ts";
import type { Picture } from "@/lib/client/api.ts";

type Held = { readonly url: string; count: number };
const held = new Map<string, Held>();
const SAMPLES = 64;
const LOADED_MS = 2_000;

/** Snapshots copy pictures, so they are known by their content: size and bytes taken all over it. */
function keyOf(picture: Picture): string {
  const { bytes } = picture;
  const step = Math.max(1, Math.floor(bytes.length / SAMPLES));
  let key = `${picture.type} ${bytes.length}`;
  for (let at = 0; at < bytes.length; at += step) key += ` ${bytes[at]}`;
  return key;
}

function hold(key: string, picture: Picture): Held {
  const known = held.get(key);
  if (known !== undefined) {
    known.count += 1;
    return known;
  }
  const made = {
    url: URL.createObjectURL(new Blob([new Uint8Array(picture.bytes)], { type: picture.type })),
    count: 1,
  };
  held.set(key, made);
  return made;
}

function letGo(key: string): void {
  const known = held.get(key);
  if (known === undefined) return;
  known.count -= 1;
  if (known.count > 0) return;
  held.delete(key);
  // A browser may be at loading it just now, for an element that is already on its way out.
  setTimeout(() => URL.revokeObjectURL(known.url), LOADED_MS);
}

/** A blob URL for the picture while the component shows it; undefined for none. */
export function usePictureUrl(given: Picture | null): string | undefined {
  // what lies about its kind, or would unpack to hundreds of megabytes, is not shown
  const picture = given !== null && isShowable(given) ? given : null;
  const key = picture === null ? null : keyOf(picture);
  const [shown, setShown] = useState<{ key: string; url: string } | null>(null);
  const newest = useRef(picture);
  newest.current = picture;
  useEffect(() => {
    if (key === null || newest.current === null) return;
    setShown({ key, url: hold(key, newest.current).url });
    return () => letGo(key);
  }, [key]);
  return shown !== null && shown.key === key ? shown.url : undefined;
}
