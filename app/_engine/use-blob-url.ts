// A blob's address while a component shows it, taken back afterwards.
"use client";

import { useEffect, useState } from "react";

/** An object URL for `blob`; undefined for null and before the first effect. Revoked when the blob or the component goes. */
export function useBlobUrl(blob: Blob | null): string | undefined {
  const [held, setHeld] = useState<{ readonly blob: Blob; readonly url: string } | null>(null);
  useEffect(() => {
    if (blob === null) return;
    const url = URL.createObjectURL(blob);
    setHeld({ blob, url });
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return held !== null && held.blob === blob ? held.url : undefined;
}
