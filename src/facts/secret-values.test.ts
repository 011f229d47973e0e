import { describe, expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { reference, secretArn } from "../../fixtures/references.ts";
import { currentVersion, minutesAgo, secret } from "../../fixtures/verbs.ts";
import { fc, property } from "../../test/property.ts";
import type { Config } from "../config.ts";
import type { Reading } from "../fact.ts";
import { type SecretValue, secretValues, versionMeant } from "./secret-values.ts";

const name = "ohmycoins-prod-app-secrets";

const asking = { secrets: { app: { keys: ["KEY", "OTHER_KEY"] } } } as unknown as Config;

/** What is read of a secret that holds this. */
function held(content: string | Uint8Array): SecretValue {
  const answer = {
    Name: "app",
    VersionId: "v",
    VersionStages: ["AWSCURRENT"],
    CreatedDate: new Date(0),
    ...(typeof content === "string" ? { SecretString: content } : { SecretBinary: content }),
  };
  const found = secretValues.read(answer, {
    subject: "app",
    config: asking,
    facts: { taskDefinitions: { all: () => [] } },
  }) as Reading<SecretValue>;
  if (found.state !== "known") throw new Error(found.why);
  return found.value;
}

const shapeOf = (value: unknown) => held(JSON.stringify({ KEY: value })).keys["KEY"];

test("the current version of the secret is read, once", async () => {
  const { readings } = await reading(secretValues);
  expect(Object.keys(readings)).toEqual([name]);
  const value = { secret: name, stages: ["AWSCURRENT"], created: "2026-01-17T02:00:00.000Z", format: "json", text: null };
  expect(readings[name]).toMatchObject({ state: "known", value });
});

test("versions that references pin are read beside it, each under what it is pinned by", async () => {
  let previous = "";
  const { readings } = await reading(secretValues, (world) => {
    const arn = secretArn(world);
    previous = secret(world, name).versions[1]?.id ?? "";
    reference(world, "SMTP_HOST").valueFrom = `${arn}:SMTP_HOST:AWSPREVIOUS:`;
    reference(world, "SMTP_USER").valueFrom = `${arn}:SMTP_USER::${previous}`;
    reference(world, "SMTP_PORT").valueFrom = `${arn}:SMTP_PORT:AWSPREVIOUS:${previous}`;
    reference(world, "SMTP_TLS").valueFrom = `${arn}:SMTP_TLS:AWSCURRENT:`;
  });
  expect(Object.keys(readings).sort()).toEqual([
    name,
    `${name}@stage=AWSPREVIOUS`,
    `${name}@stage=AWSPREVIOUS@version=${previous}`,
    `${name}@version=${previous}`,
  ]);
  for (const [subject, one] of Object.entries(readings)) {
    expect(one).toMatchObject({ state: "known", value: { stages: [subject === name ? "AWSCURRENT" : "AWSPREVIOUS"] } });
  }
});

test("what is asked for and stands only in JSON within the value is told with its place, and nothing else in there is", () => {
  const inner = JSON.stringify({ KEY: "k", tokens: "t", swordfish: 1 });
  expect(held(JSON.stringify({ outer: inner }))).toMatchObject({ format: "json", inside: { KEY: "outer" } });
  expect(held(JSON.stringify({ outer: JSON.parse(inner) })).inside).toEqual({ KEY: "outer" });
  expect(held(JSON.stringify(inner))).toMatchObject({ format: "nested", inside: { KEY: null } });
  expect(held(JSON.stringify({ outer: inner, KEY: "k" })).inside).toEqual({});
  expect(JSON.stringify(held(JSON.stringify({ outer: inner })))).not.toContain("swordfish");
});

test("a version that does not exist, or is not on its label, is absent", async () => {
  const { readings } = await reading(secretValues, (world) => {
    const [current] = secret(world, name).versions;
    reference(world, "SMTP_HOST").valueFrom = `${secretArn(world)}:SMTP_HOST:blue:`;
    reference(world, "SMTP_USER").valueFrom = `${secretArn(world)}:SMTP_USER:AWSPREVIOUS:${current?.id}`;
  });
  const { [name]: current, ...pinned } = readings;
  expect(current?.state).toBe("known");
  expect(Object.values(pinned).map(({ state }) => state)).toEqual(["absent", "absent"]);
});

test("no value, and a secret that is scheduled for deletion, are absence; a refusal is not", async () => {
  const empty = await reading(secretValues, (world) => {
    secret(world, name).versions = [];
  });
  const deleted = await reading(secretValues, (world) => {
    secret(world, name).DeletedDate = minutesAgo(world, -60);
  });
  const denied = await reading(secretValues, () => {}, { denied: ["secretsmanager:GetSecretValue"] });
  expect(empty.readings[name]).toMatchObject({ state: "absent", why: expect.stringContaining("AWSCURRENT") as string });
  expect(deleted.readings[name]).toMatchObject({ state: "absent", why: expect.stringContaining("marked for deletion") as string });
  expect(denied.readings[name]).toMatchObject({ state: "unknown", kind: "denied", action: "secretsmanager:GetSecretValue" });
});

test("a subject whose name has signs of its own is still asked by the secret's ARN", async () => {
  const { readings } = await reading(secretValues, (world, config) => {
    const ARN = secretArn(world).replace(name, "app@home/db.1");
    Object.assign(secret(world, name), { Name: "app@home/db.1", ARN });
    config.secrets = { "app@home/db.1": {} };
    for (const key of ["SMTP_HOST", "SMTP_USER"]) reference(world, key).valueFrom = `${ARN}:${key}:AWSPREVIOUS:`;
  });
  expect(readings["app@home/db.1@stage=AWSPREVIOUS"]).toMatchObject({ state: "known" });
});

test.each([
  ["", "", "app"],
  ["AWSCURRENT", "", "app"],
  ["AWSPREVIOUS", "", "app@stage=AWSPREVIOUS"],
  ["", "v1", "app@version=v1"],
  ["AWSCURRENT", "v1", "app@stage=AWSCURRENT@version=v1"],
])("the label %j and the version %j mean %s", (stage, version, subject) => {
  expect(versionMeant("app", { stage, version })).toBe(subject);
});

describe("formats", () => {
  const object = JSON.stringify({ KEY: "v4lue" });
  test.each([
    ["json", object],
    ["json", ` ${object}\n`],
    ["json", "{}"],
    ["list", `[${object}]`],
    ["nested", JSON.stringify(object)],
    ["byte-order-mark", `\uFEFF${object}`],
    ["text", "hunter2"],
    ["text", "{'KEY': 'v4lue'}"],
    ["text", '{"KEY": "v4lue",}'],
    ["text", '"hunter2"'],
    ["text", "12345"],
    ["text", "null"],
    ["binary", new Uint8Array([1, 2])],
  ])("%s: %j", (format, content) => {
    expect(held(content).format).toBe(format);
  });

  test("only an object has keys, and names that mean something to JavaScript are keys like others", () => {
    expect(Object.keys(held('{"__proto__":"a","toString":"b"}').keys)).toEqual(["__proto__", "toString"]);
    expect(held(JSON.stringify(object)).keys).toEqual({});
  });
});

describe("shapes", () => {
  test.each([
    ["v4lue", "string"],
    ["", "empty"],
    [" \n", "blank"],
    [null, "null"],
    [0, "number"],
    [587, "number"],
    [false, "boolean"],
    [[], "list"],
    [{}, "object"],
  ])("%j is %s, and nothing is wrong with it but that", (value, is) => {
    expect(shapeOf(value)).toEqual({ is, flaws: [] });
  });

  // What fmt.Sprintf("%v", float64) prints, which is how the ECS agent writes a JSON number.
  test.each([
    ["0", false],
    ["-1", false],
    ["587", false],
    ["999999", false],
    ["1000000", true],
    ["-1000000", true],
    ["1234567", true],
    ["999999.5", false],
    ["1e6", true],
    ["1e5", false],
    ["1e21", true],
    ["1e400", true],
    ["0.5", false],
    ["0.0001", false],
    ["0.00012", false],
    ["0.00001", true],
  ])("the number %s arrives with an exponent: %s", (number, exponent) => {
    expect(held(`{"KEY":${number}}`).keys["KEY"]).toEqual({ is: "number", flaws: exponent ? ["exponent"] : [] });
  });

  test.each([
    "dummy",
    "DUMMY_PASSWORD",
    "dummy123",
    "changeme",
    "ChangeMe123!",
    "change-me",
    "CHANGE_ME_PLEASE",
    "please change me",
    "changethis",
    "change-this",
    "smtp.example.com",
    "admin@example.com",
    "https://example.org/hook",
    "TODO",
    "todo",
    "TODO: ask operations",
    "xxx",
    "XXXXXXXX",
    "xxx-xxx",
    "placeholder",
    "my_placeholder_value",
    "your-api-key",
    "your_password_here",
    "https://your-domain.net",
    "<password>",
    "<your key here>",
    "$" + "{SMTP_PASSWORD}",
    "{{ smtp_password }}",
    "replace-me",
    "REPLACE_WITH_REAL_KEY",
    "replaceme",
    "AKIAIOSFODNN7EXAMPLE",
  ])("%s looks like a placeholder", (value) => {
    expect(shapeOf(value)).toEqual({ is: "string", flaws: ["placeholder"] });
  });

  test.each([
    "xK3xxxq",
    "smtp.todoist.com",
    "changes",
    "changement",
    "Exchange-Media",
    "myexample.com",
    "my-example.com",
    "example.company.io",
    "example.computer",
    "jsonplaceholder.typicode.com",
    "todomvc",
    "mastodon",
    "xx",
    "maxxx",
    "replacement-parts",
    "yourself",
    "correct your horse battery",
    "dummyload.io",
    '["https://a.ohmycoins.com"]',
    '{"type":"service_account"}',
    "<a/><b/>",
    "p@$$w0rd<>",
    "9bZkp7q19f0",
    "587",
  ])("%s is left alone", (value) => {
    expect(shapeOf(value)).toEqual({ is: "string", flaws: [] });
  });

  const pem = "-----BEGIN KEY-----\nMIIB\n-----END KEY-----\n";
  test.each([
    ["hunter2\n", ["edges"]],
    [" hunter2", ["edges"]],
    ["\thunter2", ["edges"]],
    ["hun ter2", []],
    [pem, []],
    ['"hunter2"', ["quotes"]],
    ["'hunter2'", ["quotes"]],
    ['"hunter2', []],
    ['say "hi"', []],
    ['"hunter2"\n', ["edges", "quotes"]],
    [" changeme", ["placeholder", "edges"]],
  ])("%j has the flaws %j", (value, flaws) => {
    expect(shapeOf(value)).toEqual({ is: "string", flaws });
  });

  test("a text is looked at as a whole", () => {
    expect(held("changeme\n").text).toEqual({ is: "string", flaws: ["placeholder", "edges"] });
  });
});

describe("no value gets out", () => {
  // Signs that occur in no word of a reading, so that whatever of a value is found there came from the value.
  const word = fc.string({ unit: fc.constantFrom(..."ЖЯQWΩΔ§~%7&*"), minLength: 4, maxLength: 40 });
  const value = fc.letrec((tie) => ({
    any: fc.oneof(word, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), tie("list"), tie("record")),
    list: fc.array(tie("any"), { maxLength: 3 }),
    record: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("any")),
  })).any;
  const windows = (text: string) => Array.from({ length: Math.max(0, text.length - 3) }, (_, at) => text.slice(at, at + 4));
  const strings = (one: unknown): string[] =>
    typeof one === "object" && one !== null ? Object.values(one).flatMap(strings) : typeof one === "boolean" ? [] : [`${one ?? ""}`];

  property.prop([fc.dictionary(fc.constantFrom("KEY", "OTHER"), value)])("of a JSON object, whatever is in it", (content) => {
    const { created: _, ...found } = held(JSON.stringify(content));
    const shown = JSON.stringify(found);
    expect(
      strings(JSON.parse(JSON.stringify(content)))
        .flatMap(windows)
        .filter((part) => shown.includes(part)),
    ).toEqual([]);
  });

  property.prop([word, fc.constantFrom("", '"', '{"', "\uFEFF{", '{"a":"', "[", " ")])(
    "of a text, malformed JSON above all",
    (secret, before) => {
      const { created: _, ...found } = held(before + secret);
      const shown = JSON.stringify(found);
      expect(windows(secret).filter((part) => shown.includes(part))).toEqual([]);
    },
  );

  property.prop([fc.oneof(fc.json(), fc.string())])("since a reading is made of known words alone, besides the names of keys", (text) => {
    const { format, keys, text: whole } = held(text);
    expect(["json", "list", "nested", "byte-order-mark", "text"]).toContain(format);
    for (const { is, flaws, ...more } of [...Object.values(keys), ...(whole ? [whole] : [])]) {
      expect(["string", "empty", "blank", "null", "number", "boolean", "list", "object"]).toContain(is);
      expect(["exponent", "placeholder", "edges", "quotes"]).toEqual(expect.arrayContaining([...flaws]));
      expect(more).toEqual({});
    }
  });

  test("neither of one that AWS answers without what it always sends", async () => {
    const { readings } = await reading(secretValues, (world) => {
      const version = currentVersion(secret(world, name));
      version.SecretString = '{"KEY": "hunter2-hunter2"';
      Object.assign(version, { created: undefined });
    });
    expect(readings[name]).toMatchObject({ state: "unknown", kind: "invalid", why: "AWS sent no CreatedDate" });
    expect(JSON.stringify(readings)).not.toContain("hunter2");
  });
});
