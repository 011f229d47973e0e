import { expect, test } from "vitest";
import { type Action, allPages, grant, services } from "./aws.ts";

test("all pages are read, their lists joined, and the token is not left over", async () => {
  const pages: Record<string, object> = {
    "": { arns: ["a"], nextToken: "1", total: 3 },
    1: { arns: ["b"], nextToken: "2", total: 3 },
    2: { arns: ["c"], total: 3 },
  };
  const asked: object[] = [];
  const send = async (input: object) => {
    asked.push(input);
    return pages[(input as { nextToken?: string }).nextToken ?? ""] ?? {};
  };
  expect(await allPages(send, { cluster: "x" })).toEqual({ arns: ["a", "b", "c"], total: 3 });
  expect(asked).toEqual([{ cluster: "x" }, { cluster: "x", nextToken: "1" }, { cluster: "x", nextToken: "2" }]);
});

test.each([
  ["NextToken", "NextToken"],
  ["NextMarker", "Marker"],
])("a page that ends with %s is followed by %s", async (said, wanted) => {
  const send = async (input: object) => (wanted in input ? { Rules: [2] } : { Rules: [1], [said]: "more" });
  expect(await allPages(send, {})).toEqual({ Rules: [1, 2] });
});

test("a list that only a later page has is not lost", async () => {
  const send = async (input: object) => ("NextToken" in input ? { CompositeAlarms: [2] } : { MetricAlarms: [1], NextToken: "t" });
  expect(await allPages(send, {})).toEqual({ MetricAlarms: [1], CompositeAlarms: [2] });
});

test("a token that comes twice is an error, and not the end of the list", async () => {
  await expect(allPages(async () => ({ arns: ["a"], nextToken: "1" }), {})).rejects.toThrow("same page twice");
});

test("a fact is handed the calls that it declared and no others, and a failure carries the action's name", async () => {
  const refusal = Object.assign(new Error("no"), { name: "AccessDeniedException" });
  const aws = grant(() => Promise.reject(refusal), ["ecs:DescribeServices"], new AbortController().signal) as Record<
    string,
    Record<string, (input: object) => Promise<unknown>>
  >;
  expect(Object.keys(aws)).toEqual(["ecs"]);
  expect(Object.keys(aws["ecs"] ?? {})).toEqual(["DescribeServices"]);
  await expect(aws["ecs"]?.["DescribeServices"]?.({})).rejects.toMatchObject({
    name: "AccessDeniedException",
    action: "ecs:DescribeServices" satisfies Action,
  });
});

test.each(Object.entries(services))(
  "of %s, only operations that read are within reach, and none that hands out credentials",
  async (_service, load) => {
    const { Client, settings: _settings, ...operations } = { settings: {}, ...(await load()) };
    expect(Client).toBeTypeOf("function");
    const reading = /^(BatchGet|Describe|Get|List|Simulate)(?!.*(Token|Credentials|Password)$)/;
    expect(Object.keys(operations).filter((name) => !reading.test(name))).toEqual([]);
    expect(Object.keys(operations)).not.toEqual([]);
  },
);
