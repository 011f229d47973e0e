import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{checks,fixtures,scripts,src,test}/**/*.test.ts"],
    testTimeout: 30_000,
  },
});
