// The three voices as local typefaces: people, the score, the server.
import localFont from "next/font/local";

const people = localFont({
  src: "./_ui/fonts/hanken-grotesk-latin-wght-normal.woff2",
  variable: "--face-people",
  weight: "100 900",
  style: "normal",
  display: "block",
  adjustFontFallback: false,
});

const score = localFont({
  src: "./_ui/fonts/newsreader-latin-wght-italic.woff2",
  variable: "--face-score",
  weight: "200 800",
  style: "italic",
  display: "block",
  adjustFontFallback: false,
});

const server = localFont({
  src: "./_ui/fonts/ibm-plex-mono-latin-400-normal.woff2",
  variable: "--face-server",
  weight: "400",
  style: "normal",
  display: "block",
  preload: false,
  adjustFontFallback: false,
});

/** The classes that give the root element the three typefaces. */
export const voices = `${people.variable} ${score.variable} ${server.variable}`;
