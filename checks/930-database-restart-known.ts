import { defineCheck, fail, pass, skip } from "../src/check.ts";
import { toDatabase, untilAvailable } from "../src/diagnosis/database-commands.ts";
import { databases } from "../src/facts/databases.ts";

const hour = 3_600_000;

export default defineCheck({
  title: "No stopped database is about to start by itself",
  why: "A database that was stopped to save money starts again after seven days, and goes on costing until somebody reads the bill.",
  severity: { "pre-scale-up": "warning", "sign-off": "warning" },
  about: databases,
  none: skip("the configuration names no database"),

  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html
  evaluate(database, _facts, { now }) {
    const { status, condition, restartsAt } = database;
    if (condition !== "stopped") return skip("is not stopped");
    if (restartsAt === null) return skip("is stopped, and AWS does not tell when it starts it again");

    const hours = Math.max(0, Math.floor((Date.parse(restartsAt) - now.getTime()) / hour));
    const evidence = { status, restartsAt, hours };
    if (hours >= 24) return pass(`is stopped, and AWS will start it at ${restartsAt}, in ${Math.floor(hours / 24)} days`, evidence);
    return fail(`is stopped, and AWS will start it at ${restartsAt}, within ${hours + 1} hours`, evidence, {
      do: "If it is to rest for longer, stop the database again as soon as AWS has started it.",
      run: [untilAvailable(database), toDatabase("stop", database)],
    });
  },
});
