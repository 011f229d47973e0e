import { expect, test } from "vitest";
import { CallFailed } from "./aws.ts";
import { InvalidAnswer, unknown } from "./fact.ts";
import { failure, Interrupted, Unasked } from "./failure.ts";
import { NotKnown } from "./view.ts";

const called = (name: string, message = "m") => new CallFailed("ecs:DescribeServices", Object.assign(new Error(message), { name }));

test.each([
  ["AccessDeniedException", "denied"],
  ["AccessDenied", "denied"],
  ["AuthorizationErrorException", "denied"],
  ["UnauthorizedOperation", "denied"],
  ["ExpiredTokenException", "denied"],
  ["UnrecognizedClientException", "denied"],
  ["InvalidClientTokenId", "denied"],
  ["CredentialsProviderError", "denied"],
  ["ThrottlingException", "throttled"],
  ["Throttling", "throttled"],
  ["TooManyRequestsException", "throttled"],
  ["RequestLimitExceeded", "throttled"],
  ["TimeoutError", "timeout"],
  ["AbortError", "timeout"],
  ["ETIMEDOUT", "timeout"],
  ["ECONNREFUSED", "network"],
  ["ECONNRESET", "network"],
  ["ENOTFOUND", "network"],
  ["EAI_AGAIN", "network"],
  ["InternalFailure", "network"],
  ["InternalServerError", "network"],
  ["ServiceUnavailableException", "network"],
  ["ServerException", "network"],
  ["UnreadableAnswer", "network"],
  ["Unasked", "unasked"],
  ["InvalidParameterException", "invalid"],
  ["SomethingNobodyHasMet", "invalid"],
])("%s is %s, and names the action", (name, kind) => {
  expect(failure(called(name))).toEqual({ state: "unknown", kind, why: "m", action: "ecs:DescribeServices" });
});

test("a message says nothing of the kind", () => {
  expect(failure(called("ClientException", "AccessDenied by a Network Timeout"))).toMatchObject({ kind: "invalid" });
});

test("only an error that the fact named means absence", () => {
  const gone = called("ClientException", "Unable to describe task definition.");
  expect(failure(gone, ["ClientException: Unable to describe"])).toMatchObject({ state: "absent" });
  expect(failure(called("ClientException", "Slow down."), ["ClientException: Unable to describe"])).toMatchObject({ state: "unknown" });
  expect(failure(gone)).toMatchObject({ state: "unknown" });
});

test("what was thrown by ourselves keeps its meaning, and what nobody meant is internal, unquoted", () => {
  const missing = { subject: "secret:a", reading: unknown("denied", "no") };
  expect(failure(new NotKnown(missing))).toBe(missing.reading);
  expect(failure(new InvalidAnswer("odd"))).toMatchObject({ kind: "invalid", why: "odd" });
  expect(failure(new Unasked("later"))).toMatchObject({ kind: "unasked", why: "later" });
  expect(failure(new Interrupted("SIGINT"))).toMatchObject({ kind: "unasked" });
  expect(failure(new DOMException("x", "TimeoutError"))).toMatchObject({ kind: "timeout" });
  expect(failure(new SyntaxError('"hunter2" is not valid'))).toEqual({ state: "unknown", kind: "internal", why: "SyntaxError" });
});

test("a refusal names the action that AWS says is lacking, which may be another than the one that was asked for", () => {
  const refused = (action: "s3:GetObject" | "sns:GetTopicAttributes", lacking: string) =>
    failure(
      new CallFailed(
        action,
        Object.assign(new Error(`User: x is not authorized to perform: ${lacking} on resource: y`), { name: "AccessDenied" }),
      ),
    );
  expect(refused("s3:GetObject", "s3:ListBucket")).toMatchObject({ kind: "denied", action: "s3:ListBucket" });
  expect(refused("sns:GetTopicAttributes", "SNS:GetTopicAttributes")).toMatchObject({ action: "sns:GetTopicAttributes" });
});
