import { defineCheck, fail, pass, pending, sh, skip } from "../src/check.ts";
import type { Config } from "../src/config.ts";
import type { Cache } from "../src/facts/cache-types.ts";
import { caches } from "../src/facts/caches.ts";
import { beginsWith } from "../src/facts/versions.ts";

export default defineCheck({
  title: "Every cache is set up as it was meant",
  why: "A cache of one node takes all sessions with it when that node is replaced, and somebody decided that it should not.",
  severity: { "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" },
  about: caches,
  none: skip("the configuration names no cache"),

  evaluate(cache, _facts, { name, config }) {
    const { form, engine, status, versions, nodes, shards, automaticFailover, multiAz, modifications } = cache;
    const stated = config.caches[name] ?? {};
    const evidence = {
      status,
      engine,
      versions,
      nodes: nodes.length,
      shards,
      automaticFailover,
      multiAz,
      modifications,
      stated: toldOf(stated),
    };
    if (/^(modifying|creating)$/i.test(status)) return pending(`is ${status}`, evidence);

    const faults = faultsOf(cache, stated);
    if (faults.length === 0) return pass("is set up as it was meant", evidence);
    const says = faults.map((fault) => fault.says).join("; ");
    const mending = modifications.filter((one) => /^(AutomaticFailoverStatus: enabled|Resharding|EngineVersion|NumCacheNodes)/.test(one));
    if (mending.length > 0) return pending(`${says}, with modifications pending: ${mending.join(", ")}`, evidence);

    const flags = form === "replication-group" ? faults.flatMap(({ flag }) => flag ?? []) : [];
    const modify = sh`aws elasticache modify-replication-group --replication-group-id ${name}`;
    return fail(says, evidence, {
      do: "Set the cache up as it was meant.",
      run: [
        ...faults.flatMap(({ run }) => (form === "replication-group" ? (run ?? []) : [])),
        ...(flags.length > 0 ? [`${modify} ${flags.join(" ")} --apply-immediately`] : []),
      ],
    });
  },
});

/** What the configuration states, a line for each setting. */
const toldOf = (stated: object) => Object.entries(stated).map(([setting, value]) => `${setting}: ${value}`);

type Fault = { readonly says: string; readonly flag?: string; readonly run?: string };

/** What falls short of the configuration; more than it states is no fault. A serverless cache has no nodes to count, and always fails over. */
function faultsOf(
  { name, form, versions, nodes, shards, automaticFailover, multiAz }: Cache,
  stated: Config["caches"][string],
): readonly Fault[] {
  const faults: Fault[] = [];
  const wanted = stated.engineVersion;
  const others = wanted === undefined ? [] : versions.filter((version) => !beginsWith(version, wanted));
  if (wanted !== undefined && others.length > 0)
    faults.push({ says: `is of version ${others.join(" and ")}, where ${wanted} is meant`, flag: sh`--engine-version ${wanted}` });
  if (stated.nodes !== undefined && form !== "serverless" && nodes.length < stated.nodes) {
    const replicas = Math.ceil(stated.nodes / shards) - 1;
    faults.push({
      says: `has ${nodes.length} of ${stated.nodes} nodes`,
      run: sh`aws elasticache increase-replica-count --replication-group-id ${name} --new-replica-count ${replicas} --apply-immediately`,
    });
  }
  if (stated.automaticFailover && automaticFailover === false)
    faults.push({ says: "does not fail over by itself", flag: "--automatic-failover-enabled" });
  if (stated.multiAz && multiAz === false) faults.push({ says: "stands in one zone only", flag: "--multi-az-enabled" });
  return faults;
}
