import { defineCheck, fail, pass, sh, skip } from "seaworthy";
import { shells } from "./facts/shells.ts";

export default defineCheck({
  title: "Nobody can open a shell in a running task",
  why: "Whoever has a shell in production reads every secret that its task was given.",
  severity: { "post-deploy": "warning", "sign-off": "blocker" },
  about: shells,
  none: skip("the cluster has no service"),

  evaluate({ admitted }, _facts, { name }) {
    if (!admitted) return pass("admits no shell", { admitted });
    const close = sh`aws ecs update-service --service ${name} --disable-execute-command --force-new-deployment`;
    return fail("lets shells be opened in its tasks", { admitted }, { do: "Turn ECS Exec off, and deploy again.", run: [close] });
  },
});
