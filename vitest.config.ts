import { defineConfig } from "vitest/config";
import { rtypescript } from "./translator/load/vite.ts";

export default defineConfig({
  plugins: [rtypescript()],
  test: {
    include: ["tests/**/*.test.ts"],
    setupFiles: ["translator/load/recorder.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
