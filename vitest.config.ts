import { defineConfig } from "vitest/config";
import { rtypescript } from "./translator/load/vite.ts";

export default defineConfig({
  plugins: [rtypescript()],
  test: {
    include: ["tests/**/*.test.ts"],
    setupFiles: ["translator/load/recorder.ts"],
    pool: "forks",
    // llinterp runs programs that recurse until a limit of calls; eight megabytes are the usual limit of a process.
    execArgv: ["--stack-size=7000"],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
