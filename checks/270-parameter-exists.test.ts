import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { reference } from "../fixtures/references.ts";
import check from "./270-parameter-exists.ts";

test("passes when the parameter is there", async () => {
  const found = await inspect(check, (world) => {
    world.ssm.parameters.push({ Name: "/app/smtp-host", Type: "String", Value: "mail.ohmycoins.com", Version: 2 });
    reference(world, "SMTP_HOST").valueFrom = "/app/smtp-host";
  });
  expect(found).toMatchObject([{ subject: "parameter:/app/smtp-host", status: "pass", evidence: { type: "String", version: 2 } }]);
});

test("fails when it is not", async () => {
  const found = await inspect(check, (world) => {
    reference(world, "SMTP_HOST").valueFrom = "/app/smtp-host";
  });
  expect(found).toMatchObject([{ status: "fail", says: "does not exist", cause: "ssm-parameter-missing" }]);
});

test("skips where no task definition refers to a parameter", async () => {
  expect(await inspect(check)).toMatchObject([{ subject: "deployment:ohmycoins-prod", status: "skip" }]);
});

test("skips a parameter of another region, which cannot be asked for here", async () => {
  const found = await inspect(check, (world) => {
    reference(world, "SMTP_HOST").valueFrom = "arn:aws:ssm:us-east-1:220711411889:parameter/app/smtp-host";
  });
  expect(found).toMatchObject([
    { subject: "parameter:/app/smtp-host", status: "skip", says: "is in us-east-1, where this run does not ask" },
  ]);
});

test("is not fooled by the plain name of a secret, which ECS takes for a parameter", async () => {
  const found = await inspect(check, (world) => {
    reference(world, "SMTP_HOST").valueFrom = "ohmycoins-prod-app-secrets";
  });
  expect(found).toMatchObject([
    { status: "fail", says: "does not exist: it is the name of a secret, and ECS takes a plain name for a parameter" },
  ]);
});
