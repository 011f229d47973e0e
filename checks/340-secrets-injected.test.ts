import type { ContainerDefinition, Secret } from "@aws-sdk/client-ecs";
import { expect, test } from "vitest";
import { inspect } from "../fixtures/inspect.ts";
import { registerTaskDefinition, rollOut, secretValues, taskDefinition } from "../fixtures/verbs.ts";
import type { World } from "../fixtures/world.ts";
import type { Stated } from "../src/config.ts";
import check from "./340-secrets-injected.ts";

const backend = "ohmycoins-prod-backend";
const definition = `task-definition:${backend}:2`;
const arn = "arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:ohmycoins-prod-app-secrets-Xk3T9q";

/** What is said of the backend, whose container is changed. */
const look = async (change: (container: ContainerDefinition, world: World, config: Stated) => void) => {
  const found = await inspect(check, (world, config) => {
    const [container] = taskDefinition(world, `${backend}:2`).containerDefinitions ?? [];
    if (container) change(container, world, config);
  });
  return found.find(({ subject }) => subject === definition);
};
const faults = async (change: (container: ContainerDefinition, world: World, config: Stated) => void) =>
  (await look(change))?.evidence["faults"];
const reference = ({ secrets = [] }: ContainerDefinition, variable: string): Secret => {
  const found = secrets.find(({ name }) => name === variable);
  if (!found) throw new Error(`nothing refers to ${variable}`);
  return found;
};
const without = (container: ContainerDefinition, ...variables: readonly string[]) => {
  container.secrets = (container.secrets ?? []).filter(({ name }) => !variables.includes(name ?? ""));
};

test("passes when the deployed revision injects all ten keys, and skips the service that needs none", async () => {
  expect(await inspect(check)).toMatchObject([
    { status: "pass", subject: definition },
    { status: "skip", says: "is not meant to be given a secret" },
  ]);
});

test("fails when a required key is not injected, and names it", async () => {
  const found = await look((container) => without(container, "SMTP_HOST"));
  expect(found).toMatchObject({ status: "fail", says: "does not inject what is required: SMTP_HOST is not referenced" });
});

test("fails when the service has no reference at all", async () => {
  const found = await look((container) => {
    container.secrets = [];
  });
  expect(found?.evidence["faults"]).toHaveLength(10);
});

test("fails when a key goes under its name into a container that the service could do without", async () => {
  const found = await faults((container, world) => {
    const { containerDefinitions } = taskDefinition(world, `${backend}:2`);
    const { name: _, ...secret } = reference(container, "SMTP_HOST");
    containerDefinitions?.push({
      name: "mailer",
      image: "mailer:1",
      essential: false,
      secrets: [{ name: "SMTP_HOST", ...secret }] as Secret[],
    });
    without(container, "SMTP_HOST");
  });
  expect(found).toEqual(["SMTP_HOST goes into mailer alone, which is not essential"]);
});

test("judges the revision that is on its way, and skips the one that it replaces", async () => {
  const found = await inspect(check, (world) => {
    registerTaskDefinition(world, backend, ({ containerDefinitions = [] }) => {
      for (const container of containerDefinitions) without(container, "SMTP_PORT");
    });
    rollOut(world, backend, { taskDefinition: `${backend}:3` });
  });
  expect(found.slice(0, 2)).toMatchObject([
    { status: "skip", subject: definition },
    { status: "fail", subject: `task-definition:${backend}:3` },
  ]);
});

test("is not fooled by a variable that is called like one key and holds another", async () => {
  const found = await faults((container) => {
    reference(container, "POSTGRES_PASSWORD").valueFrom = `${arn}:SMTP_PASSWORD::`;
    reference(container, "SMTP_PASSWORD").valueFrom = `${arn}:POSTGRES_PASSWORD::`;
  });
  expect(found).toEqual(["POSTGRES_PASSWORD is given SMTP_PASSWORD", "SMTP_PASSWORD is given POSTGRES_PASSWORD"]);
});

test("tells a key that is another one from a key that the secret lacks, which is the reference's fault", async () => {
  const ask = (key: string) => (container: ContainerDefinition) => {
    reference(container, "POSTGRES_PASSWORD").valueFrom = `${arn}:${key}::`;
  };
  expect(await look(ask("POSTGRESS_PASSWORD"))).toMatchObject({ status: "pass" });
  const found = await faults((container, world) => {
    ask("OLD_PASSWORD")(container);
    secretValues(world, "ohmycoins-prod-app-secrets", (values) => {
      values["OLD_PASSWORD"] = values["POSTGRES_PASSWORD"];
    });
  });
  expect(found).toEqual(["POSTGRES_PASSWORD is given OLD_PASSWORD"]);
});

test("is not fooled by a variable that is given the whole secret in place of its key", async () => {
  const found = await faults((container) => {
    reference(container, "SECRET_KEY").valueFrom = arn;
  });
  expect(found).toEqual(["SECRET_KEY is given the whole secret"]);
});

test("is not fooled by a key of the right name from another secret", async () => {
  const found = await faults((container) => {
    reference(container, "SECRET_KEY").valueFrom = "arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:other-abcdef:SECRET_KEY::";
  });
  expect(found).toEqual(["SECRET_KEY comes from arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:other-abcdef:SECRET_KEY::"]);
});

test("says so and passes, where a key is injected under another name of the application's own", async () => {
  const found = await look((container) => {
    reference(container, "SMTP_USER").name = "MAIL_LOGIN";
  });
  expect(found).toMatchObject({ status: "pass", says: "injects every key that is required (SMTP_USER as MAIL_LOGIN)" });
});

test("passes when the application is given the JSON as such, to take apart by itself", async () => {
  const found = await look((container) => {
    container.secrets = [{ name: "APP_SECRETS", valueFrom: arn }];
  });
  expect(found).toMatchObject({ status: "pass" });
});

test("leaves a reference that means the right secret in a wrong way to the checks of references", async () => {
  for (const valueFrom of [
    `${arn}:SECRET_KEY`,
    `${arn.replace("Xk3T9q", "aB3dE9")}:SECRET_KEY::`,
    `${arn.replace("ap-southeast-2", "us-east-1")}:SECRET_KEY::`,
  ]) {
    const found = await look((container) => {
      reference(container, "SECRET_KEY").valueFrom = valueFrom;
    });
    expect(found, valueFrom).toMatchObject({ status: "pass" });
  }
});

test("says that the newest revision injects it, where an older one is deployed", async () => {
  const found = await look((container, world) => {
    registerTaskDefinition(world, backend, () => {});
    without(container, "SMTP_HOST");
  });
  expect(found?.fix).toMatchObject({
    do: `Deploy the newest revision, ${backend}:3, which injects them.`,
    run: [expect.stringMatching(/update-service .*--task-definition ohmycoins-prod-backend:3$/)],
  });
});

test("names the secret that a key is to come from, where it comes from another one, and looks into none but the right one", async () => {
  const found = await look((container) => {
    reference(container, "SMTP_HOST").valueFrom = `${arn.replace("prod", "staging")}:SMTP_HOST::`;
  });
  const others = [{ key: "SMTP_HOST", from: arn.replace("prod", "staging"), meant: "ohmycoins-prod-app-secrets", meantHolds: true }];
  expect(found).toMatchObject({ status: "fail", evidence: { others } });
  expect(found?.fix?.do).toContain(`SMTP_HOST from ${arn}:SMTP_HOST::`);
});
