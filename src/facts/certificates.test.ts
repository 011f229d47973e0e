import { expect, test } from "vitest";
import { type Change, reading } from "../../fixtures/inspect.ts";
import { acmCertificate, overTls, tlsListener } from "../../fixtures/tls.ts";
import { certificates } from "./certificates.ts";

const name = "ohmycoins-prod-alb:443";
const read = async (change: Change = () => {}) => {
  const { readings } = await reading(certificates, (world, config) => {
    overTls(world, config);
    change(world, config);
  });
  return Object.values(readings)[0];
};

test("a listener's certificate is told as ACM has it, and a listener without TLS has none", async () => {
  const hosts = ["api.ohmycoins.com", "dashboard.ohmycoins.com"];
  expect(await read()).toMatchObject({
    state: "known",
    value: {
      listener: name,
      certificates: [
        { source: "acm", names: hosts, status: "ISSUED", type: "AMAZON_ISSUED", notAfter: "2026-04-26T04:00:00.000Z", renewable: true },
      ],
    },
  });
  expect((await reading(certificates)).readings).toEqual({});
});

test("the default one comes first, then those that the server name chooses; one of IAM is left as it is", async () => {
  const iam = "arn:aws:iam::220711411889:server-certificate/old";
  const found = await read((world) => void tlsListener(world).Certificates?.unshift({ CertificateArn: iam }));
  expect(found).toMatchObject({
    value: {
      certificates: [
        { source: "iam", arn: iam },
        { source: "acm", status: "ISSUED" },
      ],
    },
  });
});

test("a state that nobody has met is not known, nor is a certificate that is gone", async () => {
  expect(await read((world) => Object.assign(acmCertificate(world), { Status: "PAUSED" }))).toMatchObject({
    state: "unknown",
    kind: "invalid",
  });
  expect(await read((world) => void world.acm.certificates.splice(0))).toMatchObject({ state: "unknown" });
});
