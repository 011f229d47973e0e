import { defineCheck, fail, pass, presence, sh, skip } from "../src/check.ts";
import { parameters } from "../src/facts/parameters.ts";

export default defineCheck({
  title: "Every SSM parameter that a task definition refers to exists",
  why: "A task that asks for a parameter which is not there never starts.",
  severity: "blocker",
  about: presence(parameters),
  breaks: "starting",
  none: skip("needs no SSM parameter: no task definition refers to one"),

  evaluate(parameter, _facts, { name, config }) {
    if (parameter.state === "known") {
      const { value } = parameter;
      if (value.elsewhere !== null) return skip(`is in ${value.elsewhere}, where this run does not ask`);
      return pass("exists", { type: value.type, version: value.version });
    }

    const cause = "ssm-parameter-missing";
    if (Object.hasOwn(config.secrets, name)) {
      const fix = {
        do: "Refer to the secret by its full ARN, in a new revision of the task definition, and deploy it.",
        run: [sh`aws secretsmanager describe-secret --secret-id ${name} --query ARN`],
      };
      return fail(
        "does not exist: it is the name of a secret, and ECS takes a plain name for a parameter",
        { answer: parameter.why },
        fix,
        cause,
      );
    }
    const fix = {
      do: "Create the parameter, or correct the references to it; a secret is referred to by its ARN.",
      run: [sh`aws ssm put-parameter --name ${name} --type SecureString --value file://parameter.txt`],
    };
    return fail("does not exist", { answer: parameter.why }, fix, cause);
  },
});
