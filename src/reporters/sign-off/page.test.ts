import { expect, test } from "vitest";
import { appSecrets } from "../../../fixtures/backend.ts";
import type { Incident } from "../../../fixtures/incident.ts";
import withoutValue from "../../../fixtures/incidents/secret-without-value.ts";
import asReported from "../../../fixtures/incidents/sprint-as-reported.ts";
import tlsWell from "../../../fixtures/incidents/tls-well.ts";
import { play } from "../../../fixtures/play.ts";
import { database } from "../../../fixtures/stores.ts";
import { secretValues, service } from "../../../fixtures/verbs.ts";
import type { Report } from "../../report.ts";
import type { Block } from "./blocks.ts";
import { signOffOf } from "./page.ts";

const textsOf = (block: Block): readonly string[] => {
  if (block.kind === "text") return [block.cell.text];
  if (block.kind === "list") return block.items.map(({ text }) => text);
  if (block.kind === "steps") return block.steps.map(({ does }) => does);
  return block.rows.map((row) => row.map(({ text }) => text).join(" | "));
};

async function section(id: string, story: Partial<Incident>, rest: Partial<Report> = {}) {
  const { report, snapshot } = await play(story, { scene: "sign-off" });
  const page = signOffOf({ ...report, ...rest }, snapshot);
  return [...page.first, ...page.further].filter((one) => one.id === id).flatMap(({ blocks }) => blocks.flatMap(textsOf));
}

test("recommendations go by weight, the alike are one, and what follows from another is none", async () => {
  expect(await section("recommendations", asReported)).toEqual([
    expect.stringMatching(/^Put the real value of SMTP_HOST, SMTP_USER, SMTP_PASSWORD; .* \(blocker\)$/),
    "Let the alarm notify ohmycoins-prod-alerts. (blocker, 9 times)",
    "Create the topic, and subscribe to it. (blocker)",
    expect.stringMatching(/^Add a listener for HTTPS .* \(warning\)$/),
    expect.stringMatching(/^Create the dashboard, .* \(warning\)$/),
    expect.stringMatching(/^Do without something of this .* \(warning\)$/),
    "Let somebody who saw it attest “Alembic migrations ran against production”. (warning)",
  ]);
  const dead = await section("recommendations", withoutValue);
  expect(dead[0]).toMatch(/\(blocker\)$/);
  expect(dead.filter((line) => line.endsWith("(blocker)"))).toHaveLength(1);
});

test("an issue that follows from another names it in the place of a fix", async () => {
  const issues = await section("issues", withoutValue);
  const followers = issues.filter((line) => line.includes("with what it follows from, secret-current-version/"));
  expect(followers.length).toBeGreaterThan(0);
  expect(issues.some((line) => line.includes("From it follows: "))).toBe(true);
});

test("the cost says who knows each price, and what is not priced is no zero", async () => {
  const cost = await section("cost", {
    change(_world, config) {
      delete config.cost;
      config.region = "sa-east-1";
    },
  });
  expect(cost[0]).toMatch(/^At rest it costs at least [\d.]+ USD a month; the configuration states no sum to compare with\.$/);
  expect(cost).toContainEqual(expect.stringMatching(/^NAT gateway \| 3 \| not known \| not known \| /));
  expect(cost).toContainEqual(expect.stringMatching(/^Nobody says what this costs here: .*NAT gateway/));
  expect((await section("cost", { denied: ["ec2:DescribeNatGateways"] }))[0]).toMatch(/^What it costs at rest is not known: /);
});

test("the inventory names what is deployed, and what it could not read", async () => {
  const own = await section("inventory", {});
  expect(own).toContainEqual(
    expect.stringMatching(/^ohmycoins-prod-backend \| 2 of 2 \| ohmycoins-prod-backend:2 \| 1 vCPU, 2 GiB, .*api\.ohmycoins\.com\/api/),
  );
  expect(own).toContainEqual(
    expect.stringMatching(/^ohmycoins-prod-redis \| available \| redis 7\.0\.7 \| 2 × cache\.t4g\.micro \| automatic/),
  );
  expect(own).toContainEqual(expect.stringMatching(/^ohmycoins-prod-alb \| active \| .* \| HTTP 80$/));
  const unkept = await section("inventory", { change: (world) => void Object.assign(database(world), { BackupRetentionPeriod: 0 }) });
  expect(unkept).toContainEqual(expect.stringMatching(/^ohmycoins-prod-postgres \| .* \| none \| /));
  const blind = await section("inventory", { denied: ["rds:DescribeDBInstances"] });
  expect(blind).toContainEqual(expect.stringMatching(/^Databases: not known of ohmycoins-prod-postgres: /));
});

test("a waiver is told with its owner and its end, and so is one that accepts nothing", async () => {
  const waivers = await section("waivers", {});
  expect(waivers).toContainEqual(
    expect.stringMatching(
      /^https-only: .* serves in the open.* \| platform@ohmycoins\.com \| 2026-12-31 \| TLS comes .* \| accepted, and not mended$/,
    ),
  );
  const expired = await section("waivers", {
    change: (_world, config) => {
      config.waivers = (config.waivers ?? []).map((one) => ({ ...one, expires: "2026-01-17" }));
    },
  });
  expect(expired).toContainEqual(expect.stringMatching(/ \| 2026-01-17 \| .* \| expired: it no longer counts$/));
});

test("what has changed is told with when and from where, and that nothing is known is told as well", async () => {
  const id = "https-only/listener:ohmycoins-prod-alb:80";
  const since = {
    at: "2026-01-04T09:00:00.000Z",
    verdict: "GO",
    commit: "3f4021a",
    new: [id],
    fixed: [],
    stillFailing: [],
    flipped: [],
    noLongerAsked: [],
  } as const;
  const told = { since: { ...since, new: [id], fixed: [], stillFailing: [], flipped: [], noLongerAsked: [] } };
  expect(await section("since", {}, told)).toEqual([
    "The last one was GO, on 2026-01-04 09:00 UTC, from commit 3f4021a.",
    "New failures: https-only of listener:ohmycoins-prod-alb:80.",
  ]);
  expect(await section("since", {})).toEqual(["No earlier sign-off of this deployment is known to compare with."]);
});

test("one service at rest is not the whole stack at rest", async () => {
  const name = "ohmycoins-prod-frontend";
  const resting = await section("short", { change: (world) => void Object.assign(service(world, name), { desiredCount: 0 }) });
  expect(resting).toContain(`At 0: ${name} wants no task.`);
});

test("the trap: a load balancer that listens in the open as well as over TLS is served over TLS", async () => {
  const both = await section("short", tlsWell);
  expect(both.filter((line) => /HTTP only|TLS/.test(line))).toEqual(["Served over TLS, by ohmycoins-prod-alb."]);
});

test("the trap: a placeholder that is allowed, or of another version, is none", async () => {
  const dummy = (allowed: string[]): Partial<Incident> => ({
    change(world, config) {
      secretValues(world, appSecrets, (values) => void Object.assign(values, { SMTP_USER: "dummy" }));
      Object.assign(config.secrets?.[appSecrets] ?? {}, { placeholdersAllowed: allowed });
    },
  });
  expect((await section("short", dummy([]))).filter((line) => line.includes("placeholders"))).toEqual([
    `The secret ${appSecrets} holds placeholders: the value of SMTP_USER.`,
  ]);
  expect((await section("short", dummy(["SMTP_USER"]))).filter((line) => line.includes("placeholders"))).toEqual([]);
});

test("the trap: what could not be found out is said to the manager as well, and what is accepted as accepted", async () => {
  const blind = await section("short", { denied: ["ecs:DescribeServices", "secretsmanager:GetSecretValue"] });
  expect(blind).toContain("Whether tasks run is not known of ohmycoins-prod-backend and ohmycoins-prod-frontend.");
  expect(blind).toContain("Whether it is served over TLS is not known.");
  expect(blind).toContain("Whether the secrets hold placeholders is not known.");
  expect(blind).toContain("What it costs at rest is not known: denied ecs:DescribeServices.");
  const well = await section("short", {});
  expect(well[0]).toBe("2 services run 4 of 4 tasks.");
  expect(well).toContain("HTTP only: no listener of ohmycoins-prod-alb speaks TLS. Accepted by platform@ohmycoins.com until 2026-12-31.");
});
