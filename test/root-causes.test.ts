import { describe, expect, test } from "vitest";
import { type NamedIncident, tellingsOf } from "../fixtures/incident.ts";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import type { Report } from "../src/report.ts";

const incidents = await loadIncidents();

/** Incidents in which more than one thing is wrong by itself, by scene: how many things, and which. */
const several: { readonly [telling: string]: readonly [number, string] } = {
  "database-not-encrypted, sign-off": [2, "the database and the cache are two stores, each of which has to be made anew"],
  "database-stopped-at-rest, post-deploy": [2, "the database has to be started, and the services have to be scaled up"],
  "load-balancer-failed, post-deploy": [2, "the services are at rest besides"],
  "sprint-as-reported, sign-off": [
    3,
    "it tells of a whole sprint: placeholders in the secret, alarms without actions, and no topic to notify",
  ],
  "task-definition-deleted, post-deploy": [3, "the services are at rest and the database is stopped besides"],
};

// That each report says what its incident states is shown beside all of the incidents.
describe("one incident states one root cause", () => {
  const tellings = incidents.flatMap((one) => tellingsOf(one).map(({ scene, says }) => ({ telling: `${one.name}, ${scene}`, says })));

  test.each(tellings)("$telling", ({ telling, says: { verdict, rootCauses } }) => {
    const [number] = several[telling] ?? [1];
    // What only advises, or could not be found out, needs none.
    expect([...(verdict === "NO-GO" ? [] : [0]), number]).toContain(rootCauses.length);
  });

  test("only incidents that there are may state several", () => {
    expect(tellings.map(({ telling }) => telling)).toEqual(expect.arrayContaining(Object.keys(several)));
  });
});

const ground = [
  ...["secret", "parameter", "reference", "task-definition", "image", "role", "log-group"],
  ...["subnet", "nat-gateway", "network-acl", "security-group", "database", "cache"],
];
const standing = [...ground, "tasks", "task", "deployment", "service"];
const wired = ["target-group", "listener", "load-balancer"];

/** What may be no second fault where the first is there, by the kinds of their subjects. */
const restsOn: { readonly [kind: string]: readonly string[] } = {
  ...{
    reference: ["secret"],
    tasks: ground,
    task: [...ground, "tasks"],
    deployment: [...ground, "tasks", "task"],
    container: ["deployment"],
  },
  ...{ "target-group": [...standing, "load-balancer"], target: [...standing, ...wired], route: wired, alarm: ["database", "cache"] },
  endpoint: [...standing, ...wired, "target", "route", "tls"],
};

const touched: readonly string[] = [
  ...["secret-missing-key", "secret-without-value", "parameter-missing", "reference-other-region", "reference-pinned-to-old-version"],
  ...["environment-differs", "image-tag-missing", "image-digest-gone", "image-for-another-platform", "image-not-expected"],
  ...["execution-role-may-not-log", "execution-role-not-trusting-ecs", "task-role-not-trusting-ecs", "log-group-missing"],
  ...["nat-gateway-failed", "default-route-missing", "tasks-not-let-out", "network-acl-denies-answers", "subnet-deleted"],
  ...["database-stopped", "database-storage-full", "database-shut-to-backend", "cache-missing", "cache-node-failing"],
  ...["application-crashes", "out-of-memory", "task-unhealthy", "rolled-back-but-stable", "targets-unhealthy-by-status"],
  ...["no-targets-registered", "target-group-on-no-listener", "load-balancer-shut", "host-rule-missing", "weights-zero"],
  ...["certificate-expired", "endpoint-503", "alarm-missing", "alarm-in-alarm"],
];
const kindOf = (subject: string) => subject.slice(0, subject.indexOf(":"));

const chosen = touched.map((name) => called(name));
const pairs = chosen.flatMap((one, n) => chosen.slice(n + 1).flatMap((other) => (areApart(one, other) ? [[one, other] as const] : [])));

describe("two incidents that touch different things have two root causes", () => {
  let combined = 0;

  test.concurrent.each(
    chosen.map((one) => ({ name: one.name, others: pairs.flatMap(([first, other]) => (first === one ? [other] : [])) })),
  )(
    "$name, with each of the others",
    async ({ name, others }) => {
      const wrong = await Promise.all(others.map((other) => thirdOrLost(called(name), other)));
      combined += wrong.filter((one) => one !== "replaced").length;
      expect(wrong.filter((one) => one !== "replaced" && one !== null)).toEqual([]);
    },
    90_000,
  );

  test("most pairs can be combined", () => {
    expect(combined).toBeGreaterThan(300);
  });
});

function called(name: string): NamedIncident {
  const found = incidents.find((one) => one.name === name);
  if (!found) throw new Error(`there is no incident called ${name}`);
  return found;
}

function areApart(one: NamedIncident, other: NamedIncident): boolean {
  const [first = "", second = ""] = [rootOf(one), rootOf(other)].map((id) => id.slice(id.indexOf("/") + 1));
  const rests = (upper: string, lower: string) => restsOn[kindOf(upper)]?.includes(kindOf(lower)) ?? false;
  return first !== second && !rests(first, second) && !rests(second, first);
}

function rootOf({ name, says }: NamedIncident): string {
  const [root, ...more] = says.rootCauses;
  if (root === undefined || more.length > 0) throw new Error(`${name} has not one root cause`);
  return root;
}

/** What is wrong with the root causes of two incidents in one world; "replaced" where the second change undid or forbade the first. */
async function thirdOrLost(one: NamedIncident, other: NamedIncident): Promise<string | null> {
  const wanted = [rootOf(one), rootOf(other)];
  const report = await playBoth(one, other);
  if (!report || !wanted.every((id) => failsIn(report, id))) return "replaced";
  const named = report.rootCauses.map(({ finding, alike }) => [finding, ...alike]);
  const lost = wanted.filter((id) => !named.flat().includes(id));
  const third = named.filter((family) => !family.some((id) => wanted.includes(id))).flat();
  return lost.length + third.length === 0 ? null : `${one.name} + ${other.name}: lost ${lost.join()}; third ${third.join()}`;
}

async function playBoth(one: NamedIncident, other: NamedIncident): Promise<Report | null> {
  let changed = false;
  try {
    const { report } = await play({
      change(world, config) {
        one.change(world, config);
        other.change(world, config);
        changed = true;
      },
    });
    return report;
  } catch (error) {
    // The first took away what the second is about.
    if (!changed) return null;
    throw error;
  }
}

const failsIn = ({ checks }: Report, id: string) =>
  checks.some(({ findings }) => findings.some((one) => one.id === id && one.status === "fail"));
