import { expect, test } from "vitest";
import { type Change, inspect } from "../fixtures/inspect.ts";
import { pageOf, rest, rollOut } from "../fixtures/verbs.ts";
import type { Answer } from "../fixtures/world.ts";
import type { EndpointFault } from "../src/facts/attempts.ts";
import check from "./710-endpoint-answers.ts";

const backend = "ohmycoins-prod-backend";
const good: Answer = { status: 200, body: "true" };
const starting: Answer = { status: 503, body: "starting" };

const answering =
  (...answers: Answer[]): Change =>
  (world) => {
    pageOf(world, "api.ohmycoins.com").answers = answers;
  };

test("passes when it answers as expected three times in a row", async () => {
  const [found] = await inspect(check);
  expect(found).toMatchObject({ id: "endpoint-answers/endpoint:backend-health", status: "pass", evidence: { requests: 3, succeeded: 3 } });
});

test("white space around the body does not matter", async () => {
  expect(await inspect(check, answering({ status: 200, body: " true\r\n" }))).toMatchObject([{ status: "pass" }]);
});

test("failures before it are evidence, and no failure", async () => {
  const found = await inspect(check, answering(starting, good, good, good));
  expect(found).toMatchObject([
    { status: "pass", evidence: { requests: 4, succeeded: 3, attempts: [{ fault: "status", status: 503 }, {}, {}, {}] } },
  ]);
});

test.each<[string, Answer, RegExp]>([
  ["another status", starting, /^answers 503 where 200 is expected$/],
  [
    "a redirect, which is not followed",
    { status: 301, body: "", headers: { location: "https://x/" } },
    /^answers 301, which leads to https:\/\/x\/,/,
  ],
  ["another body", { status: 200, body: "false" }, /^answers 200 with another body/],
  ["it is too slow", { ...good, afterMs: 2500 }, /^answers too slowly: 2500 ms, where 2000 ms are allowed$/],
  ["it hangs", "hang", /^does not answer: no answer within 3000 ms$/],
  ["it is cut off", "reset", /^closes the connection/],
])("fails when it gives %s", async (_, answer, says) => {
  const [found] = await inspect(check, answering(answer));
  expect(found).toMatchObject({ status: "fail", says: expect.stringMatching(says) });
  expect(found?.fix?.run[0]).toContain("curl -sS -i -m 10 -H 'Host: api.ohmycoins.com' http://ohmycoins-prod-alb-1133770157");
});

test("fails when nobody listens", async () => {
  const found = await inspect(check, (world) => {
    world.web.listening = false;
  });
  expect(found).toMatchObject([{ status: "fail", says: "refuses connections" }]);
});

test("flapping is not health: every other request succeeds", async () => {
  const [found] = await inspect(check, answering(good, starting));
  expect(found).toMatchObject({
    status: "fail",
    says: expect.stringMatching(/^answers as expected only now and then, 4 of 8 times: else it answers 503/),
  });
});

test("is pending while its service is being deployed, and only its own service", async () => {
  const deploying =
    (name: string): Change =>
    (world, config) => {
      rollOut(world, name);
      answering(starting)(world, config);
    };
  expect(await inspect(check, deploying(backend))).toMatchObject([{ status: "pending" }]);
  expect(await inspect(check, deploying("ohmycoins-prod-frontend"))).toMatchObject([{ status: "fail" }]);
});

test("no deployment softens an endpoint that names no service", async () => {
  const found = await inspect(check, (world, config) => {
    rollOut(world, backend);
    answering(starting)(world, config);
    delete config.endpoints?.["backend-health"]?.service;
  });
  expect(found).toMatchObject([{ status: "fail" }]);
});

test("at rest it skips for a sign-off, and fails for a gate", async () => {
  const resting: Change = (world, config) => {
    rest(world);
    answering(starting)(world, config);
  };
  expect(await inspect(check, resting, { scene: "sign-off" })).toMatchObject([{ status: "skip" }]);
  expect(await inspect(check, resting)).toMatchObject([{ status: "fail" }]);
  expect(await inspect(check, resting, { scene: "pre-scale-up" })).toEqual([]);
});

test("a failure is not softened while nobody knows whether its service is being deployed", async () => {
  expect(await inspect(check, answering(starting), { denied: ["ecs:DescribeServices"] })).toMatchObject([{ status: "unknown" }]);
});

test("skips when the configuration names no endpoint", async () => {
  expect(await inspect(check, (_, config) => void delete config.endpoints)).toMatchObject([{ status: "skip" }]);
});

/** What is said of an endpoint that nobody configured, at a load balancer of that scheme. */
function saidOfInferred(fault: EndpointFault, scheme: "internal" | "internet-facing"): unknown {
  const attempt = { ms: 1, fault, status: fault === "status" ? 503 : null, body: null, why: null };
  const expected = { status: null, body: null, within: 2000, successes: 3 };
  const endpoint = { url: "http://internal-alb.example.com/", host: null, service: null, route: null, expected, attempts: [attempt] };
  const facts = { services: { all: () => [] }, loadBalancers: { all: () => [{ dns: "Internal-ALB.example.com", scheme }] } };
  return check.evaluate(endpoint, facts, { config: { inferred: ["endpoints"] }, scene: "post-deploy" } as never);
}

test("an endpoint that was inferred skips where it cannot be reached from here, or is meant not to be", () => {
  expect(saidOfInferred("unreachable", "internet-facing")).toMatchObject({ status: "skip" });
  expect(saidOfInferred("unresolved", "internet-facing")).toMatchObject({ status: "skip" });
  expect(saidOfInferred("timeout", "internal")).toMatchObject({ status: "skip" });
  expect(saidOfInferred("status", "internet-facing")).toMatchObject({ status: "fail", says: "answers 503 where 200 to 399 is expected" });
});
