import { defineCheck, type Finding, fail, on, pass, sh, skip } from "../src/check.ts";
import { primaryOf, type Service, services } from "../src/facts/services.ts";
import { subnets } from "../src/facts/subnets.ts";

export default defineCheck({
  title: "The subnets have room for the tasks still to start",
  why: "A release or a rush of customers that finds no address left stops half way.",
  severity: { "pre-scale-up": "blocker", "post-deploy": "warning", "sign-off": "warning" },
  about: services,
  needs: [services, subnets],
  breaks: "starting",
  none: skip("there is no service"),

  evaluate(service, facts, { name, config }) {
    const about = (finding: Finding) => on(`room:${name}`, finding);
    const { network } = service;
    if (network === null) return about(skip("has no network of its own: its tasks use that of the instances that they run on"));
    const own = network.subnets.flatMap((id) => facts.subnets.find(id) ?? []);
    if (own.length < network.subnets.length) return about(skip("names a subnet that does not exist"));
    if (own.some(({ free }) => free === null)) return about(skip("has subnets of IPv6, which do not run out"));
    const stated = config.services[name]?.desiredCount;
    if (service.desired === 0 && stated === undefined)
      return about(skip("is at rest, and the configuration does not say how many tasks it is to run"));

    // Others whose tasks can stand nowhere else want the same addresses.
    const rivals = facts.services.all().filter((one) => one.network?.subnets.every((id) => network.subnets.includes(id)));
    const wanted = rivals.map((one) => ({ service: one.name, tasks: toStart(one, config.services[one.name]?.desiredCount ?? 0) }));
    const needed = wanted.reduce((sum, { tasks }) => sum + tasks, 0);
    const free = own.reduce((sum, subnet) => sum + (subnet.free ?? 0), 0);
    const evidence = {
      free: Object.fromEntries(own.map((subnet) => [subnet.id, subnet.free])),
      toStart: Object.fromEntries(wanted.map((one) => [one.service, one.tasks])),
    };
    const says = `has ${free} ${free === 1 ? "address" : "addresses"} free for ${needed} ${needed === 1 ? "task" : "tasks"} still to start`;
    if (free >= needed) return about(pass(says, evidence));
    return about(
      fail(
        says,
        evidence,
        {
          do: "Free addresses, or add a subnet with room to the service.",
          run: own.map(
            ({ id }) =>
              sh`aws ec2 describe-network-interfaces --filters ${`Name=subnet-id,Values=${id}`} --query ${"NetworkInterfaces[].[NetworkInterfaceId,Status,Description]"}`,
          ),
        },
        "eni-or-ip-exhausted",
      ),
    );
  },
});

/** How many tasks are started beside those that run: for a rolling deployment no more than it may have at once. */
function toStart(service: Service, stated: number): number {
  const { desired, running, pending, maximumPercent, deployments } = service;
  const wanted = Math.max(desired, stated);
  const missing = Math.max(0, wanted - running - pending);
  const primary = primaryOf(service);
  if (deployments.length < 2 || !primary) return missing;
  const room = Math.floor((wanted * maximumPercent) / 100) - running - pending;
  return Math.max(missing, Math.min(wanted - primary.running, Math.max(0, room)));
}
