import { describe, expect, test } from "vitest";
import { canMean, credentialsOf, targetOf, valueFromOf } from "./references.ts";

const arn = "arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:app-secrets-AbC123";
const id = "73a1d9b2-4c5e-4f60-8a7b-9c0d1e2f3a4b";

describe("what a valueFrom asks for", () => {
  test.each([
    [arn, { key: "", stage: "", version: "" }],
    [`${arn}:PASSWORD::`, { key: "PASSWORD", stage: "", version: "" }],
    [`${arn}::AWSPREVIOUS:`, { key: "", stage: "AWSPREVIOUS", version: "" }],
    [`${arn}:::${id}`, { key: "", stage: "", version: id }],
    [`${arn}:PASSWORD:AWSPREVIOUS:${id}`, { key: "PASSWORD", stage: "AWSPREVIOUS", version: id }],
    [`${arn}:::`, { key: "", stage: "", version: "" }],
  ])("%s", (valueFrom, selector) => {
    const where = { partition: "aws", region: "ap-southeast-2", account: "220711411889" };
    expect(targetOf(valueFrom)).toEqual({ to: "secret", id: arn, resource: "app-secrets-AbC123", ...where, ...selector });
  });

  test("a secret of China is one of the partition that its ARN names", () => {
    const target = targetOf("arn:aws-cn:secretsmanager:cn-north-1:220711411889:secret:app-AbC123:KEY::");
    expect(target).toMatchObject({ to: "secret", partition: "aws-cn", region: "cn-north-1", key: "KEY" });
  });

  test.each([
    ["db-host", null],
    ["/app/db-host", null],
    ["app-secrets", null],
    ["arn:aws:ssm:us-east-1:220711411889:parameter/app/db-host", "us-east-1"],
  ])("%s asks for a parameter, even where it looks like a secret's name", (valueFrom, region) => {
    expect(targetOf(valueFrom)).toEqual({ to: "parameter", id: valueFrom, region });
  });

  test.each([
    [`${arn}:PASSWORD`, "3 segments"],
    [`${arn}:PASSWORD:`, "4 segments"],
    [`${arn}:PASSWORD::::`, "7 segments"],
    ["arn:aws:secretsmanager:ap-southeast-2:220711411889:app-secrets-AbC123", "no ARN of a secret"],
    ["arn:aws:ssm:ap-southeast-2:220711411889:document/app", "no ARN of a parameter"],
    ["arn:aws:s3:::bucket/file.env", "names s3"],
    ["arn:", "names no service"],
  ])("%s asks for nothing", (valueFrom, why) => {
    expect(targetOf(valueFrom)).toEqual({ to: "nothing", why: expect.stringContaining(why) as string });
  });
});

describe("what a registry's credentials ask for", () => {
  test("a secret by ARN or by plain name, unlike a variable's", () => {
    expect(credentialsOf(arn)).toMatchObject({ to: "secret", id: arn, key: "" });
    expect(credentialsOf("registry-login")).toMatchObject({ to: "secret", id: "registry-login", region: null });
  });

  test("nothing, where a part of a secret or a parameter is named", () => {
    expect(credentialsOf(`${arn}:PASSWORD::`)).toMatchObject({ to: "nothing" });
    expect(credentialsOf("arn:aws:ssm:ap-southeast-2:220711411889:parameter/login")).toMatchObject({ to: "nothing" });
  });
});

test.each([
  ["app-secrets", "app-secrets", true],
  ["app-secrets-AbC123", "app-secrets", true],
  ["app-secrets-AbC1234", "app-secrets", false],
  ["app-secrets-AbC_23", "app-secrets", false],
  ["app-secrets-old-AbC123", "app-secrets", false],
  ["app-secret", "app", true],
  ["my-app-secrets-AbC123", "app-secrets", false],
  ["App-Secrets-AbC123", "app-secrets", false],
])("the resource %s can mean the secret %s: %s", (resource, name, can) => {
  expect(canMean(resource, name)).toBe(can);
});

test("a valueFrom is written as it is read", () => {
  for (const valueFrom of [arn, `${arn}:KEY::`, `${arn}::AWSPREVIOUS:`, `${arn}:KEY:AWSPREVIOUS:${id}`]) {
    const target = targetOf(valueFrom);
    expect(target.to === "secret" && valueFromOf(target.id, target)).toBe(valueFrom);
  }
});
