import { expect, test } from "vitest";
import { loadWorlds } from "../../../fixtures/demo.ts";
import type { Incident } from "../../../fixtures/incident.ts";
import { play } from "../../../fixtures/play.ts";
import { check, finding, reportOf } from "../../../test/cli/reports.ts";
import type { Report } from "../../report.ts";
import { type Graph, graphOf, type Node } from "./graph.ts";

const worlds = await loadWorlds();
const graphIn = async (name: string, change: Partial<Incident> = {}) => {
  const world = worlds.find((one) => one.name === name);
  return graphOf((await play({ ...world, ...change })).report);
};
const nameOf = ({ subjects }: Node) => (subjects.length > 1 ? `${subjects.length} × ${subjects[0]}` : (subjects[0] ?? ""));
const arrows = ({ edges }: Graph) => edges.map(({ from, to }) => `${nameOf(from)} -> ${nameOf(to)}`);
const chainOf = ({ edges }: Graph) => edges.filter(({ chain }) => chain).map(({ from, to }) => `${nameOf(from)} -> ${nameOf(to)}`);

/** A report in which each subject has one finding, and the subjects lean on each other as stated. */
function leaning(links: Report["links"], failing: readonly string[] = [], rest: Partial<Report> = {}): Report {
  const findings = [...new Set(links.flat())].map((subject) =>
    finding("seen", subject, { status: failing.includes(subject) ? "fail" : "pass" }),
  );
  return reportOf([check(100, "seen", findings)], { links, ...rest });
}
const rootAt = (subject: string, alike: readonly string[] = []): Report["rootCauses"][number] => ({
  ...{ finding: `seen/${subject}`, alike: alike.map((one) => `seen/${one}`), says: "is broken", cause: null, fix: null },
  ...{ explains: [], chain: [], recheck: [], afterwards: [] },
});

test("whoever looks sees the way from the endpoint to the secret that has no value", async () => {
  expect(chainOf(await graphIn("secret-without-value"))).toEqual(
    expect.arrayContaining([
      "endpoint:backend-health -> route:api.ohmycoins.com/api/v1/utils/health-check/",
      "route:api.ohmycoins.com/api/v1/utils/health-check/ -> target-group:ohmycoins-prod-backend-tg",
      "target-group:ohmycoins-prod-backend-tg -> service:ohmycoins-prod-backend",
      "tasks:ohmycoins-prod-backend -> task-definition:ohmycoins-prod-backend:2",
      "task-definition:ohmycoins-prod-backend:2 -> secret:ohmycoins-prod-app-secrets",
    ]),
  );
});

test("nothing is highlighted where nothing fails, and ten references are a part of their task definition", async () => {
  const graph = await graphIn("healthy");
  expect(chainOf(graph)).toEqual([]);
  const parts = graph.nodes.flatMap((node) => node.parts.map((part) => `${nameOf(node)}: ${part}`));
  expect(parts).toEqual(
    expect.arrayContaining([
      "task-definition:ohmycoins-prod-backend:2: 10 references",
      "target-group:ohmycoins-prod-backend-tg: 2 targets",
      "tasks:ohmycoins-prod-frontend: 2 tasks",
    ]),
  );
});

test("what only connects is no node: rollouts, rooms, traffic", async () => {
  const { nodes, beside } = await graphIn("healthy");
  expect([...nodes, ...beside].filter(({ kind }) => ["rollout", "room", "traffic", "targets", "events", "store"].includes(kind))).toEqual(
    [],
  );
});

test("alarms stand at what they watch as long as all is well, and are nodes of their own when they notify nobody", async () => {
  const at = (graph: Graph) => graph.nodes.flatMap((node) => node.watchers.map((watcher) => `${nameOf(watcher.node)} at ${nameOf(node)}`));
  expect(at(await graphIn("healthy"))).toContain("3 × alarm:ohmycoins-prod-rds-cpu-utilization at database:ohmycoins-prod-postgres");
  const silent = await graphIn("alarms-notify-nobody");
  expect(at(silent)).toEqual([]);
  expect(silent.nodes.filter(({ root }) => root !== null).map(nameOf)).toEqual(["9 × alarm:ohmycoins-prod-alb-5xx-errors"]);
  expect(arrows(silent)).toContain("9 × alarm:ohmycoins-prod-alb-5xx-errors -> database:ohmycoins-prod-postgres");
});

test("a reference that is the root cause is a node, and those that are alike stand with it", async () => {
  const { nodes } = await graphIn("reference-without-trailing-colons");
  expect(nodes.filter(({ root }) => root !== null).map(({ kind, subjects }) => [kind, subjects.length])).toEqual([["reference", 10]]);
});

test("whoever leans on one thing by way of another has one arrow", () => {
  const report = leaning([
    ["endpoint:e", "service:s"],
    ["endpoint:e", "target-group:t"],
    ["target-group:t", "service:s"],
  ]);
  expect(arrows(graphOf(report))).toEqual(["endpoint:e -> target-group:t", "target-group:t -> service:s"]);
});

test("a few that are alike stand side by side, and many are one", () => {
  const hosts = (names: string) => [...names].map((name) => [`host:${name}`, "route:r"] as [string, string]);
  expect(arrows(graphOf(leaning(hosts("ab"))))).toEqual(["host:a -> route:r", "host:b -> route:r"]);
  expect(arrows(graphOf(leaning(hosts("abcd"))))).toEqual(["4 × host:a -> route:r"]);
});

test("an accepted failure is not shown as a pass", () => {
  const waiver = { reason: "later", owner: "platform@example.org", expires: "2026-12-31" };
  const report = reportOf([
    check(100, "open", [finding("open", "listener:l", { status: "fail", waiver })]),
    check(200, "seen", [finding("seen", "listener:l")]),
  ]);
  expect(graphOf(report).beside.map(({ sign }) => sign)).toEqual(["waived"]);
});

test("of a hundred services there is still a picture, and each root cause is in it", () => {
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  const links = numbers.flatMap((n): Report["links"] => [
    [`service:s${n}`, `task-definition:t${n}`],
    [`task-definition:t${n}`, `secret:x${n}`],
  ]);
  const roots = ["secret:x7", "secret:x70"];
  const { nodes } = graphOf(leaning(links, roots, { rootCauses: roots.map((one) => rootAt(one)) }));
  expect(nodes.map(nameOf).toSorted()).toEqual([
    ...["100 × service:s0", "100 × task-definition:t0", "98 × secret:x0", "secret:x7", "secret:x70"],
  ]);
});

test("things that lean on each other in a circle are drawn all the same", () => {
  const report = leaning([
    ["alarm:a", "alarm:b"],
    ["alarm:b", "alarm:a"],
    ["alarm:b", "service:s"],
  ]);
  const { nodes, beside } = graphOf(report);
  const shown = [...nodes, ...nodes.flatMap(({ watchers }) => watchers.map(({ node }) => node)), ...beside];
  expect(shown.flatMap(({ subjects }) => subjects).toSorted()).toEqual(["alarm:a", "alarm:b", "service:s"]);
});

test("every finding of every world can be reached from the picture", async () => {
  for (const name of ["secret-without-value", "deployment-stuck", "nat-gateways-deleted", "wrong-account", "at-rest-at-sign-off"]) {
    const world = worlds.find((one) => one.name === name);
    const { report } = await play(world ?? {});
    const { nodes, beside } = graphOf(report);
    const all = [...nodes, ...nodes.flatMap(({ watchers }) => watchers.map(({ node }) => node)), ...beside];
    const reached = all.flatMap(({ findings }) => findings.map(({ id }) => id));
    expect(reached.toSorted(), name).toEqual(report.checks.flatMap(({ findings }) => findings.map(({ id }) => id)).toSorted());
  }
});
