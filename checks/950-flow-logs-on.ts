import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { flowLogs } from "../src/facts/flow-logs.ts";
import { services } from "../src/facts/services.ts";
import { subnets } from "../src/facts/subnets.ts";

export default defineCheck({
  title: "The network keeps flow logs",
  why: "After a break-in, nobody can say what left the house if nothing was written down.",
  severity: { "sign-off": "advice" },
  about: flowLogs,
  needs: [services, subnets],
  none: skip("no service has a network of its own"),

  evaluate(logs, facts, { name: vpc }) {
    const here = facts.subnets.all().filter((subnet) => subnet.vpc === vpc);
    const [owner] = here.flatMap((subnet) => subnet.owner ?? []);
    const account = facts.services.all()[0]?.arn.split(":")[4];
    if (owner !== undefined && owner !== account) return skip(`belongs to account ${owner}, which keeps them or does not`);

    const active = logs.filter((log) => log.active);
    const working = active.filter(({ failure }) => failure === null);
    const kept = (resource: string) => working.some((log) => log.resource === resource);
    const evidence = { flowLogs: logs.map(({ id, resource, traffic, failure }) => ({ id, resource, traffic, failure })) };
    if (kept(vpc)) return pass("keeps flow logs", evidence);
    if (here.length > 0 && here.every(({ id }) => kept(id))) return pass("keeps flow logs of every subnet that tasks stand in", evidence);

    const broken = active.find(({ failure }) => failure !== null);
    if (broken)
      return fail(`keeps flow logs that are not delivered: ${broken.failure}`, evidence, {
        do: "Let the flow log write where it is told to.",
        run: [sh`aws ec2 describe-flow-logs --flow-log-ids ${broken.id}`],
      });
    return fail("keeps no flow logs", evidence, {
      do: "Turn flow logs on, with the ARN of a role that may write them.",
      run: [
        `${sh`aws ec2 create-flow-logs --resource-type VPC --resource-ids ${vpc} --traffic-type ALL --log-group-name ${`/vpc/${vpc}`}`} --deliver-logs-permission-arn "$ROLE_ARN"`,
      ],
    });
  },
});
