import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Who may import whom at run time, lazily or not. `import type` is free: types have no direction. */
const may: Readonly<Record<string, RegExp>> = {
  "checks/*.ts": /^src\/(check|facts\/[a-z-]+|diagnosis\/[a-z-]+)\.ts$/,
  "src/diagnosis/*.ts": /^src\/(check|facts\/[a-z-]+|diagnosis\/([a-z-]+|messages\/[a-z-]+))\.ts$/,
  "src/diagnosis/messages/*.ts": /^src\/(check|diagnosis\/causes|diagnosis\/messages\/[a-z-]+)\.ts$/,
  "src/facts/!(endpoints|last-words).ts": /^src\/(fact|facts\/[a-z-]+)\.ts$/,
  // It takes the colours out of what an application wrote.
  "src/facts/last-words.ts": /^(src\/(fact|facts\/[a-z-]+)\.ts|node:util)$/,
  // It paces its requests.
  "src/facts/endpoints.ts": /^(src\/(fact|facts\/[a-z-]+)\.ts|node:timers\/promises)$/,
  "src/reporters/{!(html|sarif|sign-off|sign-off-html).ts,text/*.ts}":
    /^(src\/reporter\.ts|src\/reporters\/text\/[a-z-]+\.ts|node:util|node:crypto|junit-report-builder|cli-table3)$/,
  "src/reporters/{sarif.ts,sarif/*.ts}": /^(src\/reporter\.ts|src\/reporters\/(text|sarif)\/[a-z-]+\.ts|node:crypto)$/,
  "src/reporters/{html.ts,html/*.ts}":
    /^(src\/reporter\.ts|src\/reporters\/(text|html)\/[a-z-]+\.ts|node:crypto|preact(-render-to-string)?|htm\/preact|@dagrejs\/dagre|d3-(scale|shape))$/,
  // Two renderings of one page.
  "src/reporters/{sign-off,sign-off-html}.ts":
    /^src\/(reporter|reporters\/text\/[a-z-]+|reporters\/sign-off\/[a-z-]+|reporters\/html\/(document|markup))\.ts$/,
  "src/reporters/sign-off/*.ts": /^src\/reporters\/((text|sign-off)\/[a-z-]+|html\/style)\.ts$/,
  "src/causes.ts": /^src\/origins\.ts$/,
  "src/{attestations,changes,check,collection,fact,least-policy,mistake,origins,reporter,sdk,section,tally,verdict,waivers,web}.ts": /^$/,
  "src/view.ts": /^src\/fact\.ts$/,
  "src/placed.ts": /^src\/check\.ts$/,
  "src/{config,report}.ts": /^zod(\/|$)/,
  "src/{check-files,discover,reporters}.ts": /^(node:fs\/promises|src\/check-files\.ts)$/,
  // Checks of one's own, and the library that they are written with.
  "src/own-checks.ts": /^(node:(path|url)|src\/(check-files|mistake|own-facts|own-imports)\.ts)$/,
  "src/own-facts.ts": /^src\/(aws|discover)\.ts$/,
  "src/own-imports.ts": /^node:(module|path)$/,
  "src/index.ts": /^src\/(check|deployment|fact|mistake)\.ts$/,
  "src/deployment.ts": /^src\/(discover|cli\/(ask|conditions|configuration|origin|own-checks))\.ts$/,
  "src/vitest.ts": /^src\/(deployment|mistake|vitest\/suite)\.ts$/,
  "src/vitest/*.ts": /^(vitest|src\/vitest\/outcome\.ts|src\/reporters\/text\/[a-z-]+\.ts)$/,
  // A deployment hook does what commands do, and traces look on.
  "src/lambda.ts": /^src\/(discover|mistake|lambda\/[a-z]+|cli\/(ask|conditions|own-checks|settings|version))\.ts$/,
  "src/lambda/configuration.ts": /^(node:(fs\/promises|os|path)|src\/(mistake|cli\/configuration)\.ts)$/,
  "src/lambda/!(configuration).ts":
    /^(zod(\/.*)?|src\/(mistake|facts\/service-deployments|lambda\/(hook|seen)|reporters\/text\/words)\.ts)$/,
  "src/traces.ts": /^src\/traces\/otlp\.ts$/,
  "src/traces/*.ts": /^(@opentelemetry\/[a-z-]+|src\/(countdown|traces\/[a-z]+)\.ts)$/,
  // What became of a deployment from run to run.
  "src/{history,history/database,regressions,report-file}.ts":
    /^(zod(\/.*)?|node:(sqlite|zlib)|src\/(changes|document|mistake|tally|verdict|history\/database)\.ts)$/,
  "src/document.ts": /^src\/mistake\.ts$/,
  "src/seal.ts": /^node:crypto$/,
  "src/snapshot.ts": /^(zod(\/.*)?|src\/(document|mistake|seal)\.ts)$/,
  // The two doors.
  "src/aws.ts": /^src\/aws\/[a-z0-9-]+\.ts$/,
  "src/aws/*.ts": /^@aws-sdk\/client-/,
  "src/connect.ts": /^(p-limit|node:timers\/promises|src\/(aws|sdk)\.ts)$/,
  "src/web-door.ts": /^(undici|node:timers\/promises|src\/handshake\.ts)$/,
  "src/handshake.ts": /^node:(net|tls)$/,
  // The steps: gathering, judging, and going through both until it is decided.
  "src/{batch,failure,gather,moved}.ts": /^src\/(aws|batch|collection|fact|failure|gather|view)\.ts$/,
  "src/mask.ts": /^src\/mask\/[a-z]+\.ts$/,
  "src/mask/*.ts": /^$/,
  "src/{answer,judge,root-causes}.ts": /^src\/(answer|causes|fact|placed|root-causes|tally|verdict|view|waivers)\.ts$/,
  "src/{countdown,round,wait}.ts": /^(p-retry|node:timers\/promises|src\/(countdown|failure|gather|judge|moved|round)\.ts)$/,
  "src/infer.ts": /^src\/view\.ts$/,
  "src/infer/*.ts": /^src\/(section|facts\/[a-z-]+)\.ts$/,
  "src/scout.ts": /^src\/(discover|infer|round)\.ts$/,
  // What a configuration is written from, and how.
  "src/init/survey.ts": /^src\/(round|scout|facts\/[a-z-]+|init\/draft)\.ts$/,
  "src/init/!(survey).ts": /^(yaml|src\/(mistake|view)\.ts|src\/facts\/[a-z-]+\.ts|src\/init\/([a-z-]+|parts\/[a-z-]+)\.ts)$/,
  "src/init/parts/*.ts": /^src\/(facts|init)\/[a-z-]+\.ts$/,
  // What follows from a judgement.
  "src/runbook.ts": /^src\/(check|placed|facts\/[a-z-]+|runbook\/[a-z-]+)\.ts$/,
  "src/runbook/*.ts": /^src\/(check|diagnosis\/[a-z-]+|facts\/[a-z-]+|runbook\/[a-z-]+)\.ts$/,
  "src/run.ts": /^src\/(attestations|countdown|failure|judge|mask|round|runbook|scout|seal|wait|waivers|facts\/caller)\.ts$/,
  "src/cli/**/*.ts": /./,
};

const sources = (glob: string) => globSync(glob, { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
const text = (file: string) => readFileSync(join(root, file), "utf8");
const statement = /^(?:import|export) (?!type\b)[^"]*?from "([^"]+)"|\bimport\("([^"]+)"\)/gm;
const imports = (file: string) =>
  [...text(file).matchAll(statement)].map(([, stated, lazy]) => stated ?? lazy ?? "").map((to) => located(file, to));
const located = (file: string, to: string) => (to.startsWith(".") ? relative(root, join(root, dirname(file), to)) : to);
const strays = (glob: string, allowed: RegExp) =>
  sources(glob).flatMap((file) =>
    imports(file)
      .filter((to) => !allowed.test(to))
      .map((to) => `${file} -> ${to}`),
  );

test.each(Object.entries(may))("%s imports only what it may", (from, allowed) => {
  expect(sources(from)).not.toEqual([]);
  expect(strays(from, allowed)).toEqual([]);
});

test("every file in src is in the table", () => {
  const listed = Object.keys(may).flatMap(sources);
  expect(sources("src/**/*.ts").filter((file) => !listed.includes(file))).toEqual([]);
});

test("nobody but the command line imports the command line, and it alone the fixtures", () => {
  // What commands do, they do for a library and for a deployment hook.
  const elsewhere = "{checks/*.ts,src/!(deployment|lambda).ts,src/!(cli)/!(configuration).ts,src/!(cli|lambda)/**/*.ts}";
  expect(strays(elsewhere, /^(?!src\/cli\/|fixtures\/)/)).toEqual([]);
  expect(strays("fixtures/**/*.ts", /^(?!src\/cli\/)/)).toEqual([]);
  const toFixtures = sources("src/cli/**/*.ts").filter((file) => imports(file).some((to) => to.startsWith("fixtures/")));
  expect(toFixtures).toEqual(["src/cli/embedded.ts"]);
});

test("of AWS, only operations that read are within reach, and none that hands out credentials", () => {
  const operations = sources("src/aws/*.ts").flatMap((file) => [...text(file).matchAll(/(\w+)Command as /g)].map(([, name = ""]) => name));
  // Simulating a policy reads it, and changes nothing.
  const reading = /^(BatchGet|Describe|Get|List|Simulate)(?!.*(Token|Credentials|Password)$)/;
  expect(operations.filter((name) => !reading.test(name))).toEqual([]);
  expect(operations).not.toEqual([]);
});

test("one fact alone may read a secret", () => {
  const reading = /secretsmanager\.GetSecretValue|calls: \[[^\]]*GetSecretValue/;
  const files = sources("{checks,src/facts}/*.ts").filter((file) => reading.test(text(file)));
  expect(files).toEqual(["src/facts/secret-values.ts"]);
});

test("only what reads a secret or a plain environment may say what is to be hidden", () => {
  const files = sources("{checks,src}/**/*.ts").filter((file) => /^ +hides\(|\bhide\(/m.test(text(file)));
  expect(files.sort()).toEqual(["src/facts/secret-values.ts", "src/facts/task-definitions.ts", "src/mask.ts"]);
});

test("judging and checking know no clock, no chance and no process, and checks catch nothing", () => {
  const judging = sources(
    "{checks/*.ts,src/{answer,attestations,causes,changes,judge,origins,placed,regressions,root-causes,runbook,tally,verdict,view,waivers}.ts,src/{diagnosis,runbook}/**/*.ts}",
  );
  const impure = /Date\.now|new Date\(\)|performance\.|Math\.random|randomUUID|process\.|setTimeout|\bawait\b/;
  expect(judging.filter((file) => impure.test(text(file)))).toEqual([]);
  expect(sources("checks/*.ts").filter((file) => /\bcatch\b/.test(text(file)))).toEqual([]);
});

test("the only classes are errors", () => {
  const classes = sources("{checks,fixtures,src}/**/*.ts").flatMap((file) => text(file).match(/^(export )?class .*/gm) ?? []);
  expect(classes.filter((line) => !/ extends (Error|Unasked) \{/.test(line))).toEqual([]);
});
