import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { acmCertificate, expiring, overTls, tlsListener } from "../fixtures/tls.ts";
import type { World } from "../fixtures/world.ts";
import check from "./730-certificate-valid.ts";

const overTlsBut =
  (change: (world: World, config: Parameters<Change>[1]) => unknown): Change =>
  (world, config) => {
    overTls(world, config);
    change(world, config);
  };
const found = (change: Parameters<typeof overTlsBut>[0] = () => {}) => inspect(check, overTlsBut(change));
const certificates = (change: Partial<World["web"]["certificates"][number]>) => (world: World) => {
  for (const one of world.web.certificates) Object.assign(one, change);
};

test("passes for each host that is shown a trusted certificate in date for its name", async () => {
  const all = await found();
  expect(all.map(({ subject, status }) => [subject, status])).toEqual([
    ["tls:api.ohmycoins.com:443", "pass"],
    ["tls:dashboard.ohmycoins.com:443", "pass"],
  ]);
  expect(all[0]).toMatchObject({
    says: "shows a trusted certificate that is good until 2026-04-26",
    evidence: { acm: { status: "ISSUED" } },
  });
});

test.each<[string, Partial<World["web"]["certificates"][number]>, RegExp]>([
  ["expired", { notAfter: new Date("2026-01-15T00:00:00Z") }, /^shows a certificate that expired on 2026-01-15$/],
  ["not good yet", { notBefore: new Date("2026-02-01T00:00:00Z") }, /^shows a certificate that is good only from 2026-02-01 on$/],
  ["for another name", { names: ["ohmycoins.com"] }, /^shows a certificate for ohmycoins.com, and not for this name$/],
  ["signed by itself", { issuer: "self-signed" }, /^shows a certificate that is signed by nobody but itself$/],
  ["without its chain", { chain: "incomplete" }, /without the chain/],
  [
    "by nobody we know",
    { issuer: "unknown" },
    /^shows a certificate by Nobody Knows CA that is not trusted here: UNABLE_TO_GET_ISSUER_CERT_LOCALLY$/,
  ],
])("fails when the certificate is %s", async (_, change, says) => {
  const [first] = await found(certificates(change));
  expect(first).toMatchObject({ status: "fail", says: expect.stringMatching(says) });
  expect(first?.fix?.run.length).toBeGreaterThan(0);
});

test.each([
  ["PENDING_VALIDATION", /waits for its domains to be validated$/],
  ["REVOKED", /^has a certificate that is REVOKED in ACM$/],
  ["EXPIRED", /^has a certificate that is EXPIRED in ACM$/],
])("fails when ACM says that it is %s, whatever is shown", async (Status, says) => {
  const [first] = await found((world) => Object.assign(acmCertificate(world), { Status }));
  expect(first).toMatchObject({ status: "fail", says: expect.stringMatching(says) });
});

test("behind an internal load balancer, which is not asked from here, ACM alone decides", async () => {
  const internal = (world: World, config: Parameters<Change>[1]) => {
    for (const one of world.elasticloadbalancing.loadBalancers) one.Scheme = "internal";
    config.endpoints = {};
    world.web.listening = false;
  };
  expect(await found(internal)).toMatchObject([
    { status: "pass", says: "has a certificate that ACM has issued, good until 2026-04-26" },
    { status: "pass" },
  ]);
  const [misnamed] = await found((world, config) => {
    internal(world, config);
    Object.assign(acmCertificate(world), { DomainName: "*.com", SubjectAlternativeNames: ["*.com"] });
  });
  expect(misnamed).toMatchObject({ status: "fail", says: "has a certificate for *.com, and not for this name" });
  const [late] = await found((world, config) => {
    internal(world, config);
    expiring(world, -1);
  });
  expect(late).toMatchObject({ status: "fail", says: "has a certificate in ACM that expired on 2026-01-17" });
});

test("skips where nothing speaks TLS, and where a certificate of IAM cannot be asked for", async () => {
  expect(await inspect(check)).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
  const [uploaded] = await found((world) => {
    tlsListener(world).Certificates = [{ CertificateArn: "arn:aws:iam::220711411889:server-certificate/ohmycoins" }];
    world.web.listening = false;
  });
  expect(uploaded).toMatchObject({
    status: "skip",
    says: "could not be asked from here: ECONNREFUSED, and its certificate is none of ACM's",
  });
});

test("an endpoint elsewhere is asked as well, and told apart from those that answer without TLS", async () => {
  const elsewhere: Change = (world, config) => {
    config.endpoints = { status: { url: "https://status.example.com/" }, plain: { url: "http://plain.example.com/" } };
    const dates = { notBefore: new Date("2025-01-01T00:00:00Z"), notAfter: new Date("2026-01-01T00:00:00Z") };
    world.web.certificates = [{ host: "status.example.com", names: ["status.example.com"], issuer: "trusted", ...dates }];
  };
  const [found, ...others] = await inspect(check, elsewhere);
  expect(found).toMatchObject({ subject: "tls:status.example.com:443", status: "fail", says: expect.stringContaining("2026-01-01") });
  expect(found?.fix?.run[0]).toMatch(/^openssl s_client -connect status.example.com:443 -servername status.example.com/);
  expect(others).toEqual([]);
});

test("is not fooled: a private authority, a wildcard, the case of a host, a certificate chosen by the server name", async () => {
  const privately = await found((world) => {
    acmCertificate(world).Type = "PRIVATE";
    certificates({ issuer: "unknown" })(world);
  });
  expect(privately).toMatchObject([{ status: "skip", says: expect.stringContaining("private authority") }, { status: "skip" }]);

  const wild = await found((world, config) => {
    certificates({ names: ["*.OhMyCoins.com"] })(world);
    Object.assign(acmCertificate(world), { DomainName: "*.ohmycoins.com", SubjectAlternativeNames: ["*.ohmycoins.com"] });
    for (const service of Object.values(config.services)) service.host = service.host?.toUpperCase();
  });
  expect(wild.map(({ status }) => status)).toEqual(["pass", "pass"]);

  const [chosen] = await found((world) => {
    const own = acmCertificate(world);
    const CertificateArn = `${own.CertificateArn?.slice(0, -4)}0000`;
    world.acm.certificates.push({ ...own, CertificateArn, DomainName: "example.com", SubjectAlternativeNames: [], Status: "EXPIRED" });
    tlsListener(world).Certificates?.unshift({ CertificateArn });
  });
  expect(chosen).toMatchObject({ status: "pass" });
});

test("what ACM may not be asked is unknown, though what is shown is well", async () => {
  const denied = await inspect(check, overTls, { denied: ["acm:DescribeCertificate"] });
  expect(denied).toMatchObject([
    { status: "unknown", because: { kind: "denied", action: "acm:DescribeCertificate" } },
    { status: "unknown" },
  ]);
});
