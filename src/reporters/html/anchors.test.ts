import { expect, test } from "vitest";
import { check, finding, reportOf } from "../../../test/cli/reports.ts";
import { anchorsOf, leadsTo } from "./anchors.ts";
import { graphOf } from "./graph.ts";

const failing = (id: string) => check(id === "first" ? 100 : 200, id, [finding(id, "secret:s", { status: "fail" })]);

test("a node leads to its worst finding, and to the root cause before others that are as bad", () => {
  const report = reportOf([check(50, "fine", [finding("fine", "secret:s")]), failing("first"), failing("second")]);
  const cause = {
    ...{ finding: "second/secret:s", alike: [], says: "is broken", cause: null, fix: null },
    ...{ explains: ["first/secret:s"], chain: [], recheck: [], afterwards: [] },
  };
  const anchors = anchorsOf(report);
  const ways = [report, { ...report, rootCauses: [cause] }].map((one) => graphOf(one).beside.map(leadsTo(anchors, one)));
  expect(ways).toEqual([[`#${anchors.get("first/secret:s")}`], [`#${anchors.get("second/secret:s")}`]]);
});
