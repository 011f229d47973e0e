import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { secretValues } from "../src/facts/secret-values.ts";
import { secrets, versionAt } from "../src/facts/secrets.ts";

export default defineCheck({
  title: "Every secret has a current version",
  why: "A secret can be created without a value; every task that needs it then dies at its start, over and over.",
  severity: "blocker",
  about: secrets,
  // Neither those of a secret that is scheduled for deletion can be read.
  accountsFor: [secretValues],
  breaks: "starting",
  none: skip("needs no secret: none is configured, and no task definition refers to one"),

  evaluate(secret, _facts, { name, config }) {
    const current = versionAt(secret, "AWSCURRENT");
    if (secret.deletedOn !== null) return skip("is scheduled for deletion");
    if (current !== undefined) return pass("has an AWSCURRENT version", { current });

    const unfinished = versionAt(secret, "AWSPENDING");
    const { keys = [] } = config.secrets[name] ?? {};
    const put = keys.length > 0 ? `Put a value with these keys: ${keys.join(", ")}.` : "Put a value.";
    const putting = sh`aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://secret.json`;
    const evidence = { versions: secret.versions };
    const cause = "secret-no-current-version";
    if (unfinished === undefined) {
      return fail("has no AWSCURRENT version: it was created without a value", evidence, { do: put, run: [putting] }, cause);
    }
    const move = sh`aws secretsmanager update-secret-version-stage --secret-id ${name} --version-stage AWSCURRENT --move-to-version-id ${unfinished}`;
    return fail(
      "has no AWSCURRENT version, only AWSPENDING: a rotation began and never finished",
      evidence,
      { do: `Make the pending version current if it has a value, or else put one. ${put}`, run: [move, putting] },
      cause,
    );
  },
});
