import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { nearMiss } from "../src/facts/near-miss.ts";
import { type SecretValue, secretValues } from "../src/facts/secret-values.ts";
import { secrets } from "../src/facts/secrets.ts";

const faults: Readonly<Record<Exclude<SecretValue["format"], "json">, string>> = {
  binary: "is binary, and ECS reads keys from text alone",
  text: "is text that is not a JSON object",
  list: "is a JSON array, and not an object with keys",
  nested: "is JSON inside a JSON string: it was encoded twice",
  "byte-order-mark": "begins with a byte-order mark, which makes it no JSON",
};

export default defineCheck({
  title: "Every secret holds the keys that are required of it",
  why: "One missing key is enough: no task that asks for it starts.",
  severity: "blocker",
  about: secrets,
  needs: [secretValues],
  breaks: "starting",
  none: skip("needs no secret: none is configured, and no task definition refers to one"),

  evaluate(_secret, facts, { name, config }) {
    const { keys: required = [] } = config.secrets[name] ?? {};
    if (required.length === 0) return skip("has to hold no key in particular: the configuration requires none");

    const { format, keys, inside, version, created } = facts.secretValues.get(name);
    const run = [sh`aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://secret.json`];
    if (format !== "json") {
      const fix = { do: `Put a JSON object, as UTF-8 text, with these keys: ${required.join(", ")}.`, run };
      const evidence = { format, required, version, created, inside: required.filter((key) => Object.hasOwn(inside, key)) };
      return fail(faults[format], evidence, fix, "secret-format-invalid");
    }

    const held = Object.keys(keys);
    const missing = required.filter((key) => !Object.hasOwn(keys, key));
    if (missing.length === 0) return pass("holds every required key", { required, version });

    const meant = missing.map((key) => ({ key, near: nearMiss(key, held), under: inside[key] }));
    const near = Object.fromEntries(meant.flatMap((one) => (one.near === undefined ? [] : [[one.key, one.near]])));
    return fail(
      `lacks ${meant.map(told).join("; ")}`,
      { missing, near, inside, held, version, created },
      { do: `Put a value that ${meant.map(mended).join(" and ")}, and keeps all else.`, run },
      "secret-json-key-missing",
    );
  },
});

/** A key that is missing, the one that was probably meant for it, and the one under which it stands as JSON within the JSON. */
type Missing = { readonly key: string; readonly near: string | undefined; readonly under: string | null | undefined };

function told({ key, near, under }: Missing): string {
  if (near !== undefined) return `${key}, for which ${JSON.stringify(near)} was probably meant`;
  return under ? `${key}, which stands inside ${JSON.stringify(under)}, where ECS does not look` : key;
}

function mended({ key, near, under }: Missing): string {
  if (near !== undefined) return `renames ${JSON.stringify(near)} to ${key}`;
  return under ? `takes ${key} out of ${JSON.stringify(under)}` : `also has ${key}`;
}
