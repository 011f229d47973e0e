import { defineCheck, type Finding, fail, on, pass, sh, skip } from "../src/check.ts";
import { groupsNamed } from "../src/facts/firewall.ts";
import { securityGroups } from "../src/facts/security-groups.ts";
import { services } from "../src/facts/services.ts";
import { subnets } from "../src/facts/subnets.ts";

export default defineCheck({
  title: "Every subnet and security group that a service names exists",
  why: "A service that names what was deleted cannot start one task more, and nobody notices before the next deployment.",
  severity: "blocker",
  about: services,
  needs: [subnets, securityGroups],
  accountsFor: [subnets],
  breaks: "starting",
  none: skip("there is no service"),

  evaluate({ arn, network }, facts, { name }) {
    if (network === null) return skip("has no network of its own: its tasks use that of the instances that they run on");
    const found = network.subnets.map((id) => ({ id, subnet: facts.subnets.find(id) }));
    const rest = found.flatMap(({ id, subnet }) => (subnet ? [id] : []));
    const vpcs = [...new Set(found.flatMap(({ subnet }) => subnet?.vpc ?? []))];
    const [vpc] = vpcs;
    const shared = found.some(({ subnet }) => subnet?.owner && subnet.owner !== arn.split(":")[4]);
    const groups = vpc === undefined ? [] : facts.securityGroups.get(vpc);

    const set = (subnetIds: readonly string[], groupIds: readonly string[]) =>
      sh`aws ecs update-service --service ${name} --network-configuration ${`awsvpcConfiguration={subnets=[${subnetIds.join(",")}],securityGroups=[${groupIds.join(",")}],assignPublicIp=${network.publicIp ? "ENABLED" : "DISABLED"}}`}`;
    const gone = found.flatMap(({ id, subnet }): Finding[] => {
      if (subnet) return [];
      const fix = { do: "Create it again, or let the service name those that exist.", run: [set(rest, network.securityGroups)] };
      return [on(`subnet:${id}`, fail("does not exist", { service: name }, fix), [])];
    });
    const lost = network.securityGroups.flatMap((id): Finding[] => {
      if (vpc === undefined || groupsNamed([id], groups) !== null) return [];
      // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html: its owner's own groups are not shown
      if (shared) return [on(`security-group:${id}`, skip("is not shown, and its network is another account's"), [])];
      const left = network.securityGroups.filter((one) => groupsNamed([one], groups) !== null);
      const fix = { do: `Create it again in ${vpc}, or let the service name one that exists.`, run: [set(network.subnets, left)] };
      return [on(`security-group:${id}`, fail(`does not exist in ${vpc}`, { service: name, vpc }, fix), [])];
    });
    return [own(), ...gone, ...lost];

    function own(): Finding {
      if (vpcs.length > 1)
        return fail(
          `names subnets of ${vpcs.length} networks`,
          { vpcs, subnets: network?.subnets ?? [] },
          { do: "Let it name subnets of one network.", run: [] },
        );
      if (gone.length > 0 || lost.length > 0) return skip("names what does not exist, or is not shown");
      return pass(`stands in ${rest.length} subnets of one network`, {
        vpc: vpc ?? null,
        subnets: rest,
        securityGroups: network?.securityGroups ?? [],
      });
    }
  },
});
