import { readFileSync } from "node:fs";
import { join } from "node:path";
import hcl from "hcl2-parser";
import { expect, test } from "vitest";
import { hookOf } from "../src/lambda/hook.ts";
import { seaworthy } from "./cli/seaworthy.ts";

const folder = join(import.meta.dirname, "../examples/deployment-hook");
const text = (file: string) => readFileSync(join(folder, file), "utf8");

type Block = Readonly<Record<string, unknown>>;
type Named = Readonly<Record<string, Readonly<Record<string, readonly Block[]>>>>;
const parsed = (file: string) => hcl.parseToObject(text(file))[0] as { resource?: Named; data?: Named; variable?: Record<string, unknown> };
const [main, variables] = [parsed("main.tf"), parsed("variables.tf")];

test("the example is HCL in which everything that is referred to is there", () => {
  const declared = Object.keys(variables.variable ?? {});
  const used = [...text("main.tf").matchAll(/\bvar\.(\w+)/g)].map(([, name = ""]) => name);
  expect([...new Set(used)].toSorted()).toEqual(declared.toSorted());
  const references = [...text("main.tf").matchAll(/(?<![\w."])(data\.)?((?:aws|archive)_\w+)\.(\w+)(?=\.|\])/g)];
  expect(references.length).toBeGreaterThan(8);
  for (const [, data, type = "", name = ""] of references) expect((data ? main.data : main.resource)?.[type]?.[name]).toBeDefined();
});

test("its service calls the function, at stages that the function knows, by a role that may do just that", () => {
  const service = JSON.stringify(main.resource?.["aws_ecs_service"]?.["service"]);
  expect(service).toContain("aws_lambda_function.seaworthy.arn}");
  const [, stages = "[]"] = /"lifecycle_stages":(\[[^\]]*\])/.exec(service) ?? [];
  const arn = "arn:aws:ecs:eu-west-1:123456789012:";
  for (const lifecycleStage of JSON.parse(stages) as string[]) {
    const executionDetails = {
      serviceArn: `${arn}service/shop/shop-api`,
      targetServiceRevisionArn: `${arn}service-revision/shop/shop-api/1`,
    };
    const event = { lifecycleStage, resourceArn: `${arn}service-deployment/shop/shop-api/1`, executionDetails };
    expect(hookOf(event)).toMatchObject({ stage: lifecycleStage, cluster: "shop", service: "shop-api" });
  }
  expect(JSON.stringify(main.resource?.["aws_iam_role_policy"]?.["hook"])).toMatch(/"lambda:InvokeFunction\\?"/);
});

test("its policy is the least that its configuration takes, and fits into an inline policy", async () => {
  const { stdout, code } = await seaworthy(["policy", "--config", join(folder, "function/seaworthy.config.yaml")]);
  expect(code).toBe(0);
  expect(JSON.parse(text("policy.json"))).toEqual(JSON.parse(stdout));
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length: of all inline policies of a role
  expect(JSON.stringify(JSON.parse(stdout)).length).toBeLessThan(9_000);
});
