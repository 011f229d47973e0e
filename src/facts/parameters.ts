import { absent, defineFact, given, known, oneOf, type Reading, unknown } from "../fact.ts";
import { type TaskDefinition, taskDefinitions } from "./task-definitions.ts";

/** An SSM parameter, without what is in it. Of one in another region nothing but that is known, since only its region can be asked. */
export type Parameter =
  | {
      readonly name: string;
      readonly elsewhere: null;
      readonly type: "String" | "StringList" | "SecureString";
      readonly version: number;
      /** When its value was last changed, or it was made; null where SSM does not say. */
      readonly changedAt: string | null;
    }
  | { readonly name: string; readonly elsewhere: string };

/** The SSM parameters that task definitions refer to. */
export const parameters = defineFact("parameters", {
  kind: "parameter",
  calls: ["ssm:GetParameters"],
  needs: [taskDefinitions],
  batch: 10,

  subjects: ({ facts }) =>
    facts.taskDefinitions
      .all()
      .flatMap(({ references }) => references.flatMap(({ target }) => (target.to === "parameter" ? [target.id] : []))),

  async ask({ aws, subjects, facts }) {
    const asked = subjects.filter((id) => regionElsewhere(id, facts.taskDefinitions.all()) === null);
    // Existence is all that is wanted: nothing is decrypted.
    return asked.length === 0 ? { Parameters: [], InvalidParameters: [] } : aws.ssm.GetParameters({ Names: asked, WithDecryption: false });
  },

  resources: (_config, arn) => ({ "ssm:GetParameters": [arn("ssm", "parameter/*")] }),

  read({ Parameters = [], InvalidParameters = [] }, { subject, facts }): Reading<Parameter> {
    const elsewhere = regionElsewhere(subject, facts.taskDefinitions.all());
    if (elsewhere !== null) return known({ name: nameOf(subject), elsewhere });
    if (InvalidParameters.includes(subject)) return absent("there is no such parameter");
    const found = Parameters.find(({ Name, ARN, Selector = "" }) => subject === `${Name}${Selector}` || subject === `${ARN}${Selector}`);
    if (!found) return unknown("invalid", "AWS answered and did not mention it");
    const type = oneOf(found.Type, ["String", "StringList", "SecureString"]);
    const changedAt = found.LastModifiedDate?.toISOString() ?? null;
    return known({ name: nameOf(subject), elsewhere: null, type, version: given(found.Version, "Version"), changedAt });
  },

  name: nameOf,
});

/** The region of a parameter that is not in the one that the tasks run in. */
function regionElsewhere(id: string, [definition]: readonly TaskDefinition[]): string | null {
  const [regionOf, here] = [id, definition?.arn].map((arn) => (arn?.startsWith("arn:") ? arn.split(":")[3] : undefined));
  return regionOf === undefined || regionOf === here ? null : regionOf;
}

/** An ARN has the name behind `parameter`; one that is no path loses the slash between them. */
function nameOf(id: string): string {
  const path = /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(.+)$/.exec(id)?.[1];
  return path === undefined ? id : path.replace(/^\/(?=[^/]*$)/, "");
}
