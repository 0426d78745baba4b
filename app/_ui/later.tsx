// Parts that are fetched when they are first needed, or when the browser has nothing else to do.
"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";

const AGAIN_MS = 3000;
/** The moment from which on only what is not needed yet is fetched. */
const REST = "tacit-rest";

/** One part: its component once it is here, and how to fetch it. A fetch that failed may be made again. */
class Part<P extends object> {
  component: ComponentType<P> | undefined;
  readonly #load: () => Promise<ComponentType<P>>;
  #fetching: Promise<void> | undefined;

  constructor(load: () => Promise<ComponentType<P>>) {
    this.#load = load;
  }

  fetch(): Promise<void> {
    this.#fetching ??= this.#load().then(
      (component) => {
        this.component = component;
      },
      () => {
        this.#fetching = undefined;
      },
    );
    return this.#fetching;
  }
}

const parts: { fetch(): Promise<void> }[] = [];

/** Fetches a part until it is here: one that is missing for a while must not end the app. */
function usePart<P extends object>(part: Part<P>): ComponentType<P> | undefined {
  const [here, setHere] = useState(part.component !== undefined);
  useEffect(() => {
    if (here) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = async (): Promise<void> => {
      await part.fetch();
      if (gone) return;
      if (part.component === undefined) timer = setTimeout(() => void look(), AGAIN_MS);
      else setHere(true);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [here, part]);
  return part.component;
}

function Later<P extends object>({ part, fallback, props }: { part: Part<P>; fallback: ReactNode; props: P }) {
  const Component = usePart(part);
  return Component === undefined ? fallback : <Component {...props} />;
}

/** A component whose code comes later; until it is here, `fallback` stands in its place. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback: ReactNode = null,
): (props: P) => ReactNode {
  const part = new Part(load);
  parts.push(part);
  return (props) => <Later part={part} fallback={fallback} props={props} />;
}

/** Waits until the browser has nothing better to do; some have no word for that. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: 5000 });
    else setTimeout(resolve, 200);
  });
}

/** Once the first screen stands: fetches what is still missing, one after the other, so that it opens at once, and offline. */
export async function fetchTheRest(): Promise<void> {
  if (performance.getEntriesByName(REST).length > 0) return;
  performance.mark(REST);
  for (const part of parts) {
    await idle();
    await part.fetch();
  }
}
