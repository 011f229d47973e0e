import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { loadWorlds } from "../../fixtures/demo.ts";
import { play } from "../../fixtures/play.ts";
import { check, finding, reportOf, snapshotOf, story } from "../../test/cli/reports.ts";
import type { Report } from "../report.ts";
import render from "./html.ts";

const place = { width: 100, colour: false, verbose: false };
const show = (report: Report) => render(report, place, snapshotOf(report));
const dataIn = (text: string): unknown => JSON.parse(/<script type="application\/json" id="report">(.*?)<\/script>/s.exec(text)?.[1] ?? "");
const worlds = await loadWorlds();
const shown = async (name: string, change: Partial<Report> = {}) => {
  const { report, snapshot } = await play(worlds.find((one) => one.name === name) ?? {});
  return render({ ...report, ...change }, place, snapshot);
};

test("the verdict comes first, then the picture, what to do, and all findings", async () => {
  const text = await shown("secret-without-value");
  const places = ["ohmycoins-prod is not fit to carry traffic.", "The stack", "What to do", "Timeline", "All findings", "This run"];
  const found = places.map((one) => text.indexOf(one));
  expect(found).toEqual(found.toSorted((one, other) => one - other));
  expect(found[0]).toBeGreaterThan(0);
  expect(text).toContain("<code>aws secretsmanager put-secret-value --region ap-southeast-2");
});

test("the policy of the page lets its own style sheet and script through, and nothing else", async () => {
  const text = await show(story());
  const hashOf = (tag: string) =>
    createHash("sha256")
      .update(new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(text)?.[1] ?? "")
      .digest("base64");
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(text)?.[1];
  expect(policy).toBe(
    `default-src 'none'; style-src 'sha256-${hashOf("style")}'; script-src 'sha256-${hashOf("script")}'; img-src data:; base-uri 'none'; form-action 'none'`,
  );
  expect(text).not.toMatch(/ style="| on[a-z]+="|javascript:|<(img|iframe|link rel="stylesheet)/);
});

test("nothing that a name holds becomes markup, and the report comes out of the page as it went in", async () => {
  for (const name of [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style>",
    "<!--",
    "'\u2028\u202e",
  ]) {
    const report = { ...story(name), deployment: { ...story().deployment, name } };
    const text = await show(report);
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text).not.toMatch(/<img|<!--/);
    expect(dataIn(text)).toEqual(report);
  }
});

test("a pipeline's page is linked only where it is one", async () => {
  const origin = { by: null, commit: null, url: "javascript:alert(1)", configuration: null };
  expect(await show({ ...story(), origin })).not.toContain('href="javascript:');
  expect(await show({ ...story(), origin: { ...origin, url: "https://ci.example/1" } })).toContain('<a href="https://ci.example/1"');
});

test("checks of one number, one of them an own one, have anchors of their own", async () => {
  const report = reportOf([
    check(110, "own", [finding("own", "a:b"), finding("own", "a:c")]),
    check(110, "other", [finding("other", "a:b")]),
  ]);
  const ids = [...(await show(report)).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("what nobody was asked about is not unfolded, since its one reason stands above", async () => {
  const text = await shown("wrong-account");
  expect(text.match(/<details class="check[^>]* open/g)).toHaveLength(1);
});

test("the bill has a bar for each item, and the waiting one for each round", async () => {
  expect(await shown("at-rest-at-sign-off")).toMatch(/233\.45 USD a month[\s\S]*3 × NAT gateway[\s\S]*class="share"/);
  const waiting = [{ at: "2026-11-20T10:00:01.000Z", pending: ["targets-healthy/target-group:a"] }];
  expect(await show({ ...story(), waiting })).toMatch(/Waiting[\s\S]*class="share"[\s\S]*targets-healthy of target-group:a/);
  expect(await show(story())).not.toContain('id="cost"');
});

test("what changed since the last GO leads to the findings that are still there", async () => {
  const [secret = ""] = story().rootCauses.map(({ finding: id }) => id);
  const since = {
    at: "2026-11-19T10:00:00.000Z",
    verdict: "GO" as const,
    commit: "abc123",
    new: [secret],
    fixed: [],
    stillFailing: [],
    flipped: [],
  };
  const text = await show({ ...story(), since: { ...since, noLongerAsked: ["gone/secret:x"] } });
  expect(text).toMatch(new RegExp(`New: 1</h3><ul><li><a href="#f220-2-1">${secret}</a>`));
  expect(text).toContain("<li>gone/secret:x</li>");
});

test("five thousand findings are a page that a browser can open", async () => {
  const many = Array.from({ length: 5000 }, (_, n) => finding("seen", `alarm:a${n}`, { status: n % 7 === 0 ? "fail" : "pass" }));
  const text = await show(reportOf([check(810, "seen", many)]));
  expect(text.length).toBeLessThan(12_000_000);
  expect(text.match(/<li class="finding/g)).toHaveLength(5000);
});
