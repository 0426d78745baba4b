// The web app manifest, written at build time.
import type { MetadataRoute } from "next";
import { FRAME } from "./boot.ts";

export const dynamic = "force-static";

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Tacit",
    short_name: "Tacit",
    description: "Team chat whose server keeps silent.",
    id: "/",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#fdfdfb",
    theme_color: FRAME.light,
    categories: ["business", "productivity", "social"],
    icons: [
      { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
      { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      { src: "/mark.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
    ],
  };
}
