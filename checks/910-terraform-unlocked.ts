import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { stateLocks } from "../src/facts/state-locks.ts";

export default defineCheck({
  title: "Terraform's state is unlocked",
  why: "While the state is locked nobody can change the infrastructure, not even to mend an outage.",
  severity: "warning",
  about: presence(stateLocks),
  none: skip("the configuration does not say where Terraform keeps its state"),

  evaluate(lock) {
    if (lock.state === "absent") return pass("is not held", { held: false });
    const { id, operation, who, since } = lock.value;
    const by = who === null ? "by somebody who left no name" : `by ${who}`;
    return fail(
      since === null ? `is held ${by}` : `is held ${by} since ${since}`,
      { held: true, ...lock.value },
      {
        do: `Ask ${who ?? "everybody who runs Terraform here"} whether ${operation ?? "it"} is still running, and release the lock only if it is not.`,
        ...(id === null ? {} : { run: [sh`terraform force-unlock ${id}`] }),
      },
    );
  },
});
