// The document around the app: language, typefaces, look, and nothing that knows of any account.
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { BOOT, FRAME } from "./boot.ts";
import { voices } from "./fonts.ts";
import "./tokens.css";
import "./globals.css";

export const metadata: Metadata = {
  title: "Tacit",
  description: "Team chat whose server keeps silent.",
  applicationName: "Tacit",
  referrer: "no-referrer",
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false, date: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: FRAME.light },
    { media: "(prefers-color-scheme: dark)", color: FRAME.dark },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={voices} suppressHydrationWarning>
      <head>
        {/* A built page begins with a script that pins hashes; React must not make this one anew for that. */}
        <script suppressHydrationWarning>{BOOT}</script>
      </head>
      <body>{children}</body>
    </html>
  );
}
