// Where overlays are put: a container inside `<main>`, so that nothing lies outside a landmark.
"use client";

import { createContext, useContext } from "react";

export interface OverlayHost {
  /** The container now mounted, or null: then overlays go to the body's end. */
  element: HTMLElement | null;
  mount: (element: HTMLElement | null) => void;
}

export const OverlayHostContext = createContext<OverlayHost>({ element: null, mount: () => undefined });

/** The container for a portal. */
export function useOverlayHost(): HTMLElement | null {
  return useContext(OverlayHostContext).element;
}
