import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { dnsRecord } from "../fixtures/tls.ts";
import type { World } from "../fixtures/world.ts";
import check from "./940-dns-points-here.ts";

const host = "api.ohmycoins.com";
const here = "ohmycoins-prod-alb-1133770157.ap-southeast-2.elb.amazonaws.com";
const old = "ohmycoins-staging-alb-880145512.ap-southeast-2.elb.amazonaws.com";
const zoneOf = (world: World) => world.route53.zones[0] ?? expect.fail("the world has no zone");
const alias = (DNSName: string) => ({ AliasTarget: { HostedZoneId: "Z1", DNSName, EvaluateTargetHealth: false } });

const leading =
  (...sets: Partial<ResourceRecordSet>[]) =>
  (world: World) => {
    const zone = zoneOf(world);
    zone.records = zone.records.filter(({ Name }) => Name !== `${host}.`);
    zone.records.push(...sets.map((set): ResourceRecordSet => ({ Name: `${host}.`, Type: "A", ...set })));
  };
const cname = (Value: string) => ({ Type: "CNAME" as const, TTL: 60, ResourceRecords: [{ Value }] });
const found = async (change: (world: World) => void) => (await inspect(check, change)).find(({ subject }) => subject === `host:${host}`);

test("passes when the zone's record leads to the service's load balancer", async () => {
  expect(await inspect(check)).toMatchObject([
    { subject: `host:${host}`, status: "pass", says: "leads to ohmycoins-prod-alb", evidence: { zone: "ohmycoins.com" } },
    { subject: "host:dashboard.ohmycoins.com", status: "pass" },
  ]);
});

test("fails when it leads to another load balancer, and when there is no record", async () => {
  const elsewhere = await found(leading(alias(`dualstack.${old}.`)));
  expect(elsewhere).toMatchObject({ status: "fail", says: `leads to dualstack.${old}, and not to ${here}` });
  expect(elsewhere?.fix?.run[1]).toMatch(/^aws route53 change-resource-record-sets .*--hosted-zone-id Z0/);

  expect(await found(leading())).toMatchObject({ status: "fail", says: "has no record in the hosted zone ohmycoins.com" });
  expect(await found(leading({ Type: "TXT", TTL: 60, ResourceRecords: [{ Value: '"v=spf1 -all"' }] }))).toMatchObject({ status: "fail" });
});

const weighted = (Weight: number, SetIdentifier: string, DNSName: string) => ({ Weight, SetIdentifier, ...alias(DNSName) });

test.each<[string, (world: World) => void]>([
  ["an alias without dualstack, in capitals and with a dot", leading(alias(`${here.toUpperCase()}.`))],
  ["a CNAME", leading(cname(here))],
  [
    "a CNAME to a CNAME in the same zone",
    (world) => {
      leading(cname("live.ohmycoins.com"))(world);
      zoneOf(world).records.push({ Name: "live.ohmycoins.com.", ...cname(here) });
    },
  ],
  ["a share of the requests", leading(weighted(1, "new", here), weighted(99, "old", old))],
  ["a wildcard", (world) => void Object.assign(dnsRecord(world, host), { Name: "*.ohmycoins.com." })],
  [
    "a failover whose first leads here",
    leading({ SetIdentifier: "a", Failover: "PRIMARY", ...alias(here) }, { SetIdentifier: "b", Failover: "SECONDARY", ...alias(old) }),
  ],
])("passes by way of %s", async (_, change) => {
  expect(await found(change)).toMatchObject({ status: "pass" });
});

test("a record that weighs nothing leads nobody here", async () => {
  expect(await found(leading(weighted(0, "new", here), weighted(100, "old", old)))).toMatchObject({ status: "fail" });
});

test.each<[string, (world: World) => void, RegExp]>([
  ["CloudFront", leading(alias("d111111abcdef8.cloudfront.net.")), /CloudFront/],
  ["Global Accelerator", leading(alias("a1234567890abcdef.awsglobalaccelerator.com.")), /Global Accelerator/],
  ["a Network Load Balancer", leading(alias("front-0123456789abcdef.elb.ap-southeast-2.amazonaws.com.")), /Network Load Balancer/],
  ["a name elsewhere", leading(cname("api.ohmycoins.com.cdn.example.net")), /not in this account's zones/],
  ["an address", leading({ TTL: 60, ResourceRecords: [{ Value: "192.0.2.7" }] }), /an address/],
  ["other name servers", leading({ Type: "NS", TTL: 60, ResourceRecords: [{ Value: "ns1.example.net" }] }), /left to other name servers/],
  ["a zone without records", (world) => void zoneOf(world).records.splice(2), /cannot be the one that is in use/],
  ["a zone of another account", (world) => void world.route53.zones.splice(0), /in no public hosted zone/],
])("skips what leads to %s, where nobody can tell", async (_, change, says) => {
  expect(await found(change)).toMatchObject({ status: "skip", says: expect.stringMatching(says) });
});

test("is not fooled by a private zone of the same name, nor by a domain that ends alike", async () => {
  const privately = (world: World) => {
    const zone = zoneOf(world);
    world.route53.zones.push({ ...structuredClone(zone), Id: "/hostedzone/ZPRIVATE", Config: { PrivateZone: true } });
    leading(alias(here))(world);
    const inner = world.route53.zones[1];
    if (inner) inner.records = inner.records.map((one) => (one.Type === "A" ? { ...one, ...alias(old) } : one));
  };
  expect(await found(privately)).toMatchObject({ status: "pass" });
  expect(await found((world) => void Object.assign(zoneOf(world), { Name: "coins.com." }))).toMatchObject({ status: "skip" });
  expect(await found((world) => void Object.assign(zoneOf(world), { Config: { PrivateZone: true }, records: [] }))).toMatchObject({
    status: "skip",
  });
});

test("inside, an internal load balancer's private zone is the one that counts", async () => {
  const inside = (target: string) => (world: World) => {
    for (const one of world.elasticloadbalancing.loadBalancers) one.Scheme = "internal";
    zoneOf(world).Config = { PrivateZone: true };
    leading(alias(target))(world);
  };
  expect(await found(inside(here))).toMatchObject({ status: "pass" });
  expect(await found(inside(old))).toMatchObject({ status: "fail" });
});

test("skips where no service has a host, and does not know where it may not ask", async () => {
  const hostless = await inspect(check, (_, config) => {
    for (const service of Object.values(config.services)) delete service.host;
  });
  expect(hostless).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
  for (const action of ["route53:ListHostedZones", "route53:ListResourceRecordSets"]) {
    const denied = await inspect(check, () => {}, { denied: [action] });
    expect(denied[0]).toMatchObject({ because: { kind: "denied", action } });
    expect(new Set(denied.map(({ status }) => status))).toEqual(new Set(["unknown"]));
  }
});

test("reads what a host has of a zone with more records than one page, and does not know where the host alone has more", async () => {
  const many = Array.from({ length: 400 }, (_, n) => n);
  const others = (world: World) =>
    zoneOf(world).records.push(...many.map((n): ResourceRecordSet => ({ Name: `b${n}.ohmycoins.com.`, ...cname(here) })));
  expect(await found((world) => void others(world))).toMatchObject({ status: "pass" });
  const absent = (world: World) => {
    leading()(world);
    others(world);
  };
  expect(await found(absent)).toMatchObject({ status: "fail", says: "has no record in the hosted zone ohmycoins.com" });
  const shares = leading(...many.map((n) => weighted(1, `share-${n}`, `${old}.`)));
  expect(await found(shares)).toMatchObject({ status: "unknown", because: { kind: "invalid" } });
});
