import { defineFact, given, known, type Reading } from "../fact.ts";
import { isCalled, secretArns, secretMeant, secrets } from "./secrets.ts";
import { taskDefinitions } from "./task-definitions.ts";

/** What can make a value unfit that is there: what is seen of it is all that is kept. */
export type Flaw = "exponent" | "placeholder" | "edges" | "quotes";

/** What can be told of a value without telling the value. */
export type Shape = {
  readonly is: "string" | "empty" | "blank" | "null" | "number" | "boolean" | "list" | "object";
  readonly flaws: readonly Flaw[];
};

/** What one version of a secret holds: names of keys, and the shape of each value. No value ever leaves this file. */
export type SecretValue = {
  readonly secret: string;
  /** The version's id, its staging labels, and when it was made. */
  readonly version: string;
  readonly stages: readonly string[];
  readonly created: string;
  /** `nested` is JSON inside a JSON string; `byte-order-mark` is JSON behind one. */
  readonly format: "json" | "list" | "nested" | "byte-order-mark" | "text" | "binary";
  readonly keys: { readonly [key: string]: Shape };
  /**
   * The keys that somebody asks for and that stand only in JSON text within the value: under which key, or null for the text as a whole.
   * No others, since what is inside a value is a value, and may be secret to its names.
   */
  readonly inside: { readonly [key: string]: string | null };
  /** The shape of a text as a whole; null in all other formats. */
  readonly text: Shape | null;
};

/**
 * The AWSCURRENT version of each secret, under the secret's name, and each that a reference pins, under `versionMeant`. A fact of its own,
 * because it is refused on its own. What it reads of them is hidden from then on, whoever quotes it.
 */
export const secretValues = defineFact("secretValues", {
  kind: "secret",
  calls: ["secretsmanager:GetSecretValue"],
  // For secrets under a customer-managed key.
  alsoNeeds: ["kms:Decrypt"],
  resources: ({ secrets }, arn) => ({
    "secretsmanager:GetSecretValue": secretArns(secrets, arn),
    "kms:Decrypt": [arn("kms", "key/*")],
  }),
  needs: [secrets, taskDefinitions],
  absentOn: [
    "ResourceNotFoundException",
    "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion",
    "InvalidRequestException: You provided a VersionStage that is not associated to the provided VersionId",
  ],

  subjects({ config, facts }) {
    const targets = facts.taskDefinitions.all().flatMap(({ arn, references }) =>
      references.flatMap(({ target }) => {
        const meant = secretMeant(target, arn, config);
        return target.to === "secret" && meant !== null ? [{ ...target, meant }] : [];
      }),
    );
    return facts.secrets
      .all()
      .flatMap((secret) => [
        secret.name,
        ...targets.filter(({ meant }) => isCalled(secret, meant)).map((target) => versionMeant(secret.name, target)),
      ]);
  },

  ask({ aws, subject, facts }) {
    const [, name = "", stage = "", version = ""] = /^(.+?)(?:@stage=([^@]*))?(?:@version=([^@]*))?$/.exec(subject) ?? [];
    return aws.secretsmanager.GetSecretValue({
      SecretId: facts.secrets.get(name).arn,
      ...(stage || !version ? { VersionStage: stage || "AWSCURRENT" } : {}),
      ...(version ? { VersionId: version } : {}),
    });
  },

  hides({ SecretString, SecretBinary }, hide) {
    if (SecretString !== undefined) hide(SecretString);
    if (SecretBinary !== undefined) hide(new TextDecoder().decode(SecretBinary));
  },

  read({ Name, VersionId, VersionStages, CreatedDate, SecretString }, { config, facts }): Reading<SecretValue> {
    const references = facts.taskDefinitions.all().flatMap((definition) => definition.references);
    const asked = [
      ...Object.values(config.secrets).flatMap(({ keys = [] }) => keys),
      ...references.flatMap(({ target }) => (target.to === "secret" && target.key ? [target.key] : [])),
    ];
    return known({
      secret: given(Name, "Name"),
      version: given(VersionId, "VersionId"),
      stages: VersionStages ?? [],
      created: given(CreatedDate, "CreatedDate").toISOString(),
      ...(SecretString === undefined ? { format: "binary", keys: {}, inside: {}, text: null } : contentOf(SecretString, asked)),
    });
  },
});

/** Under what name `secretValues` has the version that a reference means. */
export function versionMeant(secret: string, { stage, version }: { readonly stage: string; readonly version: string }): string {
  if (!version && (!stage || stage === "AWSCURRENT")) return secret;
  return `${secret}${stage ? `@stage=${stage}` : ""}${version ? `@version=${version}` : ""}`;
}

function contentOf(text: string, asked: readonly string[]): Pick<SecretValue, "format" | "keys" | "inside" | "text"> {
  const content = parsed(text);
  const none = { keys: {}, inside: {}, text: null };
  if (isRecord(content)) {
    const keys = Object.fromEntries(Object.entries(content).map(([key, value]) => [key, shapeOf(value)]));
    return { format: "json", keys, inside: insideOf(Object.entries(content), asked, keys), text: null };
  }
  if (Array.isArray(content)) return { format: "list", ...none };
  if (typeof content === "string" && isRecord(parsed(content)))
    return { format: "nested", ...none, inside: insideOf([[null, content]], asked, {}) };
  if (text.startsWith("\uFEFF") && isRecord(parsed(text.slice(1)))) return { format: "byte-order-mark", ...none };
  return { format: "text", ...none, text: shapeOf(text) };
}

function insideOf(
  values: readonly (readonly [key: string | null, value: unknown])[],
  asked: readonly string[],
  keys: SecretValue["keys"],
): SecretValue["inside"] {
  const missing = asked.filter((key) => !Object.hasOwn(keys, key));
  const found = values.flatMap(([under, value]) => {
    const inner = typeof value === "string" ? parsed(value) : value;
    return isRecord(inner) ? missing.flatMap((key) => (Object.hasOwn(inner, key) ? [[key, under] as const] : [])) : [];
  });
  return Object.fromEntries(found);
}

/** What a JSON text says; nothing where it is none. The error is dropped, since it quotes its input. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

function shapeOf(value: unknown): Shape {
  if (typeof value === "string") {
    if (value === "") return { is: "empty", flaws: [] };
    if (value.trim() === "") return { is: "blank", flaws: [] };
    const flaws = { placeholder: isPlaceholder(value), edges: hasEdges(value), quotes: isQuoted(value) };
    return { is: "string", flaws: (Object.keys(flaws) as (keyof typeof flaws)[]).filter((flaw) => flaws[flaw]) };
  }
  if (typeof value === "number") return { is: "number", flaws: hasExponent(value) ? ["exponent"] : [] };
  if (typeof value === "boolean") return { is: "boolean", flaws: [] };
  return { is: value === null ? "null" : Array.isArray(value) ? "list" : "object", flaws: [] };
}

/**
 * Whether the ECS agent injects a number as something like `1e+06`: it reads all numbers as float64 and prints them with Go's `%v`.
 * @see https://github.com/aws/amazon-ecs-agent/blob/master/agent/asm/asm.go
 * @see https://pkg.go.dev/strconv#FormatFloat format 'g' with precision -1: an exponent below -4, or from 6 on
 */
function hasExponent(value: number): boolean {
  const exponent = Number(value.toExponential().split("e")[1]);
  return !Number.isFinite(value) || (value !== 0 && (exponent < -4 || exponent >= 6));
}

/** White space before or after. A text of several lines, such as a private key, may well end its last one. */
function hasEdges(value: string): boolean {
  const inner = value.trim();
  return inner !== value && !inner.includes("\n");
}

const isQuoted = (value: string) => /^\s*(["']).*\1\s*$/s.test(value);

const placeholders: readonly RegExp[] = [
  /^\s*(?:<[^<>]*>|\$\{.*\}|\{\{.*\}\})\s*$/,
  /^\s*x{3,}(?:[-_. ]?x+)*\s*$/i,
  /^\s*todo\s*$/i,
  /^\s*TODO\b/,
  /(?:^|[^\w-])example\.(?:com|net|org)(?![\w-]|\.\w)/i,
  /(?:^|[^a-z0-9])(?:dummy|placeholder|change[-_ ]?(?:me|this)|replace[-_ ]?(?:me|this))\d*(?![a-z0-9])/i,
  /^\s*replace[-_ ]/i,
  /(?:^\s*your[-_ ]|[^a-z0-9\s]your[-_])/i,
  /EXAMPLE(?:KEY)?$/,
];

const isPlaceholder = (value: string) => placeholders.some((placeholder) => placeholder.test(value));
