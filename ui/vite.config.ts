import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // The window serves the page from its own scheme, so no address may start at a host's root.
  base: "./",
  build: {
    target: "safari15",
    // A font or picture written into the style sheet as data: is refused by the page's policy.
    assetsInlineLimit: 0,
    // The polyfill is an inline script; every engine this page meets knows modulepreload or does without.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { strictPort: true },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "lint/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    css: false,
    restoreMocks: true,
    // Half of the time a test waits for what the page does a moment later.
    maxWorkers: availableParallelism() + 1,
    // A whole window drawn in a busy machine takes its time; nothing waits for this long when it works.
    testTimeout: 30_000,
  },
});
