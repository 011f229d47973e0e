import { defineCheck, fail, pass, pending, presence, sh, skip } from "../src/check.ts";
import type { Cache } from "../src/facts/cache-types.ts";
import { caches } from "../src/facts/caches.ts";
import { worstOf } from "../src/facts/store-status.ts";

export default defineCheck({
  title: "Every cache serves, with all its nodes",
  why: "Without its cache the product is slow at best, and logs everybody out at worst.",
  severity: "blocker",
  about: presence(caches),
  breaks: true,
  none: skip("the configuration names no cache"),

  evaluate(reading, _facts, { config }) {
    if (reading.state === "absent") {
      // A host in an environment may well be in another account.
      if (config.inferred.includes("caches")) return skip("is not in this account and region, where only an environment names it");
      const list = sh`aws elasticache describe-replication-groups --query ${"ReplicationGroups[].ReplicationGroupId"}`;
      return fail(
        "does not exist",
        { why: reading.why },
        { do: "Create the cache, or correct its name in the configuration.", run: [list] },
      );
    }
    const cache = reading.value;
    const { form, engine, versions, status, condition, nodes } = cache;
    const evidence = { form, engine, versions, status, nodes: nodes.map(({ id, status: own }) => `${id}: ${own}`) };
    const says = standing(cache);
    const worst = form === "serverless" ? condition : worstOf([condition, ...nodes.map((node) => node.condition)]);
    if (worst === "coming") return pending(says, evidence);
    if (worst === "serving") return pass(says, evidence);
    const events = sh`aws elasticache describe-events --duration 1440`;
    const gone = /^delet|^create-failed/.test(status);
    return fail(says, evidence, {
      do: gone
        ? "Create the cache again, from its last snapshot where there is one."
        : "Mend the cache, whose events tell what happened to it.",
      run: [events],
    });
  },
});

function standing({ status, condition, nodes }: Cache): string {
  const troubled = nodes.filter((node) => node.status !== status && node.condition !== "serving");
  const count = nodes.length === 1 ? "1 node" : `${nodes.length} nodes`;
  const whole = condition === "serving" && nodes.length > 0 && troubled.length === 0;
  return `is ${[status, ...troubled.map((node) => `its node ${node.id} ${node.status}`), ...(whole ? [`with ${count}`] : [])].join(", ")}`;
}
