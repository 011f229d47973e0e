import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { check, finding, reportOf, story } from "../../test/cli/reports.ts";
import reading from "../../test/reporters/junit.ts";
import type { Report } from "../report.ts";
import render from "./junit.ts";

type Node = { readonly [name: string]: unknown };

/** The elements and attributes of junit-10.xsd, which Jenkins' xUnit plugin has today, that may stand in each element. */
const schema: Readonly<Record<string, { children: readonly string[]; attributes: readonly string[]; required: readonly string[] }>> = {
  testsuites: { children: ["testsuite"], attributes: ["name", "time", "tests", "failures", "errors"], required: [] },
  testsuite: {
    children: ["testsuite", "properties", "testcase", "system-out", "system-err"],
    attributes: ["name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package"],
    required: ["name", "tests", "failures", "errors"],
  },
  testcase: {
    children: ["skipped", "error", "failure", "system-out", "system-err"],
    attributes: ["name", "time", "classname"],
    required: ["name"],
  },
  failure: { children: [], attributes: ["type", "message"], required: [] },
  error: { children: [], attributes: ["type", "message"], required: [] },
  skipped: { children: [], attributes: ["type", "message"], required: [] },
  "system-out": { children: [], attributes: [], required: [] },
};

const rendered = (report: Report) => render(report);

function parsed(text: string): Node[] {
  expect(XMLValidator.validate(text)).toBe(true);
  return new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: "", ignoreDeclaration: true }).parse(
    text,
  ) as Node[];
}

/** Every element, with its attributes and the names of what is in it. */
function elements(nodes: readonly Node[]): { name: string; attributes: Record<string, string>; children: string[] }[] {
  return nodes.flatMap((node) => {
    const [name = "", content] = Object.entries(node)[0] ?? [];
    if (name.startsWith("#")) return [];
    const inner = content as Node[];
    const attributes = (node[":@"] ?? {}) as Record<string, string>;
    return [
      { name, attributes, children: inner.flatMap((one) => Object.keys(one).filter((key) => !/^[#:]/.test(key))) },
      ...elements(inner),
    ];
  });
}

test.for(["backend", "a]]>b]]>c", '<&">', "nul\u0000\u001b", "half\ud800"])(
  "it keeps to both schemas of Jenkins, with the name %j",
  async (name) => {
    expect(reading.problems(await rendered(story(name)))).toEqual([]);
    for (const { name: element, attributes, children } of elements(parsed(await rendered(story(name))))) {
      const allowed = schema[element];
      expect(allowed, element).toBeDefined();
      expect(children.filter((child) => !allowed?.children.includes(child))).toEqual([]);
      expect(Object.keys(attributes).filter((attribute) => !allowed?.attributes.includes(attribute))).toEqual([]);
      expect(allowed?.required.filter((attribute) => !(attribute in attributes))).toEqual([]);
    }
  },
);

test("one suite for each station, one case for each finding, and counts that agree with the report's", async () => {
  const report = story();
  const found = elements(parsed(await rendered(report)));
  const named = (name: string) => found.filter((one) => one.name === name);
  const findings = report.checks.flatMap(({ findings }) => findings);
  expect(named("testsuite").map(({ attributes }) => attributes["name"])).toEqual([
    "1xx access",
    "2xx secrets",
    "5xx services",
    "6xx load balancer",
    "8xx alarms",
  ]);
  expect(new Set(named("testcase").map(({ attributes }) => attributes["name"])).size).toBe(findings.length);
  const { counts } = report;
  const types = Map.groupBy(named("failure"), ({ attributes }) => attributes["type"]);
  expect(types.get("pending")).toHaveLength(counts.pending);
  expect(named("failure")).toHaveLength(counts.fail + counts.pending);
  expect(named("error")).toHaveLength(counts.unknown);
  expect(named("skipped")).toHaveLength(counts.skip + counts.waived);
});

test("a failure says what, on what evidence, and how to mend it", async () => {
  const text = await rendered(story());
  expect(text).toContain(
    '<failure message="secret:backend-secret has no AWSCURRENT version: it was created without a value" type="blocker">',
  );
  expect(text).toContain('"stages": {}');
  expect(text).toContain("Put a value with the ten required keys.\n  aws secretsmanager put-secret-value");
});

test("a pending warning does not fail a build", async () => {
  const report = story();
  const checks = report.checks.map((check) => (check.id === "targets-healthy" ? { ...check, severity: "warning" as const } : check));
  expect(await rendered({ ...report, checks })).not.toContain('type="pending"');
});

test("every time is a number of seconds: the whole run's at the root, and none of a case, since all cases share it", async () => {
  const found = elements(parsed(await rendered(story())));
  const times = (name: string) => new Set(found.filter((one) => one.name === name).map(({ attributes }) => attributes["time"]));
  expect([times("testsuites"), times("testsuite"), times("testcase")]).toEqual([new Set(["2.3"]), new Set(["0"]), new Set(["0"])]);
});

test("each suite counts its own", async () => {
  const suites = elements(parsed(await rendered(story()))).filter(({ name }) => name === "testsuite");
  const counts = suites.map(({ attributes: { tests, failures, errors, skipped } }) => [tests, failures, errors, skipped].join(" "));
  expect(counts).toEqual(["1 0 0 0", "2 1 0 1", "1 1 0 0", "1 1 0 0", "3 1 1 1"]);
});

test("the trap: names that differ in what cannot be seen are still two cases", async () => {
  const twins = ["service:a\n", "service:a\\n", "service:a\\n (2)"].map((subject) => finding("service-steady", subject));
  const cases = elements(parsed(await rendered(reportOf([check(520, "service-steady", twins)])))).filter(({ name }) => name === "testcase");
  expect(new Set(cases.map(({ attributes: { classname, name } }) => `${classname} ${name}`)).size).toBe(3);
});
