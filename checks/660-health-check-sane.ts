import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import type { Config } from "../src/config.ts";
import { type Service, services } from "../src/facts/services.ts";
import { attachmentsTo, type TargetGroup, targetGroups } from "../src/facts/target-groups.ts";

export default defineCheck({
  title: "Every health check tells the sick from the healthy",
  why: "A health check that passes for a broken service sends users to it; one that is too strict kills a service that only starts slowly.",
  severity: "warning",
  about: targetGroups,
  needs: [services],
  none: skip("no service is behind a load balancer"),

  evaluate(group, facts, { config }) {
    const behind = group.services.map((name) => facts.services.get(name));
    const { healthCheck, protocol } = group;
    const toHealthy = healthCheck.interval * healthCheck.healthyThreshold;
    const evidence = {
      ...healthCheck,
      traffic: protocol,
      secondsToHealthy: toHealthy,
      grace: behind.map(({ name, grace }) => `${name}: ${grace}`),
    };

    const hasty = behind.filter(({ grace }) => (grace ?? 0) < toHealthy);
    const wrong = [...settingsOf(group, behind, config)];
    const says = [
      ...wrong.map((one) => one.says),
      ...hasty.map(({ name, grace }) => `gives ${name} ${grace ?? 0} s of grace, where it takes ${toHealthy} s to be found healthy`),
    ];
    if (says.length === 0) return pass(`checks ${healthCheck.path ?? healthCheck.protocol} as it should`, evidence);

    const flags = [...new Set(wrong.map(({ flag }) => flag))].join(" ");
    return fail(says.join("; "), evidence, {
      do: "Set the health check and the grace period as they are meant.",
      run: [
        ...(flags ? [`${sh`aws elbv2 modify-target-group --target-group-arn ${group.arn}`} ${flags}`] : []),
        ...hasty.map(({ name }) => sh`aws ecs update-service --service ${name} --health-check-grace-period-seconds ${toHealthy}`),
      ],
    });
  },
});

type Wrong = { readonly says: string; readonly flag: string };

function settingsOf(
  { arn, healthCheck, protocol, protocolVersion }: TargetGroup,
  behind: readonly Service[],
  config: Config,
): readonly Wrong[] {
  const { enabled, path, port, statuses } = healthCheck;
  const wrong: Wrong[] = [];
  if (!enabled) wrong.push({ says: "has its health check off", flag: "--health-check-enabled" });

  const asksHttp = healthCheck.protocol === "HTTP" || healthCheck.protocol === "HTTPS";
  for (const { name } of behind) {
    const meant = config.services[name]?.path;
    if (meant === undefined || !asksHttp || protocolVersion === "GRPC" || path === meant) continue;
    wrong.push({ says: `asks for ${path}, where ${meant} is configured`, flag: sh`--health-check-path ${meant}` });
  }
  const ports = attachmentsTo(arn, behind);
  if (port !== "traffic-port" && !ports.some((one) => `${one.port}` === port))
    wrong.push({ says: `asks port ${port}, where traffic goes to another`, flag: "--health-check-port traffic-port" });
  // What carries bytes of any protocol may well be asked by HTTP.
  if ((protocol === "HTTP" || protocol === "HTTPS") && healthCheck.protocol !== protocol)
    wrong.push({ says: `asks by ${healthCheck.protocol}, where traffic goes by ${protocol}`, flag: `--health-check-protocol ${protocol}` });

  const tolerated = (statuses ?? "200")
    .split(",")
    .filter((range) => range.split("-").some((status) => Number(status) < 200 || Number(status) > 399));
  if (tolerated.length > 0) wrong.push({ says: `takes status ${tolerated.join(",")} for healthy`, flag: "--matcher HttpCode=200-399" });
  return wrong;
}
