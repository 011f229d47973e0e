import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import { expect, test } from "vitest";
import { type Change, reading } from "../../fixtures/inspect.ts";
import { dnsRecords } from "./dns-records.ts";

const host = "api.prod.ohmycoins.com";

async function answers(records: readonly ResourceRecordSet[], more: Change = () => {}) {
  const { readings } = await reading(dnsRecords, (world, config) => {
    config.services = { "ohmycoins-prod-backend": { host: "API.prod.ohmycoins.com" } };
    world.route53.zones[0]?.records.push(...records);
    more(world, config);
  });
  const found = readings[host];
  return found?.state === "known" ? found.value.answers : found;
}
const record = (Name: string, Type: "A" | "CNAME" | "NS" | "TXT", Value: string): ResourceRecordSet => ({
  Name,
  Type,
  TTL: 60,
  ResourceRecords: [{ Value }],
});

test("a host's records are told with names in plain, and followed within the zone", async () => {
  const records = [record(`${host}.`, "CNAME", "Live.ohmycoins.com."), record("live.ohmycoins.com.", "CNAME", "d1.cloudfront.net")];
  expect(await answers(records)).toMatchObject([
    {
      ...{ zone: "ohmycoins.com", delegated: null },
      records: [
        { name: host, type: "CNAME", to: ["live.ohmycoins.com"] },
        { name: "live.ohmycoins.com", type: "CNAME", to: ["d1.cloudfront.net"] },
      ],
    },
  ]);
});

test("records in a circle end", async () => {
  const records = [record(`${host}.`, "CNAME", "live.ohmycoins.com"), record("live.ohmycoins.com.", "CNAME", host)];
  expect(await answers(records)).toMatchObject([{ records: [{ name: host }, { name: "live.ohmycoins.com" }] }]);
});

test("without a record of its own a host has the nearest wildcard's; with one of any type it has not", async () => {
  const wild = [record("*.ohmycoins.com.", "A", "192.0.2.1"), record("*.prod.ohmycoins.com.", "A", "192.0.2.2")];
  expect(await answers(wild)).toMatchObject([{ records: [{ name: host, type: "A", to: ["192.0.2.2"] }] }]);
  expect(await answers([...wild, record(`${host}.`, "TXT", '"x"')])).toMatchObject([{ records: [] }]);
});

test("what is left to other name servers on the way is told", async () => {
  const left = record("prod.ohmycoins.com.", "NS", "ns1.example.net");
  expect(await answers([left, record(`${host}.`, "A", "192.0.2.1")])).toMatchObject([{ delegated: "prod.ohmycoins.com", records: [] }]);
});

test("the zone that holds the most of the name is asked, of public and of private ones", async () => {
  const zone = (Name: string, Id: string, PrivateZone: boolean) => ({
    ...{ Id: `/hostedzone/${Id}`, Name, CallerReference: Id, Config: { PrivateZone } },
    records: [record(`${host}.`, "A", `192.0.2.${PrivateZone ? 7 : 8}`)],
  });
  const found = await answers([], ({ route53 }) => {
    route53.zones.push(
      zone("prod.ohmycoins.com.", "ZNEAR", false),
      zone("ohmycoins.com.", "ZINNER", true),
      zone("coins.com.", "ZOTHER", false),
    );
  });
  expect(found).toMatchObject([
    { zoneId: "ZNEAR", private: false, records: [{ to: ["192.0.2.8"] }] },
    { zoneId: "ZINNER", private: true, records: [{ to: ["192.0.2.7"] }] },
  ]);
});
