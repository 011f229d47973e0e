import { expect, test } from "vitest";
import { check, finding, reportOf, story } from "../../test/cli/reports.ts";
import { outputsIn } from "../../test/runner.ts";
import type { Report } from "../report.ts";
import render from "./github.ts";

const configuration = { file: "seaworthy.config.yaml", lines: { secrets: 7, "secrets/backend-secret": 8 } };
const told = (report: Report) => ({ ...report, origin: { by: null, commit: "3f4021a".padEnd(40, "0"), url: null, configuration } });
const annotations = (report: Report) => render(told(report), {}).trimEnd().split("\n");
const summary = (report: Report, taken = 0) => render.appends.GITHUB_STEP_SUMMARY(told(report), { taken });
const silent = (name: string) => finding("alarm-notifies", `alarm:${name}`, { status: "fail", says: "has no ALARM action" });

test("the verdict comes first, then the root cause at its line, with the command that mends it", () => {
  const [verdict, cause, ...others] = annotations(story());
  expect(verdict).toMatch(/^::error title=NO-GO%3A shop%2C post-deploy::shop is not fit to carry traffic\.%0A1 passed, 3 failed/);
  expect(cause).toMatch(
    /^::error title=secret-current-version,file=seaworthy\.config\.yaml,line=8::secret:backend-secret has no AWSCURRENT/,
  );
  expect(cause).toContain("%0AExplains 1 other.%0APut a value with the ten required keys.%0Aaws secretsmanager put-secret-value");
  expect(others.map((line) => line.split(" ")[0])).toEqual(["::error", "::warning", "::notice", "::notice"]);
});

test("a consequence has no annotation of its own, and what is waived is mentioned last", () => {
  const lines = annotations(story());
  expect(lines.filter((line) => line.includes("title=service-steady"))).toEqual([]);
  expect(lines.at(-1)).toMatch(/^::notice title=alarm-notifies.*Waived until 2026-12-31 by platform@example\.org: Expected\./);
});

test("GO is a notice", () => {
  const report = reportOf([check(110, "account-expected", [finding("account-expected", "caller:caller")])], { verdict: "GO", exitCode: 0 });
  expect(annotations(report)).toEqual([expect.stringMatching(/^::notice title=GO%3A shop%2C post-deploy::shop is fit to carry traffic\./)]);
});

test("of very many there are ten, the worst first, and the last says how many more", () => {
  const worst = finding("service-steady", "service:web", { status: "fail", says: "runs 0 of 2 tasks" });
  const alarms = Array.from({ length: 30 }, (_, n) => silent(`alarm-${n}`));
  const report = reportOf([check(500, "alarm-notifies", alarms, { severity: "warning" }), check(520, "service-steady", [worst])]);
  const lines = annotations(report);
  expect(lines).toHaveLength(10);
  expect(lines[1]).toContain("service:web");
  expect(lines.at(-1)).toBe("::notice title=seaworthy::23 more are in the job's summary.");
});

test("nothing in a name ends an annotation, or begins another", () => {
  const lines = annotations(story("x::error title=a,file=b::%0A 100%\n::error::y"));
  expect(lines.length).toBeLessThanOrEqual(10);
  for (const line of lines) expect(line).toMatch(/^::(error|warning|notice) title=[^:,]+(,file=[^:,]+,line=\d+)?::/);
  expect(lines[1]).toContain("%250A 100%25\\n::error::y");
});

test("the summary has the verdict, the root causes with their commands, and every finding, failures first", () => {
  const page = summary(story());
  expect(page).toMatch(/^## ❌ NO-GO: shop\n\n\*\*shop is not fit to carry traffic\.\*\* 1 passed, 3 failed/);
  expect(page).toMatch(/### 1 root cause\n\n\*\*✖ secret:backend-secret [\s\S]*```sh\naws secretsmanager put-secret-value [^\n]+\n```/);
  expect(page).toContain("commit 3f4021a");
  const rows = page.split("\n").filter((line) => /^\| [✖?…–✔]/.test(line));
  expect(rows.map((row) => row.split(" ")[2])).toEqual(["fail", "fail", "pending", "fail", "unknown", "fail", "pass", "skip"]);
});

test("the summary stays within a mebibyte, with what is there already: rows are left out whole, and counted", () => {
  const alarms = Array.from({ length: 20_000 }, (_, n) => silent(`alarm-${n}`));
  const worst = finding("service-steady", "service:web", { status: "fail", says: "runs 0 of 2 tasks" });
  const report = reportOf([check(500, "alarm-notifies", alarms, { severity: "warning" }), check(520, "service-steady", [worst])]);
  for (const taken of [0, 500_000, 1_000_000, 1_040_000, 1_048_576]) {
    const page = summary(report, taken);
    const rows = page.split("\n").filter((line) => line.startsWith("| ✖"));
    expect(Buffer.byteLength(page) + taken).toBeLessThanOrEqual(1_048_576);
    if (page === "") continue;
    expect(rows[0]).toContain("service:web");
    for (const row of rows) expect(row).toMatch(/ \|$/);
    expect(page).toContain(`**${20_001 - rows.length} rows did not fit**`);
  }
  expect(summary(report, 1_048_576)).toBe("");
});

test("the outputs are read back as they were, and no path ends its own", () => {
  const files = ["/a/report.json", "/b/end\nverdict=GO", "/c/end-"];
  expect(outputsIn(render.appends.GITHUB_OUTPUT(story(), { files }))).toEqual(
    new Map([
      ["verdict", "NO-GO"],
      ["exit-code", "3"],
      ["reports", files.join("\n")],
    ]),
  );
  expect(outputsIn(render.appends.GITHUB_OUTPUT(story(), {})).get("reports")).toBe("");
});
