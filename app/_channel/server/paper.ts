// While the words leave, they keep the ink and the voice that they had: the server's tokens are for the server's rows.

const TOKENS = [
  "paper",
  "paper-2",
  "paper-3",
  "raised",
  "hover",
  "well",
  "line",
  "line-2",
  "edge",
  "ink",
  "ink-2",
  "ink-3",
  "viridian",
  "viridian-wash",
  "viridian-line",
  "on-viridian",
];

/** Sets the theme's own tokens on `element`, over those of the place it stands in; returns the way back. */
export function keepPaper(element: HTMLElement): () => void {
  const theme = getComputedStyle(document.documentElement);
  for (const token of TOKENS) element.style.setProperty(`--${token}`, theme.getPropertyValue(`--${token}`));
  return () => {
    for (const token of TOKENS) element.style.removeProperty(`--${token}`);
  };
}
