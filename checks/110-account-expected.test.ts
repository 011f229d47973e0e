import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import check from "./110-account-expected.ts";

test("passes when the pipeline has the credentials of the configured account", async () => {
  const evidence = { account: "220711411889" };
  expect(await inspect(check)).toMatchObject([{ subject: "credentials:caller", status: "pass", evidence }]);
});

test("fails with the credentials of another account, and says whose they are", async () => {
  const found = await inspect(check, (world) => {
    world.account = "999999999999";
  });
  expect(found).toMatchObject([{ status: "fail", says: "belong to account 999999999999, and not to 220711411889" }]);
  expect(found[0]?.fix?.do).toContain("profile or role of account 220711411889");
});

test("skips when the configuration states no account", async () => {
  const found = await inspect(check, (_world, config) => {
    delete config.account;
  });
  expect(found).toMatchObject([{ status: "skip", says: "may belong to any account: the configuration states none" }]);
});

test("is not fooled into a pass where AWS does not say who asks", async () => {
  const found = await inspect(check, () => {}, { denied: ["sts:GetCallerIdentity"] });
  expect(found).toMatchObject([{ status: "unknown", because: { kind: "denied", action: "sts:GetCallerIdentity" } }]);
});
