import { expect, test } from "vitest";
import { type Change, reading } from "../../fixtures/inspect.ts";
import { overTls, tlsListener } from "../../fixtures/tls.ts";
import { servedCertificates } from "./served-certificates.ts";

const dns = "ohmycoins-prod-alb-1133770157.ap-southeast-2.elb.amazonaws.com";

async function doors(change: Change) {
  const { readings, links } = await reading(servedCertificates, change);
  const values = Object.entries(readings).flatMap(([name, one]) => (one.state === "known" ? [[name, one.value] as const] : []));
  return { values: Object.fromEntries(values), links };
}

test("each configured host is asked for once, by its endpoint's URL or through its load balancer", async () => {
  const { values, links } = await doors(overTls);
  expect(values).toMatchObject({
    "api.ohmycoins.com:443": { url: `https://${dns}:443/`, endpoints: ["backend-health"], shown: { distrust: null }, silence: null },
    "dashboard.ohmycoins.com:443": {
      url: `https://${dns}:443/`,
      endpoints: [],
      shown: { certificate: { issuer: "Example Trust Services CA 1" } },
    },
  });
  expect(Object.keys(values)).toHaveLength(2);
  expect(links).toContainEqual(["endpoint:backend-health", "tls:api.ohmycoins.com:443"]);
});

test("where nothing speaks TLS nobody is asked", async () => {
  expect((await doors(() => {})).values).toEqual({});
});

test("a listener that no host is meant for is told as well, and a refusal is what was found", async () => {
  const { values } = await doors((world, config) => {
    overTls(world, config);
    config.endpoints = {};
    for (const service of Object.values(config.services)) delete service.host;
  });
  expect(values).toMatchObject({ "ohmycoins-prod-alb:443": { host: null, url: null, shown: null, silence: null } });

  const refused = await doors((world, config) => {
    overTls(world, config);
    world.web.listening = false;
  });
  expect(refused.values["api.ohmycoins.com:443"]).toMatchObject({ shown: null, silence: { outcome: "refused", why: "ECONNREFUSED" } });
});

test("a host is met at the port that is stated, or where that one sends it; not at one that is meant for others", async () => {
  const at = (port: number | undefined, change: Change = () => {}) =>
    doors((world, config) => {
      overTls(world, config);
      config.endpoints = {};
      for (const service of Object.values(config.services)) if (port !== undefined) service.port = port;
      change(world, config);
    });
  const both = ["api.ohmycoins.com:443", "dashboard.ohmycoins.com:443"];
  expect(Object.keys((await at(80)).values)).toEqual(both);
  expect(Object.keys((await at(undefined)).values)).toEqual(both);
  const apart = await at(undefined, (world) => {
    tlsListener(world).Port = 8443;
    for (const { DefaultActions = [] } of world.elasticloadbalancing.listeners)
      for (const action of DefaultActions) Object.assign(action, { Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } });
  });
  expect(Object.keys(apart.values)).toEqual(["ohmycoins-prod-alb:8443"]);
});

test("an internal load balancer's is not asked from here", async () => {
  const { values } = await doors((world, config) => {
    overTls(world, config);
    config.endpoints = {};
    for (const one of world.elasticloadbalancing.loadBalancers) one.Scheme = "internal";
  });
  expect(values["api.ohmycoins.com:443"]).toMatchObject({ url: null, shown: null, silence: null });
});
