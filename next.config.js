// The client is a static export, the same byte for byte wherever it is built.
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/]$/, "");

/** In development only: what the page asks of its own origin goes to the server that `npm run dev` started. */
const server = process.env.TACIT_DEV_SERVER;

/** @type {import("next").NextConfig} */
const config = {
  ...(server === undefined
    ? { output: "export", ...(process.env.TACIT_OUT === undefined ? {} : { distDir: process.env.TACIT_OUT }) }
    : {
        rewrites: async () => ({
          beforeFiles: ["/setup", "/join"].map((source) => ({ source, destination: "/" })),
          fallback: [{ source: "/:path*", destination: `${server}/:path*` }],
        }),
      }),
  // A random id would make every build differ.
  generateBuildId: () => "tacit",
  images: { unoptimized: true },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` holds the types; `npm start` need not do it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root },
  // What a stranger sees first needs a few styles only; the ones of all other screens come with those.
  experimental: { cssChunking: { type: "graph", requestCost: 10_000 } },
};

export default config;
