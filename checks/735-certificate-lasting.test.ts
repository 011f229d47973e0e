import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { acmCertificate, expiring, overTls } from "../fixtures/tls.ts";
import type { World } from "../fixtures/world.ts";
import check from "./735-certificate-lasting.ts";

const lasting =
  (days: number, change: (world: World, config: Parameters<Change>[1]) => unknown = () => {}): Change =>
  (world, config) => {
    overTls(world, config);
    expiring(world, days);
    change(world, config);
  };
const acm = (change: object) => (world: World) => Object.assign(acmCertificate(world), change);
const imported = { Type: "IMPORTED", RenewalEligibility: "INELIGIBLE" };
const renewing = (RenewalStatus: string, RenewalStatusReason?: string) => ({
  RenewalSummary: { RenewalStatus, RenewalStatusReason, DomainValidationOptions: [], UpdatedAt: new Date("2026-01-01T00:00:00Z") },
});

test("passes with more than 14 days left, and where ACM renews it", async () => {
  expect(await inspect(check, overTls)).toMatchObject([{ status: "pass", says: "is good for 98 more days" }, { status: "pass" }]);
  expect(await inspect(check, lasting(15, acm(imported)))).toMatchObject([{ status: "pass" }, { status: "pass" }]);
  const soon = "is good for 3 more days, and ACM renews it";
  for (const change of [{}, renewing("PENDING_AUTO_RENEWAL"), renewing("SUCCESS")])
    expect(await inspect(check, lasting(3, acm(change)))).toMatchObject([{ status: "pass", says: soon }, {}]);
});

test.each([
  ["was imported", imported, /^expires on 2026-01-27, in 9 days: it was imported/],
  ["waits for validation", renewing("PENDING_VALIDATION"), /until its domains are validated$/],
  ["could not be renewed", renewing("FAILED", "CAA_ERROR"), /ACM failed to renew it \(CAA_ERROR\)$/],
  ["is not eligible", { RenewalEligibility: "INELIGIBLE" }, /does not hold it eligible for renewal$/],
])("fails when it is about to expire and %s", async (_, change, says) => {
  const [first] = await inspect(check, lasting(9, acm(change)));
  expect(first).toMatchObject({ status: "fail", says: expect.stringMatching(says) });
  expect(first?.fix?.run[0]).toMatch(/^aws acm describe-certificate --region ap-southeast-2 --certificate-arn arn:aws:acm:/);
});

test("skips what has expired already, and where nothing speaks TLS", async () => {
  expect(await inspect(check, lasting(-3))).toMatchObject([
    { status: "skip", says: expect.stringContaining("2026-01-15") },
    { status: "skip" },
  ]);
  expect(await inspect(check)).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("fourteen days are too few, and half a day more is enough", async () => {
  expect(await inspect(check, lasting(14.5, acm(imported)))).toMatchObject([{ status: "pass" }, { status: "pass" }]);
  expect(await inspect(check, lasting(14, acm(imported)))).toMatchObject([{ status: "fail" }, { status: "fail" }]);
});

test("is not fooled by a certificate of ACM's where users meet another one", async () => {
  const [behindProxy] = await inspect(
    check,
    lasting(9, (world, config) => {
      acmCertificate(world).NotAfter = new Date("2026-06-01T00:00:00Z");
      for (const endpoint of Object.values(config.endpoints ?? {})) endpoint.url = "https://api.ohmycoins.com/api/v1/utils/health-check/";
    }),
  );
  expect(behindProxy).toMatchObject({
    subject: "tls:api.ohmycoins.com:443",
    status: "fail",
    says: expect.stringContaining("nothing of AWS renews it"),
  });
  expect(behindProxy?.fix?.run[0]).toMatch(/^openssl s_client/);
});
