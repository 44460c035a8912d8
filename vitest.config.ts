import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/harness/global-setup.ts"],
    reporters: ["default", "./test/harness/closing-line-reporter.ts"],
    // Nothing here takes that long; a machine with two cores that does something else besides may.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    expect: { poll: { timeout: 60_000 } },
  },
});
