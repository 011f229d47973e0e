import type { Action, RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { detach, rest, rule, service, targetGroup } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import check from "./620-route-reaches-service.ts";

const backend = "ohmycoins-prod-backend";
const api = "api.ohmycoins.com";
const route = `route:${api}/api/v1/utils/health-check/`;
const alb = "ohmycoins-prod-alb";

const found = async (change: Change) => (await inspect(check, change)).find(({ subject }) => subject.startsWith(`route:${api}`));

const refuse: Action = { Type: "fixed-response", FixedResponseConfig: { StatusCode: "503" } };
const forward =
  (...groups: [string, number][]) =>
  (world: World) => ({
    Type: "forward" as const,
    ForwardConfig: { TargetGroups: groups.map(([name, Weight]) => ({ TargetGroupArn: targetGroup(world, name).TargetGroupArn, Weight })) },
  });

function addRule(
  { elasticloadbalancing: { listeners, rules } }: World,
  Priority: string,
  Action: Action,
  ...Conditions: RuleCondition[]
): void {
  const ListenerArn = listeners[0]?.ListenerArn ?? "";
  rules.push({
    ListenerArn,
    RuleArn: `${ListenerArn.replace("listener", "listener-rule")}/${Priority}`,
    Priority,
    Conditions,
    Actions: [Action],
  });
}

/** HTTP on port 80 only redirects, and HTTPS has the rules. */
function useHttps(
  { elasticloadbalancing: { listeners, rules } }: World,
  redirect: { Protocol?: string; Port?: string; Host?: string },
): void {
  const [http] = listeners;
  if (!http) return;
  const ListenerArn = `${http.ListenerArn}443`;
  listeners.push({ ...http, ListenerArn, Port: 443, Protocol: "HTTPS" });
  for (const one of rules) one.ListenerArn = ListenerArn;
  const Actions: Action[] = [{ Type: "redirect", RedirectConfig: { StatusCode: "HTTP_301", ...redirect } }];
  rules.push({ ListenerArn: http.ListenerArn ?? "", RuleArn: "default-80", Priority: "default", Conditions: [], Actions, IsDefault: true });
}

const asking80: Change = (_, config) => {
  for (const one of Object.values(config.services)) one.port = 80;
};

test("passes when each host and path leads to its service, at rest too", async () => {
  for (const change of [() => {}, rest])
    expect(await inspect(check, change, { scene: "pre-scale-up" })).toMatchObject([
      { subject: route, status: "pass", says: "leads to ohmycoins-prod-backend-tg" },
      { subject: "route:dashboard.ohmycoins.com/", status: "pass" },
    ]);
});

test("fails when an earlier rule takes the requests, and names both", async () => {
  const shadowed = await found((world) => {
    addRule(world, "5", forward(["ohmycoins-prod-frontend-tg", 1])(world), {
      Field: "path-pattern",
      PathPatternConfig: { Values: ["/api/*"] },
    });
  });
  expect(shadowed).toMatchObject({
    status: "fail",
    says: `is taken by rule 5 (path-pattern /api/*) of ${alb}:80 before rule 10 (host-header ${api}) can lead it there`,
    fix: { do: `Put rule 10 of ${alb}:80 before rule 5.` },
  });
  expect(shadowed?.fix?.run[0]).toMatch(/^aws elbv2 set-rule-priorities .*RuleArn=\S+,Priority=5 RuleArn=\S+,Priority=10$/);
});

test("fails when no rule is for its host", async () => {
  const misspelt = await found((world) => {
    rule(world, api).Conditions = [{ Field: "host-header", HostHeaderConfig: { Values: ["api.ohmycoin.com"] } }];
  });
  expect(misspelt).toMatchObject({ status: "fail", says: `is answered 404 by the default rule of ${alb}:80` });
  expect(misspelt?.fix?.run[0]).toContain(`--priority 1 --conditions Field=host-header,Values=${api} --actions Type=forward,`);
});

test("fails when the rule leads to another service, and when this one has no weight", async () => {
  const wrong = await found((world) => {
    rule(world, api).Actions = [forward(["ohmycoins-prod-frontend-tg", 1])(world)];
  });
  expect(wrong).toMatchObject({
    status: "fail",
    says: `is led to ohmycoins-prod-frontend-tg by rule 10 (host-header ${api}) of ${alb}:80`,
  });
  expect(wrong?.fix?.run[0]).toMatch(/^aws elbv2 modify-rule .*targetgroup\/ohmycoins-prod-backend-tg/);

  const weightless = await found((world) => {
    rule(world, api).Actions = [forward(["ohmycoins-prod-frontend-tg", 1], ["ohmycoins-prod-backend-tg", 0])(world)];
  });
  expect(weightless?.says).toMatch(/with no weight on ohmycoins-prod-backend-tg$/);
});

test("fails when nobody listens on the port that is stated", async () => {
  const [nobody] = await inspect(check, (_, config) => {
    Object.assign(config.services[backend] ?? {}, { port: 8443 });
  });
  expect(nobody).toMatchObject({
    subject: `route:${api}:8443/api/v1/utils/health-check/`,
    status: "fail",
    says: expect.stringMatching(/^meets no listener at/),
  });
});

test("follows the redirect from HTTP to HTTPS", async () => {
  const change: Change = (world, config) => {
    useHttps(world, { Protocol: "HTTPS", Port: "443" });
    asking80(world, config);
  };
  expect(await found(change)).toMatchObject({
    status: "pass",
    evidence: { way: [`${alb}:80, the default rule: redirect`, expect.stringContaining(":443")] },
  });
});

test("prefers 443 where no port is stated, and lets a redirect that forgets the port fail", async () => {
  expect(await found((world) => useHttps(world, { Protocol: "HTTPS", Port: "443" }))).toMatchObject({
    status: "pass",
    evidence: { way: [`${alb}:443, rule 10 (host-header ${api}): forward`] },
  });
  const forgetful: Change = (world, config) => {
    useHttps(world, { Protocol: "HTTPS" });
    asking80(world, config);
  };
  expect(await found(forgetful)).toMatchObject({
    status: "fail",
    says: `meets no listener at https://${api}:80/api/v1/utils/health-check/`,
  });
});

test("fails when it is redirected to a host that no rule here waits for", async () => {
  const away: Change = (world, config) => {
    useHttps(world, { Protocol: "HTTPS", Port: "443", Host: "elsewhere.example.com" });
    asking80(world, config);
  };
  expect(await found(away)).toMatchObject({
    status: "fail",
    says: expect.stringMatching(/^is redirected to https:\/\/elsewhere\.example\.com:443/),
  });
});

test("a login, a share of the requests and a rule that may take them are said", async () => {
  const login = await found((world) => {
    const one = rule(world, api);
    one.Actions = [
      { Type: "authenticate-oidc", Order: 1 },
      { Order: 2, ...forward(["ohmycoins-prod-backend-tg", 9], ["ohmycoins-prod-frontend-tg", 1])(world) },
    ];
    addRule(world, "1", refuse, { Field: "source-ip", SourceIpConfig: { Values: ["192.0.2.0/24"] } });
  });
  expect(login).toMatchObject({
    status: "pass",
    says: "leads to ohmycoins-prod-backend-tg for 90 % of requests, behind a login, unless rule 1 (source-ip 192.0.2.0/24) takes the request",
  });
});

test("skips what only a rule that host and path do not decide leads to it", async () => {
  const behindProxy = await found((world) => {
    const one = rule(world, api);
    one.Conditions = [
      ...(one.Conditions ?? []),
      { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Origin-Verify", Values: ["…"] } },
    ];
  });
  expect(behindProxy).toMatchObject({ status: "skip", says: expect.stringContaining("http-header X-Origin-Verify") });
});

test("fails for a host whose service is behind no load balancer at all", async () => {
  const [alone] = await inspect(check, (world) => {
    service(world, backend).loadBalancers = [];
  });
  expect(alone).toMatchObject({ status: "fail", says: `leads nowhere: ${backend} is behind no load balancer` });
});

test("skips a service without a host, and one whose target group is attached to no load balancer", async () => {
  const [hostless] = await inspect(check, (_, config) => {
    delete config.services[backend]?.host;
  });
  expect(hostless).toMatchObject({ subject: `service:${backend}`, status: "skip", says: "has no host that must lead to it" });

  const unattached = (world: World) => detach(world, "ohmycoins-prod-backend-tg");
  const deleted = ({ elasticloadbalancing: world }: World) => {
    world.targetGroups = world.targetGroups.filter(({ TargetGroupName }) => TargetGroupName !== "ohmycoins-prod-backend-tg");
  };
  for (const change of [unattached, deleted])
    expect(await found(change)).toMatchObject({ subject: route, status: "skip", says: expect.stringMatching(/^leads nowhere while/) });
});

test("is not fooled by the case of a host, by the green one of a pair, or by a Network Load Balancer without rules", async () => {
  const shouting = await found((world) => {
    rule(world, api).Conditions = [{ Field: "host-header", HostHeaderConfig: { Values: ["API.OhMyCoins.com"] } }];
  });
  expect(shouting).toMatchObject({ status: "pass" });

  const green = await found((world) => {
    const blue = targetGroup(world, "ohmycoins-prod-backend-tg");
    const TargetGroupArn = blue.TargetGroupArn.replace("backend-tg", "green-tg");
    world.elasticloadbalancing.targetGroups.push({ ...blue, TargetGroupArn, TargetGroupName: "ohmycoins-prod-green-tg" });
    for (const one of service(world, backend).loadBalancers ?? [])
      one.advancedConfiguration = { alternateTargetGroupArn: TargetGroupArn, productionListenerRule: "arn:rule", roleArn: "arn:role" };
    rule(world, api).Actions = [forward(["ohmycoins-prod-backend-tg", 0], ["ohmycoins-prod-green-tg", 100])(world)];
  });
  expect(green).toMatchObject({ status: "pass", says: "leads to ohmycoins-prod-backend-tg or ohmycoins-prod-green-tg" });

  const network = await found((world) => {
    world.elasticloadbalancing.rules = [];
    for (const one of world.elasticloadbalancing.listeners)
      Object.assign(one, { Protocol: "TCP", DefaultActions: [forward(["ohmycoins-prod-backend-tg", 1])(world)] });
  });
  expect(network).toMatchObject({ status: "pass" });
});

test("rules that cannot be read are unknown, never a missing rule", async () => {
  const denied = await inspect(check, () => {}, { denied: ["elasticloadbalancing:DescribeRules"] });
  expect(denied).toMatchObject([
    { subject: `service:${backend}`, status: "unknown", because: { kind: "denied", action: "elasticloadbalancing:DescribeRules" } },
    { status: "unknown" },
  ]);
});
