import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { secrets } from "../src/facts/secrets.ts";

export default defineCheck({
  title: "Every secret exists",
  why: "A task that needs a secret which is gone never starts, and its users get errors until somebody finds out.",
  severity: "blocker",
  about: presence(secrets),
  breaks: "starting",
  none: skip("needs no secret: none is configured, and no task definition refers to one"),

  evaluate(secret, _facts, { name, config }) {
    if (secret.state === "absent") {
      const stated = Object.hasOwn(config.secrets, name);
      const create = sh`aws secretsmanager create-secret --name ${name} --secret-string file://secret.json`;
      return fail(
        "does not exist",
        { answer: secret.why },
        stated
          ? { do: "Create the secret, or correct its name in the configuration.", run: [create] }
          : { do: "Correct the references of the task definition to it, or create the secret and refer to its new ARN." },
        "secret-not-found",
      );
    }

    const { arn, deletedOn } = secret.value;
    if (deletedOn === null) return pass("exists", { arn });
    return fail(
      "is scheduled for deletion",
      { arn, deletedOn },
      { do: "Cancel the deletion.", run: [sh`aws secretsmanager restore-secret --secret-id ${name}`] },
      "secret-not-found",
    );
  },
});
