import { describe, expect, test } from "vitest";
import { isRight, messages, wordings } from "../../fixtures/messages.ts";
import { retellings } from "../../fixtures/retell.ts";
import { fc, property } from "../../test/property.ts";
import { causes } from "./causes.ts";
import { diagnose, rules } from "./messages.ts";

const all = [...messages, ...wordings];
const causeOf = (message: string, exitCode?: number) => diagnose({ message, exitCode }).cause;
const openIn = (message: string, exitCode?: number) => diagnose({ message, exitCode }).alternatives.map(({ cause }) => cause);

describe("real messages", () => {
  test.each(messages)("$cause: $message", (known) => {
    expect(isRight(known, diagnose(known).cause)).toBe(true);
  });

  test.each(wordings)("$cause, in other words: $message", (known) => {
    expect(isRight(known, diagnose(known).cause)).toBe(true);
  });

  test("there are some about every cause", () => {
    const told = new Set(all.map(({ cause }) => cause));
    expect(Object.keys(causes).filter((cause) => !told.has(cause as keyof typeof causes))).toEqual([]);
  });

  test("a service at its work is never called a failure", () => {
    const benign = all.filter(({ cause }) => cause !== "undetermined" && causes[cause].startsWith("BENIGN"));
    expect(benign.length).toBeGreaterThan(30);
    expect(benign.filter((known) => !diagnose(known).benign)).toEqual([]);
  });

  test("nothing that failed is called benign", () => {
    const failures = all.filter(({ cause }) => cause === "undetermined" || !causes[cause].startsWith("BENIGN"));
    expect(failures.filter((known) => diagnose(known).benign)).toEqual([]);
  });
});

describe("what does not matter", () => {
  test.each(retellings)("$name", ({ retell, ofFailure }) => {
    const retold = all.filter((known) => !(ofFailure && diagnose(known).benign));
    const changed = retold.filter((known) => diagnose({ ...known, message: retell(known.message) }).cause !== diagnose(known).cause);
    expect(changed.map(({ message }) => message)).toEqual([]);
  });

  // JSON within JSON has more quotes than anybody prints.
  const nested = retellings.flatMap((inner) => retellings.filter((outer) => outer !== inner).map((outer) => ({ inner, outer })));

  // Every pair, on every eleventh message: npm run bench:diagnosis tries them all.
  test("one within another", { timeout: 60_000 }, () => {
    const changed = all.flatMap((known, message) => {
      const { cause, benign } = diagnose(known);
      return nested
        .filter((_, pair) => (message + pair) % 11 === 0)
        .filter(({ inner, outer }) => !(benign && (inner.ofFailure || outer.ofFailure)))
        .filter(({ inner, outer }) => diagnose({ ...known, message: outer.retell(inner.retell(known.message)) }).cause !== cause)
        .map(({ inner, outer }) => `${inner.name}, then ${outer.name}: ${known.message}`);
    });
    expect(changed).toEqual([]);
  });

  test.each<[string, string]>([
    ['"stoppedReason": "  Reasons \n : \n ATTRIBUTE  ",', "placement-constraint-unmet"],
    ['"stoppedReason": "STOPPED (Essential container in task exited)",', "app-crash-exit"],
    [
      "ResourceInitializationError: STOPPED (ref pull has been retried 1 time(s): failed open: unexpected status code)",
      "image-pull-rate-limited",
    ],
    ['Task failed to start - "STOPPED(AGENT)"', "agent-disconnected"],
    ["STOPPED ((service web) (deployment ecs-svc/1) deployment completed.) See the Troubleshooting section.", "benign-steady-state"],
    ["TaskFailedToStart: (service not-found-access-denied-timeout-oom) was unable to place a task. Reason: AGENT", "agent-disconnected"],
    [
      "Status reason: service access-denied-oom was unable to place a task. Reason: CannotPullContainerError: x: not found",
      "image-not-found",
    ],
    ['INFO[0032] (service web) has started 1 tasks: (task 1).  timestamp="2021-03-08 07:30:43 +0000 UTC"', "benign-steady-state"],
    ["|  2026-07-22T21:16:18.325000+03:00 |  (service web) has reached a steady state.  |", "benign-steady-state"],
    [
      "✘ Latest failure event\n - (service web) (deployment ecs-svc/1) deployment failed: tasks failed to start.",
      "circuit-breaker-rollback",
    ],
  ])("what tools print around it: %s", (message, cause) => {
    expect(causeOf(message)).toBe(cause);
  });

  test.each([
    ["due to insufficient CPU.", "insufficient-cpu-memory"],
    [
      "Reason: no container instance met all of its requirements. The closest matching container-instance i has insufficient memory available.",
      "insufficient-cpu-memory",
    ],
    ["Reason: Capacity is unavailable at this time.", "fargate-capacity-unavailable"],
    ["", "circuit-breaker-rollback"],
  ])("why tasks of a deployment could not be launched comes before that they could not: %s", (why, cause) => {
    expect(causeOf(`service (web) could not launch 3 tasks for deployment ecs-svc/1 ${why}`)).toBe(cause);
  });

  test.each([
    "InvalidParameterException: Availability Zone Rebalancing does not support maximumPercent <= 100%",
    "Deployment failed. Last event: (service web) has reached a steady state.",
  ])("what failed is not progress, whatever it speaks of: %s", (message) => {
    expect(diagnose({ message }).benign).toBe(false);
  });
});

/** The whole message may be about another cause only if what is left of it names that one as open. */
const allows = (left: ReturnType<typeof diagnose>, whole: string) =>
  left.cause === "undetermined" || left.cause === whole || left.alternatives.some(({ cause }) => cause === whole);

describe("a message that is cut off", () => {
  test("anywhere, is about the same, or says that it does not know", () => {
    const wrong = messages.flatMap((known) => {
      const whole = diagnose(known);
      const cuts = Array.from({ length: Math.ceil(known.message.length / 2) }, (_, n) => known.message.slice(0, 2 * n + 1));
      return cuts.filter((message) => {
        const left = diagnose({ ...known, message });
        return !allows(left, whole.cause) || (whole.benign && !left.benign && left.cause !== "undetermined");
      });
    });
    expect(wrong).toEqual([]);
  });

  property.prop([fc.constantFrom(...wordings), fc.double({ min: 0, max: 1, noNaN: true })], { numRuns: 2000 })(
    "in other words as well",
    (known, part) => {
      const message = known.message.slice(0, 1 + Math.floor(part * (known.message.length - 1)));
      expect(allows(diagnose({ ...known, message }), diagnose(known).cause)).toBe(true);
    },
  );

  property.prop([fc.string()])("or is no message at all, is never benign", (message) => {
    expect(diagnose({ message }).benign).toBe(false);
  });
});

describe("the traps", () => {
  test("a log group that cannot be found because of the connection is the network", () => {
    const found = "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group";
    const connection = "There is a connection issue between the task and Amazon CloudWatch. Check your network configuration.";
    expect(causeOf(`${found} defined in the task definition. ${connection}`)).toBe("logs-unreachable-network");
    expect(causeOf(`${found} defined in the task definition.`)).toBe("log-group-missing");
    expect(openIn(`${found} defined in the task definition.`)).toContain("logs-unreachable-network");
  });

  test("403 for a digest is most often a digest that is gone, for a tag a refusal", () => {
    const pull = (image: string) =>
      `CannotPullContainerError: failed to resolve ref ${image}: unexpected status from HEAD request: 403 Forbidden`;
    const digest = pull("111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1@sha256:5de487da52320ad9");
    expect([causeOf(digest), ...openIn(digest)]).toEqual(["image-not-found", "image-pull-denied"]);
    const tag = pull("111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1");
    expect([causeOf(tag), ...openIn(tag)]).toEqual(["image-pull-denied", "image-not-found"]);
  });

  test("out of memory counts whatever the exit code", () => {
    const said = "OutOfMemoryError: Container killed due to memory usage";
    expect([0, 1, 137, undefined].map((code) => causeOf(said, code))).toEqual(Array(4).fill("container-oom"));
  });

  test("137 alone leaves memory and a stop in vain open", () => {
    const said = "Essential container in task exited";
    expect([causeOf(said, 137), ...openIn(said, 137)]).toEqual(["container-oom", "app-crash-exit"]);
    expect([0, 1, 134, 139, 143, 255].map((code) => causeOf(said, code))).toEqual(Array(6).fill("app-crash-exit"));
    expect([126, 127].map((code) => causeOf(said, code))).toEqual(Array(2).fill("bad-entrypoint"));
    expect(causeOf("Task stopped by user", 137)).toBe("user-stopped");
    expect(causeOf("Task failed ELB health checks in (target-group x)", 137)).toBe("elb-healthcheck-failed");
  });

  test("the code within wins over the class around it", () => {
    const around = "CannotPullContainerError: ResourceInitializationError: unable to pull secrets or registry auth: ";
    expect(causeOf(`${around}AccessDeniedException: User: x is not authorized to perform: kms:Decrypt`)).toBe("kms-decrypt-denied");
    expect(causeOf(`${around}AccessDeniedException: User: x is not authorized to perform: ecr:BatchGetImage`)).toBe("image-pull-denied");
    expect(causeOf(`${around}AccessDeniedException: User: x is not authorized to perform: ssm:GetParameters`)).toBe("secret-access-denied");
  });

  test("an alarm is not the circuit breaker", () => {
    const alarm = diagnose({ message: "(service web) (deployment ecs-svc/1) deployment failed: alarm detected." });
    const breaker = diagnose({ message: "(service web) (deployment ecs-svc/1) deployment failed: tasks failed to start." });
    expect([alarm.cause, breaker.cause]).toEqual(["circuit-breaker-rollback", "circuit-breaker-rollback"]);
    expect([alarm.about.trigger, breaker.about.trigger]).toEqual(["alarm detected", undefined]);
    expect(alarm.fix.do).toContain("alarm");
    expect(breaker.fix.do).not.toContain("alarm");
  });

  test("a replacement of unhealthy tasks is progress, and not being able to get steady is none", () => {
    expect(
      diagnose({ message: "(service x) has started 2 tasks: (task 1). Amazon ECS replaced 2 tasks due to an unhealthy status." }).benign,
    ).toBe(true);
    expect(diagnose({ message: "(service x) was unable to reach steady state." }).benign).toBe(false);
    expect(diagnose({ message: "(service x, taskSet ecs-svc/1) updated state to STEADY_STATE." }).benign).toBe(true);
  });
});

test.each<[string, string, object]>([
  [
    "a key of a secret, and the service",
    "(service web) was unable to place a task. Reason: retrieved secret from Secrets Manager did not contain json key DB_PASSWORD.",
    { service: "web", key: "DB_PASSWORD" },
  ],
  [
    "a secret, the role that may not read it, and the action",
    "failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-AbCdEf from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec-role/0123 is not authorized to perform: secretsmanager:GetSecretValue",
    {
      secret: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-AbCdEf",
      role: "exec-role",
      action: "secretsmanager:GetSecretValue",
    },
  ],
  [
    "a target, its group, its port and the status",
    "(service web) (task 0123456789ab) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web-tg/4d22) due to (reason Health checks failed with these codes: [503]).",
    { service: "web", task: "0123456789ab", port: "8080", targetGroup: "web-tg", status: "503" },
  ],
  [
    "an image",
    "CannotPullContainerError: failed to resolve ref 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2: not found",
    { image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2" },
  ],
  ["a parameter", "Fetching secret data from SSM Parameter Store in eu-west-1: invalid parameters: /app/db", { parameter: "/app/db" }],
  [
    "a log group",
    "not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/web:log-stream:x",
    { logGroup: "/ecs/web", action: "logs:CreateLogStream" },
  ],
  [
    "a host and its port",
    'Post "https://api.ecr.eu-west-1.amazonaws.com/": dial tcp 10.0.0.1:443: i/o timeout',
    { host: "api.ecr.eu-west-1.amazonaws.com", port: "443" },
  ],
  ["nothing that is not there", "Task stopped by user", {}],
])("it pulls out %s", (_, message, about) => {
  expect(diagnose({ message }).about).toEqual(about);
});

test("the fix has the names that the message has", () => {
  const { fix } = diagnose({
    message: "CannotPullContainerError: failed to resolve ref 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2: not found",
  });
  expect(fix).toEqual({
    do: "Push image 111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2, or name one that is there in the task definition.",
    run: ["aws ecr describe-images --repository-name team/app --image-ids imageTag=1.2"],
  });
});

test("a name that somebody blotted out is none", () => {
  const { about, fix } = diagnose({
    message: "failed to fetch secret arn:aws:secretsmanager:...:secret:app from secrets manager: AccessDeniedException",
  });
  expect(about.secret).toBeUndefined();
  expect(fix.run.join()).not.toContain("...");
});

test("every fix is one sentence, and no command has a hole", () => {
  const fixes = all.map((known) => diagnose(known).fix);
  expect(fixes.filter((fix) => !/^[A-Z][^\n]*\.$/.test(fix.do))).toEqual([]);
  expect(fixes.flatMap(({ run }) => run).filter((line) => /undefined|\[object|<|\.\.\./.test(line))).toEqual([]);
});

test("every rule asks for something, and leaves nothing open that it says itself", () => {
  expect(rules.filter(({ says, core, about, when }) => !says && !core && !about && !when)).toEqual([]);
  expect(rules.filter(({ cause, open = [] }) => open.some((other) => other.cause === cause))).toEqual([]);
});
