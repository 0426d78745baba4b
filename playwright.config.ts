// Browser tests: two workers, a browser that is already there, nothing downloaded.
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./tests/browser.ts";

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: ".cache/test/e2e.json" }]],
  use: {
    browserName: "chromium",
    headless: true,
    launchOptions: await launchOptions(),
    screenshot: "only-on-failure",
    trace: "off",
    video: "off",
  },
});
