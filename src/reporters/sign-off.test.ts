import { describe, expect, test } from "vitest";
import asReported from "../../fixtures/incidents/sprint-as-reported.ts";
import { play } from "../../fixtures/play.ts";
import { snapshotOf, story } from "../../test/cli/reports.ts";
import markdownText from "../../test/reporters/markdown.ts";
import htmlText from "../../test/reporters/sign-off-html.ts";
import markdown from "./sign-off.ts";
import html from "./sign-off-html.ts";

const place = { width: 100, colour: false, verbose: false };
const flat = (text: string) => text.replaceAll(/\s+/g, " ");
const { report, snapshot } = await play(asReported);
const pages = [
  ["Markdown", flat(markdownText.plain(await markdown(report, place, snapshot)))],
  ["HTML", flat(htmlText.plain(await html(report, place, snapshot)))],
] as const;

describe.each(pages)("sprint 2.12 as reported, in %s", (_, page) => {
  test.each([
    ["not ready", "NO-GO. Ready for production workload: NO"],
    ["nine alarms, none notifying", "9 alarms watch the stack, none notifies anybody."],
    ["no dashboard", "There is no dashboard ohmycoins-prod: it does not exist."],
    ["HTTP only", "HTTP only: no listener of ohmycoins-prod-alb speaks TLS."],
    [
      "placeholders in the mail settings",
      "The secret ohmycoins-prod-app-secrets holds placeholders: the values of SMTP_HOST, SMTP_USER and SMTP_PASSWORD.",
    ],
    ["services at 0", "All services are at 0: ohmycoins-prod-backend and ohmycoins-prod-frontend want no task."],
    ["the database stopped", "The database ohmycoins-prod-postgres is stopped; AWS starts it by itself on 2026-01-25."],
    ["what it really costs", "At rest it costs 165.75 USD a month, 15.75 USD more than the 150.00 USD that the configuration states."],
    ["which sprint, and whose", "Sign-off of sprint 2.12: ohmycoins-prod"],
    ["who vouches for the migration", "“Alembic migrations ran against production” is attested by nobody"],
    ["how it is brought up", "Start the database ohmycoins-prod-postgres."],
    ["on which snapshot it rests", `${report.snapshot}`],
  ])("says %s", (_what, sentence) => {
    expect(page).toContain(sentence);
  });

  test("corrects the cost: the team counted one of the two cache nodes, and came to 148", () => {
    const [, count, , monthly] = /cache\.t4g\.micro node of redis \|?\s*(\d+) \|?\s*([\d.]+ USD per hour) \|?\s*([\d.]+)/.exec(page) ?? [];
    expect([count, monthly]).toEqual(["2", "35.04"]);
    expect(165.75 - Number(monthly) / 2).toBeCloseTo(148.23);
    expect(page).not.toContain("148");
  });

  test("tells the manager first, and the engineer after the signatures", () => {
    const order = [
      "Ready for production workload",
      "In short",
      "Criteria",
      "What to do first",
      "Signatures",
      "What is deployed",
      "Provenance",
    ];
    const places = order.map((words) => page.lastIndexOf(` ${words}`));
    expect(places.every((one) => one > 0)).toBe(true);
    expect(page.indexOf("Signatures")).toBeLessThan(page.lastIndexOf("task definition"));
  });
});

test("what the one says the other says, word for word", async () => {
  const signs = /\*\*\d+\.\*\*|[|*✔✖…–]|---|```(sh)?|[-#]+ /g;
  const words = (text: string) =>
    new Set(
      flat(text)
        .replaceAll(signs, " ")
        .split(/\s+/)
        .filter((word) => /\w/.test(word)),
    );
  const [first, second] = pages.map(([, text]) => words(text));
  const missing = [...(first ?? [])].filter((word) => !second?.has(word));
  expect(missing).toEqual([]);
});

test("a report of a gate without any readings says what it does not know, and leaves nothing out", async () => {
  const gate = story();
  for (const text of [
    markdownText.plain(await markdown(gate, place, snapshotOf(gate))),
    htmlText.plain(await html(gate, place, snapshotOf(gate))),
  ]) {
    const page = flat(text);
    expect(page).toContain("What it costs at rest is not known: nobody asked.");
    expect(page).toContain("Services: not known of all: nobody asked.");
    expect(page).toContain("Put a value with the ten required keys. (blocker)");
    expect(page).toContain("Let the caller do sns:ListSubscriptionsByTopic, and ask again. (warning)");
    expect(page).toContain("alarm-notifies: alarm:evictions has no ALARM action");
  }
});

test("tables keep their columns whatever a name holds", async () => {
  const hostile = story("a|b\\|c");
  const text = await markdown(hostile, place, snapshotOf(hostile));
  const tables = text
    .trimEnd()
    .split("\n\n")
    .filter((block) => block.startsWith("| "));
  expect(tables.length).toBeGreaterThan(3);
  for (const table of tables) {
    const widths = table.split("\n").map((line) => [...line.matchAll(/(?<!\\)(?:\\\\)*\|/g)].length);
    expect(new Set(widths).size, table).toBe(1);
  }
});
