import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { overTls, tlsListener } from "../fixtures/tls.ts";
import check from "./740-https-only.ts";

const unwaived: Change = (_, config) => void delete config.waivers;
const policy =
  (SslPolicy: string): Change =>
  (world, config) => {
    overTls(world, config);
    tlsListener(world).SslPolicy = SslPolicy;
  };
const secure = async (change: Change) => (await inspect(check, change)).find(({ subject }) => subject.endsWith(":443"));

test("passes when HTTPS speaks TLS 1.2 and newer, and HTTP sends everybody there", async () => {
  expect(await inspect(check, overTls)).toMatchObject([
    { subject: "listener:ohmycoins-prod-alb:443", status: "pass", says: "speaks TLS 1.2 and newer" },
    { subject: "listener:ohmycoins-prod-alb:80", status: "pass", says: "sends everybody to HTTPS" },
  ]);
});

test("fails when HTTP leads to services, and says which rules do", async () => {
  const [found] = await inspect(check, unwaived);
  expect(found).toMatchObject({
    subject: "listener:ohmycoins-prod-alb:80",
    status: "fail",
    says: "serves in the open, by rule 10 (host-header api.ohmycoins.com) and rule 20 (host-header dashboard.ohmycoins.com)",
  });
  expect(found?.fix?.run).toHaveLength(2);
});

test.each([
  ["ELBSecurityPolicy-2016-08", "1.0"],
  ["ELBSecurityPolicy-TLS-1-1-2017-01", "1.1"],
  ["ELBSecurityPolicy-TLS13-1-0-2021-06", "1.0"],
  ["ELBSecurityPolicy-FS-2018-06", "1.0"],
])("fails when the policy is %s", async (name, version) => {
  expect(await secure(policy(name))).toMatchObject({ status: "fail", says: `still accepts TLS ${version}, by its policy ${name}` });
});

test.each([
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-FS-1-2-Res-2020-10",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
])("passes when the policy is %s", async (name) => {
  expect(await secure(policy(name))).toMatchObject({ status: "pass" });
});

test("skips a policy that nobody has met, and what passes TLS on as it comes", async () => {
  expect(await secure(policy("ELBSecurityPolicy-TLS14-1-0-2031-01"))).toMatchObject({ status: "skip" });
  const network = await inspect(check, (world) => {
    for (const one of world.elasticloadbalancing.listeners) one.Protocol = "TCP";
  });
  expect(network).toMatchObject([{ status: "skip", says: expect.stringContaining("TCP") }]);
});

test("is not fooled by one rule that still serves beside the redirect, nor by a redirect that stays with HTTP", async () => {
  const beside = await inspect(check, (world, config) => {
    overTls(world, config);
    const { rules, listeners } = world.elasticloadbalancing;
    const [own] = rules;
    const http = listeners.find(({ Port }) => Port === 80)?.ListenerArn ?? "";
    if (own) rules.push({ ...own, ListenerArn: http, RuleArn: `${own.RuleArn}0` });
  });
  expect(beside.find(({ subject }) => subject.endsWith(":80"))).toMatchObject({
    status: "fail",
    says: expect.stringContaining("api.ohmycoins.com"),
  });

  const staying = await inspect(check, (world, config) => {
    overTls(world, config);
    for (const { Actions = [] } of world.elasticloadbalancing.rules)
      for (const { RedirectConfig } of Actions) if (RedirectConfig) RedirectConfig.Protocol = "#{protocol}";
  });
  expect(staying.find(({ subject }) => subject.endsWith(":80"))).toMatchObject({ status: "fail" });
});

test("a listener that only says that there is nothing serves nothing in the open", async () => {
  const nothing = await inspect(check, (world) => {
    const { rules } = world.elasticloadbalancing;
    world.elasticloadbalancing.rules = rules.filter(({ IsDefault }) => IsDefault);
  });
  expect(nothing).toMatchObject([{ status: "pass", says: "leads to no service" }]);
});
