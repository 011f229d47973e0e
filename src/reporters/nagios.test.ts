import { expect, test } from "vitest";
import { check, finding, reportOf, story } from "../../test/cli/reports.ts";
import render from "./nagios.ts";

const passing = check(110, "account-expected", [finding("account-expected", "caller:caller")]);

test("one line: the state, what is worst, the counts, and the values behind the bar", () => {
  expect(render(story())).toBe(
    "SEAWORTHY CRITICAL - NO-GO: shop is not fit to carry traffic; secret:backend-secret has no AWSCURRENT version: it was created without a value" +
      " [secret-current-version] (and 5 others); 1 passed, 3 failed, 1 pending, 1 unknown, 1 skipped, 1 waived" +
      " | pass=1;;;0 fail=3;;;0 pending=1;;;0 unknown=1;;;0 skip=1;;;0 waived=1;;;0 blocking=5;;;0 answered=3;;;0 time=2.3s\n",
  );
});

test.for([
  [0, "GO", "OK"],
  [4, "GO", "WARNING"],
  [3, "NO-GO", "CRITICAL"],
  [5, "HOLD", "UNKNOWN"],
  [130, "HOLD", "UNKNOWN"],
] as const)("exit code %i, %s, is %s", ([exitCode, verdict, state]) => {
  expect(render(reportOf([passing], { exitCode, verdict }))).toMatch(new RegExp(`^SEAWORTHY ${state} - ${verdict}: shop `));
});

test("a GO says nothing but that", () => {
  const text = render(reportOf([passing], { verdict: "GO", exitCode: 0 }));
  expect(text).toMatch(/^SEAWORTHY OK - GO: shop is fit to carry traffic; 1 passed \| pass=1;/);
});

test("the trap: what explains the others is named before them, and a bar in a name begins no values", () => {
  const text = render(story("a|b"));
  expect(text).toContain("secret:a¦b-secret has no AWSCURRENT version");
  expect(text.split("|")).toHaveLength(2);
});
