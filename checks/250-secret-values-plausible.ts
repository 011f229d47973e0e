import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { type Flaw, type Shape, secretValues } from "../src/facts/secret-values.ts";
import { secrets } from "../src/facts/secrets.ts";

const words: Readonly<Record<Exclude<Flaw, "exponent">, string>> = {
  placeholder: "looks like a placeholder",
  edges: "begins or ends with white space",
  quotes: "has literal quotes around it",
};

export default defineCheck({
  title: "No secret value looks like a placeholder or a slip of the pen",
  why: "A placeholder passes every technical test, and the first customer mail that is never sent tells of it.",
  severity: { "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" },
  about: secrets,
  needs: [secretValues],
  none: skip("needs no secret: none is configured, and no task definition refers to one"),

  evaluate(_secret, facts, { name, config }) {
    const { placeholdersAllowed = [] } = config.secrets[name] ?? {};
    const { keys, text, version } = facts.secretValues.get(name);
    const values: readonly (readonly [string, Shape])[] = text === null ? Object.entries(keys) : [["the text", text]];
    if (values.length === 0) return skip("holds no value whose shape can be seen");

    const faults = values.flatMap(([key, { flaws }]) => {
      const seen = flaws
        .filter((flaw) => flaw !== "exponent")
        .filter((flaw) => flaw !== "placeholder" || !placeholdersAllowed.includes(key));
      return seen.map((flaw) => ({ key, fault: words[flaw] }));
    });
    if (faults.length === 0) return pass("holds nothing that looks like a placeholder", { looked: values.map(([key]) => key), version });

    const keysAtFault = [...new Set(faults.map(({ key }) => key))];
    return fail(
      `holds values that look wrong: ${faults.map(({ key, fault }) => `${key} ${fault}`).join("; ")}`,
      { faults, version },
      {
        do: `Put the real value of ${keysAtFault.join(", ")}; a key that may hold a placeholder goes into placeholdersAllowed.`,
        run: [sh`aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://secret.json`],
      },
    );
  },
});
