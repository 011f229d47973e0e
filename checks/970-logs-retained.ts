import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { logGroups } from "../src/facts/log-groups.ts";

export default defineCheck({
  title: "Every log group forgets after a time that somebody has chosen",
  why: "Logs that are kept for ever are paid for every month, and hold what people had a right to have forgotten.",
  severity: { "sign-off": "advice" },
  about: presence(logGroups),
  // That there is none is asked before.
  accountsFor: [],
  none: skip("no container is logged to CloudWatch Logs by awslogs"),

  evaluate(group) {
    if (group.state === "absent") return skip("does not exist yet");
    const { name, region, retentionDays } = group.value;
    if (retentionDays !== null) return pass(`keeps ${retentionDays} days`, { retentionDays });
    return fail(
      "keeps everything for ever",
      { retentionDays },
      {
        do: "Choose how long these logs are needed.",
        run: [sh`aws logs put-retention-policy --log-group-name ${name} --retention-in-days 30 --region ${region}`],
      },
    );
  },
});
