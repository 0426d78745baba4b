// Where migrations come from: the schema of the SQLite store. `npx drizzle-kit generate` writes the next one.
import { defineConfig } from "drizzle-kit";

export default defineConfig({ dialect: "sqlite", schema: "./server/store/schema.ts", out: "./drizzle" });
