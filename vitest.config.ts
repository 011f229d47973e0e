import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = fileURLToPath(new URL("src/", import.meta.url));
const weights = ["blocker", "warning", "advice"];
const stations = ["access", "secrets", "task-definitions", "ground", "services", "load-balancer", "endpoints", "alarms", "sign-off"];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^seaworthy$/, replacement: `${source}index.ts` },
      { find: /^seaworthy\/(.+)$/, replacement: `${source}$1.ts` },
    ],
  },
  test: {
    // Of two cores Vitest would use one.
    maxWorkers: "100%",
    globalSetup: "test/scratch.ts",
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["{checks,fixtures,scripts,src,test}/**/*.test.ts"], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: { name: "deployment", include: ["test/deployment/*.ts"], tags: [...weights, ...stations].map((name) => ({ name })) },
      },
    ],
  },
});
