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
    icons: [{ src: "/mark.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
  };
}
