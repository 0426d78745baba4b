// The key that reacts to the newest message: pressed anywhere in the frame, answered by the open channel.
"use client";

import { useEffect, useRef } from "react";

export const REACT_LAST = "tacit-react-last";

/** Calls `react` when the key was pressed. */
export function useReactLast(react: () => void): void {
  const newest = useRef(react);
  newest.current = react;
  useEffect(() => {
    const pressed = () => newest.current();
    window.addEventListener(REACT_LAST, pressed);
    return () => window.removeEventListener(REACT_LAST, pressed);
  }, []);
}
