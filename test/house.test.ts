import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import { type Incident, tellingsOf } from "../fixtures/incident.ts";
import { loadIncidents } from "../fixtures/incidents.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";
import { play, sayingOf } from "../fixtures/play.ts";
import { worldPort } from "../fixtures/port.ts";
import { worldWeb } from "../fixtures/web.ts";
import type { Port } from "../src/aws.ts";
import type { Scene } from "../src/check.ts";
import { type Config, complete, inferable } from "../src/config.ts";
import { severityIn } from "../src/countdown.ts";
import { loadChecks } from "../src/discover.ts";
import type { Fact } from "../src/fact.ts";
import { gather, withNeeds } from "../src/gather.ts";
import { discretion } from "../src/mask.ts";
import type { Collection } from "../src/view.ts";

const root = join(import.meta.dirname, "..");
const checks = await loadChecks();
const incidents = await loadIncidents();
const facts = await everyFact();

/** What a failure weighs before scaling up, after a deployment and at sign-off: Blocker, Warning, Advice, or - where it is not asked. */
const countdown: Readonly<Record<string, string>> = {
  "110-account-expected": "BBB",
  "210-secret-exists": "BBB",
  "220-secret-current-version": "BBB",
  "230-secret-keys-present": "BBB",
  "240-secret-values-usable": "BBB",
  "250-secret-values-plausible": "WWB",
  "260-secret-rotation-working": "AAW",
  "270-parameter-exists": "BBB",
  "310-task-definition-exists": "BBB",
  "312-task-definition-active": "WWW",
  "315-task-definition-newest": "WWW",
  "320-secret-reference-valid": "BBB",
  "330-secret-reference-resolves": "BBB",
  "335-secret-reference-lasting": "WWW",
  "340-secrets-injected": "BBB",
  "350-no-secret-in-plain-text": "WWW",
  "355-environment-as-meant": "BBB",
  "360-image-exists": "BBB",
  "362-image-dependable": "AAW",
  "365-image-platform-fits": "BBB",
  "366-image-scanned": "-AW",
  "370-image-expected": "BBB",
  "375-image-unmoved": "-WW",
  "380-execution-role-usable": "BBB",
  "385-task-role-usable": "BBB",
  "390-log-group-exists": "BBB",
  "395-containers-logged": "WWW",
  "405-subnets-exist": "BBB",
  "410-subnets-spread": "WWW",
  "420-egress-possible": "BBB",
  "430-ingress-possible": "BBB",
  "435-data-stores-reachable": "BBB",
  "440-addresses-free": "BWW",
  "450-quota-sufficient": "BWW",
  "460-scaling-consistent": "WWW",
  "470-database-available": "BBB",
  "475-database-configured": "WWB",
  "480-cache-available": "BBB",
  "485-cache-configured": "WWB",
  "495-data-protected": "AAW",
  "510-service-exists": "BBB",
  "520-service-steady": "-BB",
  "530-deployment-landed": "WBB",
  "540-tasks-on-revision": "-BB",
  "545-tasks-healthy": "-BB",
  "550-tasks-fresh": "-WW",
  "560-tasks-survive": "BBB",
  "570-deployment-guarded": "AAW",
  "580-events-clean": "WWW",
  "605-load-balancer-active": "BBB",
  "610-load-balancer-wired": "BBB",
  "615-load-balancer-reachable": "BBB",
  "620-route-reaches-service": "BBB",
  "630-targets-registered": "-BB",
  "640-targets-healthy": "-BB",
  "650-targets-spread": "-WW",
  "660-health-check-sane": "WWW",
  "710-endpoint-answers": "-BB",
  "730-certificate-valid": "WBB",
  "735-certificate-lasting": "WWW",
  "740-https-only": "AAW",
  "810-alarm-exists": "BBB",
  "820-alarm-configured": "WWB",
  "830-alarm-watches-this-stack": "WWB",
  "840-alarm-enabled": "WWB",
  "850-alarm-notifies": "WWB",
  "860-topic-reaches-somebody": "WWB",
  "870-alarm-quiet": "WBW",
  "880-alarm-has-data": "AAA",
  "890-dashboard-exists": "WWW",
  "910-terraform-unlocked": "WWW",
  "920-backups-restorable": "-AW",
  "930-database-restart-known": "W-W",
  "940-dns-points-here": "WWW",
  "950-flow-logs-on": "--A",
  "955-web-acl-attached": "--A",
  "960-threat-detection-on": "--A",
  "965-config-recorder-on": "--A",
  "970-logs-retained": "--A",
  "980-cost-at-rest": "W-W",
};

const scenes: readonly Scene[] = ["pre-scale-up", "post-deploy", "sign-off"];
const fileOf = ({ order, id }: { order: number; id: string }) => `${order}-${id}`;

test("every check is in the countdown once, and weighs what the countdown says", () => {
  const letter = { blocker: "B", warning: "W", advice: "A" } as const;
  const weights = checks.map((check) => {
    const letters = scenes.map((scene) => severityIn(check, scene)).map((severity) => (severity ? letter[severity] : "-"));
    return [fileOf(check), letters.join("")];
  });
  expect(Object.fromEntries(weights)).toEqual(countdown);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  expect(new Set(checks.map(({ order }) => order)).size).toBe(checks.length);
});

test("every check has a test and a page", () => {
  const papers = checks.flatMap((check) => [`checks/${fileOf(check)}.test.ts`, `docs/checks/${fileOf(check)}.md`]);
  expect(papers.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test("no engine file knows a check by its id", () => {
  const engine = globSync("src/{*,cli/**/*,reporters/**/*}.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  const knowing = engine.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return checks.filter(({ id }) => text.includes(`"${id}"`)).map(({ id }) => `${file} knows ${id}`);
  });
  expect(knowing).toEqual([]);
});

test("no fact's absence is the business of two checks", () => {
  const accountedFor = checks.flatMap(({ accountsFor }) => accountsFor.map(({ id }) => id));
  expect(accountedFor.toSorted()).toEqual([...new Set(accountedFor)].toSorted());
});

test("there are ninety incidents and more, each told in one sentence", () => {
  expect(incidents.filter(({ title }) => !/^[A-Z].*[^.]\.$/.test(title) || /\. [A-Z]/.test(title)).map(({ name }) => name)).toEqual([]);
  expect(incidents.length).toBeGreaterThanOrEqual(90);
});

test("every check has an incident in which it fails, in every scene in which it weighs anything", () => {
  const told = new Set(
    incidents.flatMap((one) => tellingsOf(one).flatMap(({ scene, says }) => says.fails.map((id) => `${id} in ${scene}`))),
  );
  const asked = checks.flatMap((check) => scenes.flatMap((scene) => (severityIn(check, scene) ? [`${check.id} in ${scene}`] : [])));
  expect(asked.filter((one) => !told.has(one))).toEqual([]);
});

test.each(scenes)("the healthy world is GO without a warning in %s", async (scene) => {
  const { report } = await play({}, { scene });
  expect(sayingOf(report)).toEqual({ verdict: "GO", fails: [], open: [], rootCauses: [] });
  expect(report.unknowns).toEqual([]);
});

test("every call that a fact declares is one that it makes, in some world", async () => {
  const unused = new Set(facts.flatMap(({ id, calls }) => calls.map((call) => `${id} ${call}`)));
  for (const story of [{ inferred: inferable }, ...incidents.map(({ change }) => ({ change }))]) {
    for (const used of await callsOf(story, [...unused])) unused.delete(used);
    if (unused.size === 0) return;
  }
  expect([...unused]).toEqual([]);
});

/** Of these calls, the ones that their facts make in a world. Where sections are inferred, facts are asked that else are not. */
async function callsOf(
  { change, inferred = [] }: { change?: Incident["change"]; inferred?: Config["inferred"] },
  wanted: readonly string[],
) {
  const source = { world: ohmycoins() };
  const stated = ohmycoinsConfig();
  change?.(source.world, stated);
  const config = { ...complete(stated), inferred };
  const made = new Set<string>();
  const means = {
    web: worldWeb(source),
    config,
    clock: () => source.world.now,
    discretion: discretion(),
    signal: new AbortController().signal,
  };
  const answer = worldPort(source);

  const open = facts.filter(({ id }) => wanted.some((one) => one.startsWith(`${id} `)));
  const whole = await gather(open, { ...means, port: answer });
  for (const fact of open) {
    const port: Port = (action, input, options) => {
      made.add(`${fact.id} ${action}`);
      return answer(action, input, options);
    };
    const below = withNeeds(fact.needs).flatMap(({ id }): [string, Collection][] => (whole.facts[id] ? [[id, whole.facts[id]]] : []));
    await gather([fact], { ...means, port, earlier: { ...whole, facts: Object.fromEntries(below) }, keep: "all" });
  }
  return wanted.filter((one) => made.has(one));
}

/** Every fact that a file of `src/facts/` exports. */
async function everyFact(): Promise<readonly Fact[]> {
  const files = globSync("src/facts/*.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  const modules = await Promise.all(files.map((file) => import(join(root, file)) as Promise<object>));
  const isFact = (value: unknown): value is Fact => typeof value === "object" && value !== null && "calls" in value && "ask" in value;
  return modules.flatMap((module) => Object.values(module).filter(isFact));
}

test.each(scenes)("the healthy world takes 75 calls at the most in %s", async (scene) => {
  const { report } = await play({}, { scene, wire: true });
  const calls = Object.values(report.usage.calls).reduce((sum, { count }) => sum + count, 0);
  expect(calls).toBeGreaterThan(50);
  expect(calls).toBeLessThanOrEqual(75);
});
