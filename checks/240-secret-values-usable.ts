import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { type Shape, secretValues } from "../src/facts/secret-values.ts";
import { secrets } from "../src/facts/secrets.ts";

export default defineCheck({
  title: "Every required key has a value that ECS injects as meant",
  why: "A password that arrives as nothing, or as something else than was stored, starts the service and fails its users.",
  severity: "blocker",
  about: secrets,
  needs: [secretValues],
  breaks: true,
  none: skip("needs no secret: none is configured, and no task definition refers to one"),

  evaluate(_secret, facts, { name, config }) {
    const { keys: required = [] } = config.secrets[name] ?? {};
    if (required.length === 0) return skip("has to hold no key in particular: the configuration requires none");

    const { keys, version } = facts.secretValues.get(name);
    const held = required.flatMap((key) => (Object.hasOwn(keys, key) ? [{ key, shape: keys[key] as Shape }] : []));
    if (held.length === 0) return skip("holds none of the required keys, so that there is no value to look at");

    const unusable = held.flatMap(({ key, shape }) => {
      const fault = faultOf(shape);
      return fault === null ? [] : [{ key, fault }];
    });
    if (unusable.length === 0) return pass("has a usable value for every required key", { keys: held.map(({ key }) => key), version });

    return fail(
      `has values that ECS does not inject as meant: ${unusable.map(({ key, fault }) => `${key} ${fault}`).join("; ")}`,
      { unusable, version },
      {
        do: `Put a value in which each of ${unusable.map(({ key }) => key).join(", ")} is a string that is not empty.`,
        run: [sh`aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://secret.json`],
      },
      "secret-format-invalid",
    );
  },
});

function faultOf({ is, flaws }: Shape): string | null {
  if (is === "null") return "is null, which arrives as <nil>";
  if (is === "empty" || is === "blank") return `is ${is}`;
  if (is === "list" || is === "object") return `is ${is === "list" ? "an array" : "an object"}, which arrives in Go's notation`;
  return flaws.includes("exponent") ? "is a number that arrives with an exponent, as in 1e+06" : null;
}
