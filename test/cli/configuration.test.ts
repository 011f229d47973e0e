import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configure } from "../../src/cli/configuration.ts";
import { inferable } from "../../src/config.ts";
import { loadChecks } from "../../src/discover.ts";
import { Mistake } from "../../src/mistake.ts";

let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "seaworthy-"));
});
afterAll(() => rm(directory, { recursive: true }));

const minimal = "deployment: shop\ncluster: shop-cluster\nservices:\n  backend: {}\n";
const checkIds = ["secret-exists", "alarm-notifies", "service-steady"];
const surroundings = (environment = {}) => ({ directory, environment, checkIds });

async function written(text: string, name = "seaworthy.config.yaml"): Promise<string> {
  await writeFile(join(directory, name), text);
  return name;
}

async function complaint(text: string, name?: string, environment = {}): Promise<string> {
  const config = await written(text, name);
  const error = await configure({ config }, surroundings(environment)).catch((thrown: unknown) => thrown);
  if (!(error instanceof Mistake)) throw new Error(`it was accepted, or crashed: ${error}`);
  return error.message;
}

test("the example with every key is accepted", async () => {
  const ids = (await loadChecks()).map(({ id }) => id);
  const example = join(import.meta.dirname, "../../examples/ohmycoins-prod.seaworthy.yaml");
  const known = [...(await readFile(example, "utf8")).matchAll(/checks: \[([^\]]+)\]/g)].flatMap(([, list = ""]) => list.split(", "));
  const { config } = await configure({ config: example }, { ...surroundings(), checkIds: [...ids, ...known, "alarm-notifies"] });
  expect(config.deployment).toBe("ohmycoins-prod");
  expect(config.inferred).toEqual([]);
});

test("the nearest file upward is found, and what it does not state is inferred", async () => {
  await written(minimal);
  const deep = join(directory, "a/b");
  await mkdir(deep, { recursive: true });
  const { config, file } = await configure({}, { ...surroundings({ AWS_REGION: "eu-west-1" }), directory: deep });
  expect(file).toBe(join(directory, "seaworthy.config.yaml"));
  expect(config.inferred).toEqual(inferable.filter((section) => section !== "services"));
  expect(config.region).toBe("eu-west-1");
  await rm(join(directory, "seaworthy.config.yaml"));
});

test("a cluster is enough: everything about it is inferred", async () => {
  const { config, file } = await configure({ cluster: "shop-cluster" }, surroundings());
  expect(file).toBeUndefined();
  expect(config).toMatchObject({ deployment: "shop-cluster", cluster: "shop-cluster", services: {} });
  expect(config.inferred).toEqual(inferable);
  const named = await configure({ cluster: "shop-cluster", service: ["backend"] }, surroundings());
  expect(named.config.services).toEqual({ backend: {} });
  expect(named.config.inferred).toEqual(inferable.filter((section) => section !== "services"));
});

test("neither a file nor a cluster: it says what to do", async () => {
  await expect(configure({}, surroundings())).rejects.toThrow("no cluster was named");
});

test("the command line overrides the cluster and the region of the file", async () => {
  const config = await written(`${minimal}region: us-east-1\n`, "other.yaml");
  const chosen = await configure({ config, cluster: "spare", region: "eu-central-1" }, surroundings({ AWS_REGION: "x" }));
  expect(chosen.config).toMatchObject({ deployment: "shop", cluster: "spare", region: "eu-central-1" });
  expect((await configure({ config }, surroundings({ AWS_REGION: "x" }))).config.region).toBe("us-east-1");
});

test("an unknown key is named at its line and column, with the nearest valid word", async () => {
  const said = await complaint(`${minimal}endpoint:\n  health: { url: "http://x" }\n`, "typo.yaml");
  expect(said).toContain('typo.yaml:5:1: "endpoint" is no key here. Did you mean "endpoints"? Valid: deployment, region');
});

test("an unknown key far inside is named with the words that are valid there", async () => {
  const said = await complaint(`${minimal.replace("{}", "{ desiredCounts: 2 }")}`, "inside.yaml");
  expect(said).toContain(
    'inside.yaml:4:14: "desiredCounts" is no key here. Did you mean "desiredCount"? Valid: desiredCount, taskDefinition',
  );
});

test.for([
  ["a wrong type", "  backend: { desiredCount: two }", '4:28: services.backend.desiredCount is "two": expected a number'],
  ["a wrong form", '  backend: {}\nendpoints: { health: { url: "example.com" } }', "http://"],
  ["a value out of a list", "  backend: {}\nnetwork: { scheme: internet }", '5:20: network.scheme cannot be "internet"'],
  ["a list for an object", "  - backend", "services is a list"],
] as const)("%s is named at its place", async ([, services, expected]) => {
  const said = await complaint(`deployment: shop\ncluster: shop-cluster\nservices:\n${services}\n`, "types.yaml");
  expect(said).toContain(expected);
});

test("a severity that is neither a word nor one for each scene is named where it is wrong", async () => {
  const said = await complaint(`${minimal}severity:\n  alarm-notifies: { signoff: warning }\n`, "severity.yaml");
  expect(said).toContain('severity.yaml:6:21: "signoff" is no key here. Did you mean "sign-off"?');
});

test("what is missing is said of what it is missing from", async () => {
  expect(await complaint("deployment: shop\ncluster: c\n", "missing.yaml")).toContain('missing.yaml:1:1: "services" is missing');
  const waiver = "waivers:\n  - check: alarm-notifies\n    subject: alarm:cpu\n    reason: so\n    owner: me\n";
  expect(await complaint(minimal + waiver, "missing.yaml")).toContain('missing.yaml:6:5: "expires" is missing in waivers.0');
});

const accepted = "check: alarm-notifies, subject: alarm:cpu, reason: so, owner: me, expires: 2026-12-31";

test.for([
  ["nobody as its owner", accepted.replace("owner: me", 'owner: " "'), 'waivers.0.owner is " ": expected a text that is not blank'],
  ["no reason", accepted.replace("reason: so", 'reason: ""'), 'waivers.0.reason is "": expected a text that is not blank'],
  ["no subject", accepted.replace("subject: alarm:cpu", 'subject: ""'), "waivers.0.subject"],
  ["a day of no calendar", accepted.replace("12-31", "11-31"), 'waivers.0.expires is "2026-11-31": that day is in no calendar'],
  ["a day in other words", accepted.replace("2026-12-31", "31.12.2026"), "expected a date such as 2026-12-31"],
  ["no day at all", accepted.replace(", expires: 2026-12-31", ""), '"expires" is missing in waivers.0'],
] as const)("a waiver with %s is an error", async ([, waiver, says]) => {
  expect(await complaint(`${minimal}waivers: [{ ${waiver} }]\n`, "waiver.yaml")).toContain(says);
});

const vouched = "title: Migrations ran, by: dev, on: 2026-01-18, expires: 2026-12-31";

test.for([
  ["of nobody", vouched.replace("by: dev", 'by: "  "'), 'attestations.0.by is "  ": expected a text that is not blank'],
  [
    "that ends before it begins",
    vouched.replace("2026-12-31", "2025-12-31"),
    "it expires on 2025-12-31, before it was given on 2026-01-18",
  ],
  ["of a day of no calendar", vouched.replace("01-18", "02-29"), "that day is in no calendar"],
] as const)("an attestation %s is an error", async ([, attestation, says]) => {
  expect(await complaint(`${minimal}attestations: [{ ${attestation} }]\n`, "attestation.yaml")).toContain(says);
});

test("a criterion may name an attestation that nobody has given yet", async () => {
  const criteria = "signOff: { criteria: [{ title: Database, attestations: [Migrations ran] }] }\n";
  const { config } = await configure({ config: await written(minimal + criteria, "open.yaml") }, surroundings());
  expect(config.signOff?.criteria).toHaveLength(1);
});

test("the history is a path, or there is none", async () => {
  const historyOf = async (text: string) =>
    (await configure({ config: await written(`${minimal}history: ${text}\n`, "history.yaml") }, surroundings())).config.history;
  expect([await historyOf("runs.db"), await historyOf("false")]).toEqual(["runs.db", false]);
  for (const text of ["true", "off", "no"])
    expect(await complaint(`${minimal}history: ${text}\n`, "history.yaml")).toContain("history.yaml:5:10: history is ");
});

test.for([
  ["a waiver", "waivers:\n  - { check: alarm-notify, subject: alarm:cpu, reason: so, owner: me, expires: 2026-12-31 }", "6:14"],
  ["a severity", "severity:\n  alarm-notify: blocker", "6:3"],
  ["a criterion", "signOff:\n  criteria:\n    - { title: Alarms, checks: [alarm-notify] }", "7:33"],
] as const)("%s for a check that there is none of is an error", async ([, section, place]) => {
  const said = await complaint(`${minimal}${section}\n`, "ids.yaml");
  expect(said).toContain(`ids.yaml:${place}: no check is called "alarm-notify". Did you mean "alarm-notifies"? Valid: `);
});

test("a service that is not described would go unasked, so it is an error", async () => {
  const said = await complaint(`${minimal}secrets:\n  app: { injectedInto: [backedn] }\n`, "service.yaml");
  expect(said).toContain('service.yaml:6:25: no service of this configuration is called "backedn". Did you mean "backend"?');
});

test("several mistakes are all told, in the order of the file", async () => {
  const said = await complaint("deploymet: shop\ncluster: 5\nservices: {}\n", "many.yaml");
  expect(said.split("\n").map((line) => line.split(": ")[0])).toEqual(["many.yaml:1:1", "many.yaml:1:1", "many.yaml:2:10"]);
});

test.for([
  ["YAML that is cut short", "deployment: [shop", /^broken\.yaml:\d+:\d+: /],
  ["the same key twice", "cluster: a\ncluster: b\n", /^broken\.yaml:2:1: Map keys must be unique/],
  ["an alias to nothing", "cluster: *none\n", /^broken\.yaml:1:\d+: /],
  ["an empty file", "", /^broken\.yaml:1:1: "deployment" is missing/],
  ["a bare word", "hello", /^broken\.yaml:1:1: the configuration is "hello": expected an object/],
] as const)("%s is an error with a place", async ([, text, expected]) => {
  expect(await complaint(text, "broken.yaml")).toMatch(expected);
});

test("JSON is read the same way", async () => {
  const text = JSON.stringify({ deployment: "shop", cluster: "c", services: {}, alarm: {} }, null, 2);
  expect(await complaint(text, "wrong.json")).toContain('wrong.json:5:3: "alarm" is no key here. Did you mean "alarms"?');
});

test("the environment fills in values, and what it lacks is an error", async () => {
  const text = minimal.replace("shop-cluster", "$" + "{CLUSTER}-x").replace(" {}", "\n    desiredCount: $" + "{COUNT}");
  const config = await written(text, "env.yaml");
  const { config: filled } = await configure({ config }, surroundings({ CLUSTER: "live", COUNT: "3" }));
  expect(filled.cluster).toBe("live-x");
  expect(filled.services["backend"]?.desiredCount).toBe(3);
  expect(await complaint(text, "env.yaml", { COUNT: "3" })).toContain("env.yaml:2:10: $" + "{CLUSTER} is not set in the environment");
});

test("a quoted value stays a text", async () => {
  const config = await written(`${minimal}account: "$`.concat('{ACCOUNT}"\n'), "account.yaml");
  expect((await configure({ config }, surroundings({ ACCOUNT: "220711411889" }))).config.account).toBe("220711411889");
});

test("what is doubled stands for itself, and is taken from nowhere", async () => {
  const config = await written(`${minimal}dashboards: ["$$\{STAGE}", "$\{STAGE}-$$\{STAGE}", "$$$\{STAGE}"]\n`, "literal.yaml");
  const { dashboards } = (await configure({ config }, surroundings({ STAGE: "prod" }))).config;
  expect(dashboards).toEqual([`\${STAGE}`, `prod-\${STAGE}`, `$\${STAGE}`]);
});

test("TypeScript is imported, a function is called, and mistakes name the path of the key", async () => {
  const object = '{ deployment: "shop", cluster: "c", services: {} as Record<string, object> }';
  const plain = await written(`export default ${object};`, "plain.ts");
  expect((await configure({ config: plain }, surroundings())).config.deployment).toBe("shop");
  const called = await written(`export default async () => (${object});`, "called.mts");
  expect((await configure({ config: called }, surroundings())).config.deployment).toBe("shop");
  expect(await complaint('export default { deployment: "s", cluster: 5, services: {} };', "wrong.ts")).toBe(
    "wrong.ts: cluster: cluster is 5: expected a string",
  );
  expect(await complaint("export default {", "syntax.mjs")).toContain("syntax.mjs cannot be loaded: ");
  expect(await complaint("export const config = {};", "none.mjs")).toContain("exports no configuration");
});

test("a file that is not there is a mistake, not a crash", async () => {
  await expect(configure({ config: "nowhere.yaml" }, surroundings())).rejects.toThrow("nowhere.yaml cannot be read: ENOENT");
});

test("it is known in which line each section and each name stands, of YAML and of JSON", async () => {
  const yaml = await configure({ config: await written(`${minimal}waivers: []\n`) }, surroundings());
  expect(yaml.lines).toEqual({ deployment: 1, cluster: 2, services: 3, "services/backend": 4, waivers: 5 });
  const json = await written('{ "deployment": "shop",\n"cluster": "c",\n"services": {\n"backend": {} } }', "lines.json");
  expect((await configure({ config: json }, surroundings())).lines).toMatchObject({ services: 3, "services/backend": 4 });
  const module = await written('export default { deployment: "shop", cluster: "c", services: {} };', "lines.config.mjs");
  expect((await configure({ config: module }, surroundings())).lines).toEqual({});
});
